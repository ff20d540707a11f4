"""The discussion of a petition: reading it on, speaking, answering, supporting."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.limits import per_person
from core.domain import clock
from core.domain.rules import require
from core.web.form_drafts import keep_on_device
from core.web.http import wants_data
from core.web.idempotency import idempotent
from core.web.pages import shared_page
from discussions.models import Comment
from petitions.models import Petition
from petitions.talk import actions, limits, pages, reading, rules
from petitions.talk.forms import CommentForm, ReactionForm, ReplyForm, keep_key
from petitions.views import petition_of, topics_of


def _comment(request: HttpRequest, petition: Petition, pk: int) -> Comment:
    """A first-level comment of the petition that the person may read, or 404."""
    comments = Comment.objects.visible_to(request.user).top().filter(thread=petition.thread_id)
    return get_object_or_404(reading.drawable(comments), pk=pk)


@require_safe
@shared_page(topics_of)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of comments that live pages fetch again. Anybody; the same for all."""
    context = pages.talk_context(petition_of(request, pk), request.GET)
    return render(request, "petitions/petition_detail.html#talk", context)


def _said(request: HttpRequest, petition: Petition, made: Comment) -> HttpResponse:
    """Thanks in place of the form, or on the comment's own page, where both are in sight."""
    key = keep_key(request.user.pk, petition.pk)
    if request.htmx:
        context = {"comment": pages.draw(made, petition), "keep_key": key}
        return render(request, "petitions/comment_form.html#thanks", context)
    request.session["kept_done"] = key
    messages.success(request, _("Thank you. Your comment is published."))
    address = reverse("petitions:comment", args=[petition.pk, made.pk])
    return redirect(f"{address}#main")


def _comment_answer(request: HttpRequest, comment_id: int, pk: int) -> HttpResponse:
    petition = petition_of(request, pk)
    return _said(request, petition, _own(request, petition, comment_id))


@idempotent(_comment_answer)
@login_required
@require_http_methods(["GET", "POST"])
def speak(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something of the petition. Whoever rules.speak lets."""
    petition = petition_of(request, pk)
    form = CommentForm(request.POST or None)
    keep_on_device(form, text=keep_key(request.user.pk, pk))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.SPEAK.spend(request.user.pk))
            made = actions.comment(petition, by=request.user, text=form.cleaned_data["text"])
            return _said(request, petition, made)
    verdict = rules.speak(request.user, petition, now=petition.now)
    context = {"petition": petition, "form": form, "verdict": verdict}
    template = "petitions/comment_form.html" + ("#form" if request.htmx else "")
    return render(request, template, context, status=form.status)


@require_safe
@shared_page(topics_of, signed_in=False)
def comment_detail(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """A comment and the answers to it. Anybody; of a hidden one that, and why (404)."""
    petition = petition_of(request, pk)
    try:
        comment = _comment(request, petition, comment_pk)
    except Http404:
        return _hidden(request, petition, comment_pk)
    return _comment_page(request, petition, comment, ReplyForm())


def _hidden(request: HttpRequest, petition: Petition, pk: int) -> HttpResponse:
    hidden = Comment.objects.top().filter(
        thread=petition.thread_id, hidden_at__isnull=False, deleted_at=None
    )
    context = {"petition": petition, "comment": get_object_or_404(hidden, pk=pk)}
    return render(request, "petitions/comment_hidden.html", context, status=404)


def _comment_page(
    request: HttpRequest, petition: Petition, comment: Comment, form: ReplyForm
) -> HttpResponse:
    now, user = petition.now, request.user
    context = pages.comment_context(petition, comment, request.GET.get("after", ""))
    context |= {
        "may_reply": rules.reply(user, petition, comment, now=now),
        "may_edit": rules.edit(user, petition, comment, now=now),
        "may_delete": rules.delete(user, comment),
        "reply_form": form,
    }
    return render(request, "petitions/comment_detail.html", context, status=form.status)


def _reply_answer(request: HttpRequest, _id: int, pk: int, comment_pk: int) -> HttpResponse:
    messages.success(request, _("Your reply is published."))
    return redirect(f"{reverse('petitions:comment', args=[pk, comment_pk])}#replies")


@idempotent(_reply_answer)
@login_required
@require_POST
def reply(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Answer a comment. Whoever rules.reply lets."""
    petition = petition_of(request, pk)
    comment = _comment(request, petition, comment_pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        with form.attempt():
            require(limits.SPEAK.spend(request.user.pk))
            actions.reply(petition, comment, by=request.user, text=form.cleaned_data["text"])
            return _reply_answer(request, comment_pk, pk, comment_pk)
    return _comment_page(request, petition, comment, form)


def _own(request: HttpRequest, petition: Petition, pk: int) -> Comment:
    """The person's own comment or reply there, or 404."""
    own = Comment.objects.visible_to(request.user).filter(thread=petition.thread_id)
    return get_object_or_404(reading.drawable(own), pk=pk, author=request.user)


def _address(petition: Petition, comment: Comment) -> str:
    """The page on which a comment or reply stands."""
    about = comment if comment.parent_id is None else Comment(pk=comment.parent_id)
    return pages.draw(about, petition).url


def _edit_answer(request: HttpRequest, _id: int, pk: int, comment_pk: int) -> HttpResponse:
    petition = petition_of(request, pk)
    messages.success(request, _("Your words are changed."))
    return redirect(_address(petition, _own(request, petition, comment_pk)))


@idempotent(_edit_answer)
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Change one's own words within 15 minutes. Their author."""
    petition = petition_of(request, pk)
    comment = _own(request, petition, comment_pk)
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.EDIT.spend(request.user.pk))
            actions.change(petition, comment, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("Your words are changed."))
            return redirect(_address(petition, comment))
    context = {
        "petition": petition,
        "back": _address(petition, comment),
        "form": form,
        "verdict": rules.edit(request.user, petition, comment, now=petition.now),
    }
    return render(request, "petitions/comment_edit.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Take back one's own words, after a question. Their author."""
    petition = petition_of(request, pk)
    comment = _own(request, petition, comment_pk)
    if request.method == "POST":
        actions.take_back(comment, by=request.user)
        messages.success(request, _("Your words are deleted."))
        return redirect(f"{petition.get_absolute_url()}#talk")
    context = {
        "petition": petition,
        "comment": comment,
        "back": _address(petition, comment),
    }
    return render(request, "petitions/comment_delete.html", context)


@require_POST
@login_required
@per_person(limits.REACT)
def react(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Agree or disagree with a comment. Whoever rules.react lets."""
    petition = petition_of(request, pk)
    comment = _comment(request, petition, comment_pk)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise Http404
    comment = actions.react(petition, comment, by=request.user, **form.cleaned_data)
    if wants_data(request):
        return JsonResponse({"agrees": comment.agrees, "disagrees": comment.disagrees})
    return redirect(f"{petition.get_absolute_url()}#comment-{comment.pk}")


@login_required
@require_GET
def mine(request: HttpRequest, pk: int) -> JsonResponse:
    """What the person herself said and supported here: never part of a shared page."""
    petition = petition_of(request, pk)
    return JsonResponse(reading.mine(petition, request.user, clock.now()))
