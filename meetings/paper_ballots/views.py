"""Work on a secret ballot: its page for the commission and the secretary, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import Refused, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.control.steps import draw_step, meeting_to_run
from meetings.models import Deputy, Meeting, PaperBallot
from meetings.paper_ballots import actions, presenters, queries, rules
from meetings.paper_ballots.arithmetic import Figures
from meetings.paper_ballots.forms import BallotForm, CancelForm, ProtocolForm, ScanForm

STEPS = {"seal": actions.seal, "publish": actions.publish}
MARKS = {"mark": actions.mark, "unmark": actions.unmark}


def _redirect_opened(_request: HttpRequest, made_id: int, pk: int) -> HttpResponse:
    return redirect("meetings:paper_ballot", pk, made_id)


@idempotent(_redirect_opened)
@login_required
@require_http_methods(["GET", "POST"])
def new_ballot(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Begin a secret vote on the current item. rules.open_ballot, rules.ask."""
    meeting = meeting_to_run(request, pk)
    if request.method == "GET":
        seen = meeting.current_item_id
        require(rules.open_ballot(request.user, meeting, seen_item=seen, is_open=False))
    form = BallotForm(
        posted_data(request),
        meeting=meeting,
        initial={
            "kind": PaperBallot.Kind.ELECTION,
            "question": meeting.current_item.title if meeting.current_item else "",
            "seen_item": meeting.current_item_id,
        },
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.open_ballot(meeting, by=request.user, **form.cleaned_data)
            return _redirect_opened(request, made.pk, pk)
    return draw_step(
        request,
        meeting,
        "meetings/control_paper_ballot.html",
        at="paper-ballots",
        form=form,
        item=meeting.current_item,
        status=form.status,
    )


def _work(request: AuthenticatedHttpRequest, pk: int, ballot_pk: int) -> tuple[PaperBallot, bool]:
    """A ballot that the person works on, and whether they are of its commission; else 404."""
    rows = queries.with_counts(PaperBallot.objects.filter(item__meeting=pk))
    ballot = get_object_or_404(rows.select_related("item__meeting__body"), pk=ballot_pk)
    is_commission = queries.commission_member(ballot, request.user.pk) is not None
    if not rules.work_on(request.user, ballot.item.meeting, is_commission=is_commission):
        raise Http404
    return ballot, is_commission


@login_required
@require_GET
def ballot_detail(request: AuthenticatedHttpRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """The list of who received a ballot, the figures, the next step. rules.work_on."""
    ballot, is_commission = _work(request, pk, ballot_pk)
    meeting = ballot.item.meeting
    entries = queries.entries_of(ballot)
    own = next((each for each in entries if each.member.deputy.user_id == request.user.pk), None)
    context = {
        "meeting": meeting,
        "shown": presenters.ShownBallot.of(ballot),
        "ballot": ballot,
        "receivers": queries.list_of(ballot, meeting),
        "commission": list(ballot.commission.select_related("deputy")),
        "entries": entries,
        # Nobody reads the other's figures before they have entered their own.
        "differences": presenters.differences(ballot, entries) if own or not is_commission else [],
        "may_enter": rules.may_enter(ballot, is_commission=is_commission),
        "may_scan": rules.scan(request.user, meeting, ballot),
        "may_publish": rules.publish(request.user, meeting, ballot),
        "may_cancel": rules.cancel(request.user, meeting, ballot, reason="-"),
        "own": own,
    }
    return render(request, "meetings/paper_ballot.html", context)


def _attempt(request: HttpRequest, pk: int, ballot_pk: int, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("meetings:paper_ballot", pk, ballot_pk)


@require_POST
@login_required
def mark_receipt(
    request: AuthenticatedHttpRequest, pk: int, ballot_pk: int, deputy_pk: int, step: str
) -> HttpResponse:
    """Mark that a member received a ballot, or take the mark back. rules.mark, rules.unmark."""
    ballot, _is_commission = _work(request, pk, ballot_pk)
    if step not in MARKS:
        raise Http404
    found = queries.voters_in(ballot, ballot.item.meeting)
    deputy: Deputy = get_object_or_404(found, pk=deputy_pk)
    return _attempt(request, pk, ballot_pk, lambda: MARKS[step](ballot, deputy, by=request.user))


@require_POST
@login_required
def ballot_step(
    request: AuthenticatedHttpRequest, pk: int, ballot_pk: int, step: str
) -> HttpResponse:
    """Open the box; publish the result. rules.seal, rules.publish."""
    ballot, _is_commission = _work(request, pk, ballot_pk)
    if step not in STEPS:
        raise Http404
    return _attempt(request, pk, ballot_pk, lambda: STEPS[step](ballot, by=request.user))


@login_required
@require_http_methods(["GET", "POST"])
def protocol(request: AuthenticatedHttpRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """A member of the commission enters its figures, or corrects their own. rules.enter."""
    ballot, is_commission = _work(request, pk, ballot_pk)
    require(rules.may_enter(ballot, is_commission=is_commission))
    own = ballot.entries.filter(member__deputy__user=request.user).first()
    initial = ProtocolForm.initial_of(Figures.of(own)) if own else {}
    form = ProtocolForm(posted_data(request), ballot=ballot, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.enter_protocol(ballot, by=request.user, figures=form.figures)
            messages.success(request, _("Your figures are saved."))
            return redirect("meetings:paper_ballot", pk, ballot_pk)
    title, button = _("Figures of the protocol"), _("Save the figures")
    return _draw(request, ballot, form, title, button)


@login_required
@require_http_methods(["GET", "POST"])
def scan(request: AuthenticatedHttpRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """Add the signed protocol. rules.scan, uploads.accept."""
    ballot = _run(request, pk, ballot_pk)
    require(rules.scan(request.user, ballot.item.meeting, ballot))
    form = ScanForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.add_scan(ballot, by=request.user, file=form.cleaned_data["file"].file)
            return redirect("meetings:paper_ballot", pk, ballot_pk)
    return _draw(request, ballot, form, _("Signed protocol"), _("Add the scan"))


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: AuthenticatedHttpRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """Annul it with a reason. rules.cancel."""
    ballot = _run(request, pk, ballot_pk)
    require(rules.cancel(request.user, ballot.item.meeting, ballot, reason="-"))
    form = CancelForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.cancel(ballot, by=request.user, **form.cleaned_data)
            return redirect("meetings:paper_ballot", pk, ballot_pk)
    title = _("Annul the secret ballot")
    return _draw(request, ballot, form, title, _("Annul it"), danger=True)


def _run(request: AuthenticatedHttpRequest, pk: int, ballot_pk: int) -> PaperBallot:
    """A ballot of a meeting that the person runs; else 404."""
    meeting: Meeting = meeting_to_run(request, pk)
    rows = PaperBallot.objects.filter(item__meeting=meeting)
    return get_object_or_404(rows.select_related("item__meeting"), pk=ballot_pk)


def _draw(
    request: HttpRequest, ballot: PaperBallot, form: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    context = {
        "meeting": ballot.item.meeting,
        "ballot": ballot,
        "form": form,
        "title": title,
        "button": button,
        **more,
    }
    return render(request, "meetings/paper_ballot_form.html", context, status=form.status)
