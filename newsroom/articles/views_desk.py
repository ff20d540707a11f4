"""Views of the desk: the list of articles, and an article from its draft to its withdrawal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from core.db.paging import neighbours
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from newsroom import pages, rules
from newsroom.articles import actions, actions_life, queries
from newsroom.articles.forms import (
    ArticleForm,
    NewArticleForm,
    PublishForm,
    WithdrawForm,
    departments_of,
)
from newsroom.models import Article, State
from newsroom.presenters import ShownArticle
from newsroom.queries import for_page


def article_to_work_on(request: AuthenticatedHttpRequest, pk: int) -> ShownArticle:
    """An article that the person writes; 404 for everybody else."""
    rows = for_page(Article.objects.edited_by(request.user))
    return ShownArticle.of(get_object_or_404(rows, pk=pk))


@login_required
@require_GET
def article_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Articles of the person's departments: drafts, planned, published. accounts.rules.use_desk."""
    require(use_desk(request.user))
    name = request.GET.get("list", "")
    name = name if name in queries.LISTS else ""
    page = queries.articles_of(request.user, name, after=request.GET.get("after"))
    context = {
        "page": page,
        "tabs": _tabs(name),
        "may_write": departments_of(request.user).exists(),
        **neighbours(page, request.GET),
    }
    return render(request, "newsroom/desk_list.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {
        "": pgettext("news", "Drafts"),
        "planned": _("Planned"),
        "published": _("Published"),
        "withdrawn": _("Withdrawn"),
    }
    return [
        {"label": label, "url": f"?list={name}", "current": name == current, "count": None}
        for name, label in labels.items()
    ]


def _new_answer(request: HttpRequest, made_id: int) -> HttpResponse:
    messages.success(request, _("Saved as a draft. Nobody else reads it yet."))
    return redirect("newsroom_desk:detail", made_id)


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Begin an article. rules.draft: for one's own departments."""
    require(use_desk(request.user))
    if not departments_of(request.user).exists():
        require(rules.WRITERS_ONLY)
    form = NewArticleForm(posted_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.draft(
                by=request.user,
                department=form.cleaned_data["department"],
                content=form.content(),
            )
            return _new_answer(request, made.pk)
    return render(request, "newsroom/desk_new.html", {"form": form}, status=form.status)


@login_required
@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The article's state, pictures and actions. rules.work_on."""
    shown = article_to_work_on(request, pk)
    user, article, now = request.user, shown.article, shown.now
    context = shown.context(
        **queries.detail_of(article),
        may_edit=rules.begin_edit(user, article),
        may_publish=rules.publish(user, article, now=now),
        may_unplan=rules.unplan(user, article, now=now),
        may_withdraw=rules.withdraw(user, article, reason="-", now=now),
        may_discard=rules.discard(user, article, now=now),
    )
    return render(request, "newsroom/desk_detail.html", context)


@login_required
@require_GET
def preview(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The page as everybody will see it. rules.work_on."""
    shown = article_to_work_on(request, pk)
    context = {**pages.article_context(shown), "is_preview": True}
    return render(request, "newsroom/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change it; after publication it is corrected, with a trace. rules.edit."""
    shown = article_to_work_on(request, pk)
    article = shown.article
    verdict = rules.begin_edit(request.user, article)
    if request.method == "GET":  # who has typed already is told at the form
        require(verdict)
    is_public = shown.state == State.PUBLISHED
    form = ArticleForm(posted_data(request), instance=article, is_public=is_public)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(article, may=verdict):
            reason = form.cleaned_data.get("reason", "")
            actions.edit(article, by=request.user, content=form.content(), reason=reason)
            messages.success(request, _("Saved."))
            return redirect("newsroom_desk:detail", pk)
    context = shown.context(form=form, is_public=is_public)
    return render(request, "newsroom/desk_edit.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish it now or at a time ahead. rules.publish."""
    shown = article_to_work_on(request, pk)
    article = shown.article
    is_planned = shown.state == State.PLANNED
    initial = {"when": "later", "at": article.publish_at} if is_planned else {}
    form = PublishForm(posted_data(request), initial=initial)
    if request.method == "GET":
        require(rules.publish(request.user, article, now=shown.now))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            at = form.at_time
            actions_life.publish(article, by=request.user, at=at)
            said = (
                _("Planned: it appears by itself.") if at else _("Published: everybody reads it.")
            )
            messages.success(request, said)
            return redirect("newsroom_desk:detail", pk)
    context = shown.context(form=form)
    return render(request, "newsroom/desk_publish.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take back what everybody reads, with a reason. rules.withdraw."""
    shown = article_to_work_on(request, pk)
    form = WithdrawForm(posted_data(request))
    if request.method == "GET":
        require(rules.withdraw(request.user, shown.article, reason="-", now=shown.now))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions_life.withdraw(shown.article, by=request.user, **form.cleaned_data)
            messages.success(request, _("Withdrawn: its page says that and why."))
            return redirect("newsroom_desk:detail", pk)
    context = shown.context(form=form)
    return render(request, "newsroom/desk_withdraw.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def unplan(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Make a draft again of what is planned, once it was asked. rules.unplan."""
    shown = article_to_work_on(request, pk)
    if request.method == "POST":
        actions_life.unplan(shown.article, by=request.user)
        messages.success(request, _("It is a draft again."))
        return redirect("newsroom_desk:detail", pk)
    require(rules.unplan(request.user, shown.article, now=shown.now))
    return ask_first(
        request,
        shown,
        question=_("Not publish it as planned?"),
        consequence=_("It becomes a draft again; nothing of it is lost."),
        button=_("Make it a draft"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Throw away what nobody could read, once it was asked. rules.discard."""
    shown = article_to_work_on(request, pk)
    if request.method == "POST":
        actions.discard(shown.article, by=request.user)
        messages.success(request, _("The draft is discarded."))
        return redirect("newsroom_desk:list")
    require(rules.discard(request.user, shown.article, now=shown.now))
    return ask_first(
        request,
        shown,
        question=_("Delete the draft “%(title)s”?") % {"title": shown.article.title},
        consequence=_("Its pictures go with it, for good."),
        button=_("Delete the draft"),
    )


def ask_first(request: HttpRequest, shown: ShownArticle, **words: str) -> HttpResponse:
    """The page before a step that cannot be undone: ``question``, ``consequence``, ``button``. It
    posts to its own address."""
    back = reverse("newsroom_desk:detail", args=[shown.article.pk])
    return render(request, "newsroom/desk_confirm.html", shown.context(back=back, **words))
