"""Views of running a meeting: roll-calls from the question to the published result."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.control.forms import RollCallForm
from meetings.control.steps import carry_out, draw_step, meeting_to_run, step_of, url_of
from meetings.hall.queries import open_show_of
from meetings.models import Item, Meeting, RollCall
from meetings.presence.queries import attendance_of
from meetings.queries import open_roll_call_of
from meetings.rollcalls import actions, rules

#: How a roll-call ends.
STEPS = {"close": actions.close_roll_call, "publish": actions.publish_roll_call}


def _new_answer(_request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    return redirect(url_of(pk, "roll-call"))


def _short_question(repeats: RollCall | None, item: Item | None) -> str:
    """Short question for displays: that of the repeated vote, else of the item."""
    if repeats is not None:
        return repeats.short_question
    return item.short_title if item is not None else ""


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_roll_call(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a question on the current item to the vote. rules.rollcalls.open_roll_call."""
    meeting = meeting_to_run(request, pk)
    item = meeting.current_item
    if request.method == "GET":
        require(
            rules.open_roll_call(
                request.user,
                meeting,
                question="-",
                seen_item=meeting.current_item_id,
                is_open=open_roll_call_of(meeting) is not None,
                shows_hands=open_show_of(meeting) is not None,
            )
        )
    repeats = _find_annulled(meeting, request.POST.get("repeats") or request.GET.get("repeats", ""))
    form = RollCallForm(
        posted_data(request),
        attendance=attendance_of(meeting),
        initial={
            "question": repeats.question if repeats else item.title if item else "",
            "short_question": _short_question(repeats, item),
            "needs": repeats.needs if repeats else RollCall.Needs.MAJORITY,
            "seen_item": meeting.current_item_id,
            "repeats": repeats.pk if repeats else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = {**form.cleaned_data, "repeats": repeats}
            made = actions.open_roll_call(meeting, by=request.user, **data)
            return _new_answer(request, made.pk, pk)
        # What is current now is what the page shows beside the refusal.
        data = request.POST.copy()
        data["seen_item"] = str(meeting.current_item_id or "")
        form.data = data
    return draw_step(
        request,
        meeting,
        "meetings/control_rollcall.html",
        at="roll-call",
        form=form,
        item=item,
        status=form.status,
    )


def _find_annulled(meeting: Meeting, asked: str) -> RollCall | None:
    """The annulled vote of this meeting that is to be repeated."""
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    rows = RollCall.objects.filter(item__meeting=meeting, annulment__repeated_by=None)
    return rows.exclude(annulment=None).filter(pk=int(asked)).first()


def roll_call_of(pk: int, roll_call_pk: int) -> RollCall:
    """A roll-call of a meeting; 404 for another one's."""
    rows = RollCall.objects.select_related("item__meeting__body")
    return get_object_or_404(rows, pk=roll_call_pk, item__meeting=pk)


@login_required
@require_POST
def roll_call(
    request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int, step: str
) -> HttpResponse:
    """Close it, publish it. rules.rollcalls.close_roll_call, publish_roll_call."""
    meeting_to_run(request, pk)
    act = step_of(STEPS, step)
    found = roll_call_of(pk, roll_call_pk)

    def carry() -> None:
        act(found, by=request.user)
        if step == "publish":
            messages.success(request, _("The roll-call is published."))

    return carry_out(request, pk, carry, at="roll-call")
