"""The author's page of a hidden comment, and the desk's list of contests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours
from core.domain import clock
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from discussions import voices
from discussions.models import Comment
from discussions.rules import use_queue
from moderation.contests import actions, queries, rules
from moderation.forms import ContestForm, DecideForm
from moderation.models import Contest
from moderation.places import place_of
from moderation.statements import statement_of
from moderation.tabs import tabs


def _own_comment(request: AuthenticatedHttpRequest, pk: int) -> Comment:
    """A comment of theirs; for everybody else 404, as if it were not there."""
    comments = Comment.objects.filter(pk=pk, deleted_at=None).select_related(
        "author", "organisation"
    )
    comment = get_object_or_404(comments)
    if not rules.see(request.user, is_owner=request.user.pk in voices.owners_of(comment)):
        raise Http404
    return comment


def _contest_answer(request: AuthenticatedHttpRequest, _contest_id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Your contest is sent. Another moderator decides on it."))
    return redirect("moderation:contest", pk)


@idempotent(_contest_answer)
@login_required
@require_http_methods(["GET", "POST"])
def contest(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Why one's words are hidden, and the form that contests it. Its author, or who speaks for the
    organisation in whose name it was said; rules.make."""
    comment = _own_comment(request, pk)
    form = ContestForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.make(comment, by=request.user, **form.cleaned_data)
            return _contest_answer(request, made.pk, pk)
    ruling = actions.ruling_in_force(comment)
    last = queries.last_of(comment)
    if ruling is None and last is None:
        raise Http404  # it was never hidden
    is_contested = last is not None and ruling is not None and last.ruling_id == ruling.pk
    place = place_of(comment)
    context = {
        "comment": comment,
        "ruling": ruling,
        "statement": ruling and statement_of(comment, ruling, place, is_owner=not is_contested),
        "contest": last,
        "place": place,
        "form": form,
        "verdict": rules.make(
            request.user, ruling, now=clock.now(), is_owner=True, is_contested=is_contested
        ),
    }
    return render(request, "moderation/contest.html", context, status=form.status)


@login_required
@require_GET
def waiting(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Contests waiting for a decision, or decided (?list=decided). rules.use_queue."""
    require(use_queue(request.user))
    return _contests(request)


def _contests(
    request: AuthenticatedHttpRequest, refused: tuple[int, DecideForm] | None = None
) -> HttpResponse:
    name = "decided" if request.GET.get("list") == "decided" else "pending"
    read = queries.decided_contests if name == "decided" else queries.pending
    page = read(request.user, request.GET.get("after"))
    address = reverse("moderation:contests")
    labels = {"pending": _("To be decided"), "decided": _("Decided")}
    context: dict[str, Any] = {
        "rows": [
            {
                "shown": shown,
                "form": refused[1]
                if refused and refused[0] == shown.contest.pk
                else DecideForm(contest=shown.contest),
            }
            for shown in page
        ],
        "list": name,
        "tabs": tabs(request.user, "contests"),
        "lists": [
            {"label": label, "url": f"{address}?list={key}", "current": key == name}
            for key, label in labels.items()
        ],
        **neighbours(page, request.GET),
    }
    return render(request, "moderation/contests.html", context, status=422 if refused else 200)


@login_required
@require_POST
def decide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Uphold or overturn the hiding. Another moderator than the one who hid; rules.decide."""
    require(use_queue(request.user))
    found = get_object_or_404(Contest.objects.moderated_by(request.user), pk=pk)
    form = DecideForm(request.POST, contest=found)
    if form.is_valid():
        with form.attempt():
            is_upheld = form.cleaned_data["outcome"] == Contest.Outcome.UPHELD
            reason = form.cleaned_data["reason"]
            actions.decide(found, by=request.user, is_upheld=is_upheld, reason=reason)
            said = _("It stays hidden.") if is_upheld else _("It is shown again, where it was.")
            messages.success(request, f"{said} {_('Its author is told by mail.')}")
            return redirect("moderation:contests")
    return _contests(request, refused=(pk, form))
