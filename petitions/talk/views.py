"""Views of the discussion of a petition: more comments, commenting, replying, reacting."""

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
from django_htmx.middleware import HtmxDetails

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.people.naming import naming
from accounts.reader_acts import act_of_reader
from core.domain import clock
from core.domain.rules import require
from core.web.form_drafts import keep_on_device
from core.web.idempotency import idempotent
from core.web.pages import shared_page
from core.web.regions import region_of
from core.web.requests import wants_data
from discussions.models import Comment
from discussions.said_before import find_same, wants_again
from discussions.speech.queries import describe_receipt, find_receipt
from petitions import limits
from petitions.models import Petition
from petitions.presenters import LivePetition
from petitions.talk import actions, pages, queries, rules
from petitions.talk.forms import CommentForm, ReactionForm, ReplyForm, keep_key
from petitions.views import petition_of, topics_of


class _HtmxRequest(AuthenticatedHttpRequest):
    """With what django_htmx's middleware gives it."""

    htmx: HtmxDetails


def _comment(request: HttpRequest, petition: Petition, pk: int) -> Comment:
    """A first-level comment of the petition that the person may read, or 404."""
    comments = Comment.objects.visible_to(request.user).top().filter(thread=petition.thread_id)
    comment: Comment = get_object_or_404(queries.with_display_columns(comments), pk=pk)
    return comment


@require_safe
@region_of("petitions:detail", anchor="talk")
@shared_page(topics_of)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of comments that live pages fetch again. Anybody; the same for all."""
    context = pages.talk_context(petition_of(request, pk), request.GET)
    return render(request, "petitions/petition_detail.html#talk", context)


def _thank(request: _HtmxRequest, petition: Petition, made: Comment) -> HttpResponse:
    """Thanks in place of the form, or on the comment's own page, where both are in sight."""
    key = keep_key(request.user.pk, petition.pk)
    receipt = find_receipt(made)
    if request.htmx:
        context = pages.comment_parts(made, petition) | {"keep_key": key, "receipt": receipt}
        return render(request, "petitions/comment_form.html#thanks", context)
    request.session["kept_done"] = key
    thanks = _("Thank you. Your comment is published.")
    messages.success(request, f"{thanks} {describe_receipt(receipt)}".strip())
    return redirect(f"{pages.url_of(petition, made.pk)}#main")


def _comment_answer(request: _HtmxRequest, comment_id: int, pk: int) -> HttpResponse:
    petition = petition_of(request, pk).petition
    return _thank(request, petition, _own(request, petition, comment_id))


@idempotent(_comment_answer)
@login_required
@require_http_methods(["GET", "POST"])
@naming
def speak(request: _HtmxRequest, pk: int) -> HttpResponse:
    """Say something of the petition. Whoever rules.speak lets."""
    shown = petition_of(request, pk)
    petition = shown.petition
    form = CommentForm(request.POST or None)
    keep_on_device(form, text=keep_key(request.user.pk, pk))
    same = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if not wants_again(request):
            same = find_same(request.user, petition.thread_id, text=text)
        if same is None:
            with form.attempt():
                require(limits.SPEAK.spend(request.user.pk))
                made = actions.comment(petition, by=request.user, text=text)
                return _thank(request, petition, made)
    verdict = rules.speak(request.user, petition, now=shown.now)
    context = {"petition": petition, "form": form, "verdict": verdict}
    template = "petitions/comment_form.html" + ("#form" if request.htmx else "")
    if same is not None:
        told = {"same": same, "same_url": pages.url_of(petition, same.pk)}
        context |= told | {"keep_key": keep_key(request.user.pk, pk)}
        return render(request, template, context, status=409)
    return render(request, template, context, status=form.status)


