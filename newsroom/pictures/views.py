"""View of a picture's file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.kept_pictures.forms import CouncilUploadForm, picture_data
from core.kept_pictures.serving import serve
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from newsroom.articles.forms import DescribeForm
from newsroom.articles.views_desk import article_to_work_on, ask_first
from newsroom.models import Article, ArticlePicture
from newsroom.pictures import actions, rules
from newsroom.presenters import ShownArticle


@require_safe
def serve_picture(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """One size of a picture: of what is published for everybody, else for who works on it."""
    found = ArticlePicture.objects.filter(digest=digest)
    return serve(request, found, name, of="article", owners=Article.objects)


def _redirect_added(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The picture is added."))
    return redirect("newsroom_desk:detail", pk)


@idempotent(_redirect_added)
@login_required
@require_http_methods(["GET", "POST"])
def new_picture(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add a picture with the words for it. rules.add."""
    shown = article_to_work_on(request, pk)
    if request.method == "GET":
        require(rules.change(request.user, shown.article))
    form = CouncilUploadForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.add(shown.article, by=request.user, **picture_data(form))
            return _redirect_added(request, made.pk, pk)
    context = shown.context(form=form)
    return render(request, "newsroom/desk_picture_new.html", context, status=form.status)


def _picture(shown: ShownArticle, picture_pk: int) -> ArticlePicture:
    rows = ArticlePicture.objects.select_related("article")
    return get_object_or_404(rows, pk=picture_pk, article=shown.article)


@login_required
@require_http_methods(["GET", "POST"])
def picture(request: AuthenticatedHttpRequest, pk: int, picture_pk: int) -> HttpResponse:
    """Change the words of a picture. rules.describe."""
    shown = article_to_work_on(request, pk)
    found = _picture(shown, picture_pk)
    verdict = rules.change(request.user, shown.article)
    if request.method == "GET":
        require(verdict)
    form = DescribeForm(posted_data(request), instance=found)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(shown.article, found, may=verdict):
            actions.describe(
                found,
                by=request.user,
                alt=form.cleaned_data["alt"],
                alt_en=form.cleaned_data["alt_en"],
                credit=form.cleaned_data["credit"],
            )
            messages.success(request, _("Saved."))
            return redirect("newsroom_desk:detail", pk)
    context = shown.context(form=form, picture=found)
    return render(request, "newsroom/desk_picture.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def remove_picture(request: AuthenticatedHttpRequest, pk: int, picture_pk: int) -> HttpResponse:
    """Remove a picture, once it was asked. rules.change."""
    shown = article_to_work_on(request, pk)
    found = _picture(shown, picture_pk)
    if request.method == "POST":
        actions.remove(found, by=request.user)
        messages.success(request, _("The picture is removed."))
        return redirect("newsroom_desk:detail", pk)
    require(rules.change(request.user, shown.article))
    return ask_first(
        request,
        shown,
        question=_("Remove this picture?"),
        consequence=_("What it shows: %(words)s. Its files go for good.") % {"words": found.alt},
        button=_("Remove the picture"),
    )
