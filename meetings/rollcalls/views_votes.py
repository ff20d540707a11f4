"""Views of running a meeting: votes that need words, and claims of deputies that they are here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.rules import Refused, require
from core.web.forms import posted_data
from meetings.control.steps import carry_out, draw_step, meeting_to_run, step_of, url_of
from meetings.course.rules import control
from meetings.hall import claims
from meetings.models import Deputy, Meeting, PresenceClaim, RollCall, Vote
from meetings.presence.actions import earliest_arrival
from meetings.queries import decided_with, members_of, voters_of
from meetings.rollcalls import actions, actions_decisions
from meetings.rollcalls.forms import AnnulForm, ArrivalForm, ReplaceForm, SeveralForm
from meetings.rollcalls.views_control import roll_call_of

#: What becomes of one claim.
CLAIM_STEPS = {"confirm": claims.confirm, "dismiss": claims.dismiss}


def _of(
    request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int, deputy_pk: int
) -> tuple[Meeting, RollCall, Deputy]:
    """An open roll-call and a member of the body; 404 for others."""
    meeting = meeting_to_run(request, pk)
    require(control(request.user, meeting))
    deputy = members_of(meeting).filter(pk=deputy_pk).first()
    if deputy is None:
        raise Http404
    return meeting, roll_call_of(pk, roll_call_pk), deputy


@login_required
@require_http_methods(["GET", "POST"])
def arrival(
    request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int, deputy_pk: int
) -> HttpResponse:
    """Enter the vote of a member who is not noted as present, with their arrival.
    rules.rollcalls.enter_vote, rules.presence.arrive."""
    meeting, roll_call, deputy = _of(request, pk, roll_call_pk, deputy_pk)
    form = ArrivalForm(
        posted_data(request),
        now=clock.now(),
        earliest=earliest_arrival(meeting, deputy),
        initial={"choice": request.GET.get("choice", "")},
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.enter_vote(
                roll_call,
                deputy,
                by=request.user,
                choice=form.cleaned_data["choice"],
                has_come=True,
                came_at=form.came_at,
            )
            return redirect(url_of(pk, f"vote-{deputy_pk}"))
    here = _("Have they come?")
    return _page(
        request, meeting, form, here, _("Note them as present, and enter the vote"), deputy
    )


@login_required
@require_http_methods(["GET", "POST"])
def replace(
    request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int, deputy_pk: int
) -> HttpResponse:
    """Enter another vote in place of a deputy's own. rules.rollcalls.replace_vote."""
    meeting, roll_call, deputy = _of(request, pk, roll_call_pk, deputy_pk)
    form = ReplaceForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.replace_vote(roll_call, deputy, by=request.user, **form.cleaned_data)
            messages.success(request, _("The vote is replaced, and the deputy is told."))
            return redirect(url_of(pk, f"vote-{deputy_pk}"))
    given = Vote.objects.filter(roll_call=roll_call, deputy=deputy).first()
    here = _("Replace a deputy’s own vote")
    return _page(request, meeting, form, here, _("Replace the vote"), deputy, given=given)


@login_required
@require_http_methods(["GET", "POST"])
def several(request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int) -> HttpResponse:
    """Enter the same vote of several members; of those who are not noted it is asked once, noted or
    left out. rules.rollcalls.enter_vote."""
    meeting = meeting_to_run(request, pk)
    require(control(request.user, meeting))
    roll_call = roll_call_of(pk, roll_call_pk)
    members = voters_of(roll_call, meeting).order_by("name_key", "pk")
    voted = Vote.objects.filter(roll_call=roll_call).values("deputy")
    initial = {"choice": Vote.Choice.FOR, "deputies": members.exclude(pk__in=voted)}
    form = SeveralForm(
        posted_data(request),
        members=members,
        asks=bool(request.POST.get("missing")),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        choices = dict.fromkeys(data["deputies"], data["choice"])
        missing = actions.Missing(data["missing"] or actions.Missing.ASK)
        with form.attempt():
            try:
                actions.enter_votes(roll_call, choices, by=request.user, missing=missing)
            except Refused as refusal:
                if refusal.verdict.code != "rollcall.not_noted":
                    raise
                form.ask()
                form.add_error("missing", _not_noted(refusal.verdict.params["deputies"]))
            else:
                return redirect(url_of(pk, "roll-call"))
    return _page(request, meeting, form, _("Enter several votes"), _("Enter the votes"))


def _not_noted(deputies: list[Deputy]) -> str:
    words = ngettext(
        "%(number)d is not noted as present: %(names)s.",
        "%(number)d are not noted as present: %(names)s.",
        len(deputies),
    )
    return words % {"number": len(deputies), "names": ", ".join(map(str, deputies))}


@login_required
@require_http_methods(["GET", "POST"])
def annul(request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int) -> HttpResponse:
    """Annul a closed roll-call; of several items that one vote has decided, the result of this item
    alone, with the ways to the others. rules.rollcalls.annul."""
    meeting = meeting_to_run(request, pk)
    roll_call = roll_call_of(pk, roll_call_pk)
    form = AnnulForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions_decisions.annul_roll_call(roll_call, by=request.user, **form.cleaned_data)
            messages.success(request, _("The roll-call is annulled."))
            return redirect(url_of(pk, "roll-call"))
    here, item = _("Annul the roll-call"), roll_call.item
    about = f"{item.order}. {item.title}: {roll_call.question}"
    together = list(decided_with(roll_call))
    return _page(request, meeting, form, here, here, about, together=together)


@login_required
@require_POST
def all_claims(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Confirm all who say that they are here. rules.course.control."""
    meeting = meeting_to_run(request, pk)
    return carry_out(request, pk, lambda: claims.confirm_all(meeting, by=request.user), at="claims")


@login_required
@require_POST
def claim(request: AuthenticatedHttpRequest, pk: int, claim_pk: int, step: str) -> HttpResponse:
    """Confirm one, or say that they are not here. rules.presence.confirm, dismiss."""
    meeting_to_run(request, pk)
    act = step_of(CLAIM_STEPS, step)
    rows = PresenceClaim.objects.select_related("meeting", "deputy")
    found = get_object_or_404(rows, pk=claim_pk, meeting=pk)
    return carry_out(request, pk, lambda: act(found, by=request.user), at="claims")


def _page(
    request: HttpRequest,
    meeting: Meeting,
    form: Any,
    here: str,
    button: str,
    about: object = "",
    **more: Any,
) -> HttpResponse:
    return draw_step(
        request,
        meeting,
        "meetings/control_words.html",
        at="roll-call",
        form=form,
        here=here,
        button=button,
        about=str(about),
        status=form.status,
        **more,
    )