@require_safe
@shared_page(topics_of, signed_in=False)
def comment_detail(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """A comment and the answers to it. Anybody; of a hidden one that, and why (404)."""
    shown = petition_of(request, pk)
    try:
        comment = _comment(request, shown.petition, comment_pk)
    except Http404:
        return _hidden_page(request, shown.petition, comment_pk)
    return _comment_page(request, shown, comment, ReplyForm())


def _hidden_page(request: HttpRequest, petition: Petition, pk: int) -> HttpResponse:
    hidden = Comment.objects.top().filter(
        thread=petition.thread_id, hidden_at__isnull=False, deleted_at=None
    )
    context = {"petition": petition, "comment": get_object_or_404(hidden, pk=pk)}
    return render(request, "petitions/comment_hidden.html", context, status=404)


def _comment_page(
    request: HttpRequest,
    shown: LivePetition,
    comment: Comment,
    form: ReplyForm,
    same: Comment | None = None,
) -> HttpResponse:
    petition, now, user = shown.petition, shown.now, request.user
    context = pages.comment_context(shown, comment, request.GET.get("after", ""))
    context |= {
        "may_reply": rules.reply(user, petition, comment, now=now),
        "may_edit": rules.edit(user, petition, comment, now=now),
        "may_delete": rules.delete(user, comment),
        "reply_form": form,
        "same": same,
        "same_url": f"{pages.url_of(petition, comment.pk)}#replies",
    }
    status = form.status if same is None else 409
    return render(request, "petitions/comment_detail.html", context, status=status)


def _reply_answer(request: HttpRequest, _id: int, pk: int, comment_pk: int) -> HttpResponse:
    messages.success(request, _("Your reply is published."))
    return redirect(f"{reverse('petitions:comment', args=[pk, comment_pk])}#replies")


@idempotent(_reply_answer)
@login_required
@require_POST
@naming
def reply(request: AuthenticatedHttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Answer a comment. Whoever rules.reply lets."""
    shown = petition_of(request, pk)
    petition = shown.petition
    comment = _comment(request, petition, comment_pk)
    form = ReplyForm(request.POST)
    same = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        if not wants_again(request):
            same = find_same(request.user, petition.thread_id, text=text, parent=comment)
        if same is None:
            with form.attempt():
                require(limits.SPEAK.spend(request.user.pk))
                actions.reply(petition, comment, by=request.user, text=text)
                return _reply_answer(request, comment_pk, pk, comment_pk)
    return _comment_page(request, shown, comment, form, same)


def _own(request: AuthenticatedHttpRequest, petition: Petition, pk: int) -> Comment:
    """The person's own comment or reply there, or 404."""
    own = Comment.objects.visible_to(request.user).filter(thread=petition.thread_id)
    comment: Comment = get_object_or_404(
        queries.with_display_columns(own), pk=pk, author=request.user
    )
    return comment


def _url_of(petition: Petition, comment: Comment) -> str:
    """The page on which a comment or reply stands."""
    return pages.url_of(petition, comment.parent_id or comment.pk)


def _edit_answer(
    request: AuthenticatedHttpRequest, _id: int, pk: int, comment_pk: int
) -> HttpResponse:
    petition = petition_of(request, pk).petition
    messages.success(request, _("Your words are changed."))
    return redirect(_url_of(petition, _own(request, petition, comment_pk)))


@idempotent(_edit_answer)
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Change one's own words within 15 minutes. Their author."""
    shown = petition_of(request, pk)
    petition = shown.petition
    comment = _own(request, petition, comment_pk)
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.EDIT.spend(request.user.pk))
            actions.change(petition, comment, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("Your words are changed."))
            return redirect(_url_of(petition, comment))
    context = {
        "petition": petition,
        "back": _url_of(petition, comment),
        "form": form,
        "verdict": rules.edit(request.user, petition, comment, now=shown.now),
    }
    return render(request, "petitions/comment_edit.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: AuthenticatedHttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Take back one's own words, after a question. Their author."""
    petition = petition_of(request, pk).petition
    comment = _own(request, petition, comment_pk)
    if request.method == "POST":
        actions.take_back(comment, by=request.user)
        messages.success(request, _("Your words are deleted."))
        return redirect(f"{petition.get_absolute_url()}#talk")
    context = {
        "petition": petition,
        "comment": comment,
        "back": _url_of(petition, comment),
    }
    return render(request, "petitions/comment_delete.html", context)


@act_of_reader
@per_person(limits.REACT)
def react(request: AuthenticatedHttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Agree or disagree with a comment. Whoever rules.react lets."""
    petition = petition_of(request, pk).petition
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
def mine(request: AuthenticatedHttpRequest, pk: int) -> JsonResponse:
    """The person's own comments and support here: never part of a shared page."""
    petition = petition_of(request, pk).petition
    return JsonResponse(queries.mine(petition, request.user, clock.now()))
