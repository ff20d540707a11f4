"""Mails to journalists: of their accreditation, of press conferences and their changes."""

from __future__ import annotations

from typing import Any

from core.domain import clock, outbox
from core.domain.calendar import local_date
from core.domain.events import within
from meetings.course.models import Kind
from meetings.events import MeetingCancelled, MeetingPublished
from meetings.models import Meeting, State
from meetings.registration.events import MeetingMoved
from newsroom.models import Accreditation, AccreditationState
from newsroom.press import tokens
from newsroom.press.events import (
    AccreditationAsked,
    AccreditationEnded,
    AccreditationEvent,
    AccreditationGranted,
    AccreditationRefused,
    PressInvited,
)
from notifications.mails.contents import Context, mail
from notifications.sending.budget import NOBODY, asker_of
from notifications.sending.fanout import tell

INVITATION = "press/invitation"
CONFIRM, GRANTED = "press/confirm", "press/granted"
REFUSED, ENDED = "press/refused", "press/ended"
_TOLD = {
    AccreditationAsked: CONFIRM,
    AccreditationGranted: GRANTED,
    AccreditationRefused: REFUSED,
    AccreditationEnded: ENDED,
}


@within(*_TOLD)
def accreditation_changed(event: AccreditationEvent) -> None:
    """Ask the journalist to confirm their address, or tell them what was decided."""
    pk = event.accreditation_id
    asker = NOBODY
    if isinstance(event, AccreditationAsked):
        email = Accreditation.objects.values_list("email", flat=True).get(pk=pk)
        asker = asker_of(email, event.network)
    outbox.defer(
        "notifications.jobs.send_to_member",
        audience="applicant",
        template=_TOLD[type(event)],
        member_id=pk,
        about=f"accreditation:{pk}",
        ids={"accreditation_id": pk},
        asker=asker.key,
    )


@within(MeetingPublished, PressInvited)
def press_conference_announced(event: MeetingPublished | PressInvited) -> None:
    """Invite the press, each journalist once for a press conference."""
    if Meeting.objects.filter(pk=event.meeting_id, kind=Kind.PRESS).exists():
        about = f"meeting:{event.meeting_id}"
        tell("press", INVITATION, about=about, meeting_id=event.meeting_id)


@within(MeetingMoved)
def press_conference_moved(event: MeetingMoved) -> None:
    """Tell the journalists who come where and when it is now, each time."""
    if Meeting.objects.filter(pk=event.meeting_id, kind=Kind.PRESS).exists():
        about = f"meeting:{event.meeting_id}:{clock.now().timestamp():.3f}"
        tell("press_coming", "press/moved", about=about, meeting_id=event.meeting_id)


@within(MeetingCancelled)
def press_conference_cancelled(event: MeetingCancelled) -> None:
    """Tell the journalists who were going to come, and why."""
    if Meeting.objects.filter(pk=event.meeting_id, kind=Kind.PRESS).exists():
        about = f"meeting:{event.meeting_id}"
        tell("press_coming", "press/cancelled", about=about, meeting_id=event.meeting_id)


@mail(CONFIRM)
def _confirm(accreditation: Accreditation, **_of: int) -> Context:
    return _if_stands_at(accreditation, AccreditationState.UNCONFIRMED)


@mail(GRANTED)
def _granted(accreditation: Accreditation, **_of: int) -> Context:
    return _if_stands_at(accreditation, AccreditationState.ACCREDITED)


@mail(REFUSED)
def _refused(accreditation: Accreditation, **_of: int) -> Context:
    return _if_stands_at(accreditation, AccreditationState.REFUSED)


@mail(ENDED)
def _ended(accreditation: Accreditation, **_of: int) -> Context:
    return _if_stands_at(accreditation, AccreditationState.ENDED)


@mail(INVITATION)
def _invitation(accreditation: Accreditation, *, meeting_id: int) -> Context:
    """Nothing once it has begun or was cancelled."""
    context = _of_meeting(meeting_id, State.ANNOUNCED)
    if context is None:
        return None
    return {**context, "attend_path": tokens.attend_path(accreditation, meeting_id)}


@mail("press/moved")
def _moved(accreditation: Accreditation, *, meeting_id: int) -> Context:
    return _invitation(accreditation, meeting_id=meeting_id)


@mail("press/cancelled")
def _cancelled(_accreditation: Accreditation, *, meeting_id: int) -> Context:
    return _of_meeting(meeting_id, State.CANCELLED)


def _if_stands_at(accreditation: Accreditation, state: AccreditationState) -> Context:
    """Continue only at this state: a later decision is told by its own mail."""
    if accreditation.state_on(local_date(clock.now())) != state:
        return None
    return {"accreditation": accreditation}


def _of_meeting(meeting_id: int, state: State) -> dict[str, Any] | None:
    meeting = Meeting.objects.published().filter(pk=meeting_id).first()
    if meeting is None or meeting.state_at(clock.now()) != state:
        return None
    return {"meeting": meeting}
