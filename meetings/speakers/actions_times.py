"""Changing how long people speak in the meetings of a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from meetings.events import CouncilChanged
from meetings.models import Body, SpeakingTimes
from meetings.speakers import rules

if TYPE_CHECKING:
    from accounts.models import User


def set_times(
    body: Body, *, by: User, speech: int, reply: int, order: int, rapporteur: int
) -> SpeakingTimes:
    """Say how many seconds each kind of speech has, as the body's rules of procedure do; who is on
    a list already keeps their time. Refuses by rules.set_times. Emits CouncilChanged."""
    times = {"speech": speech, "reply": reply, "order": order, "rapporteur": rapporteur}
    with action():
        body = locked(body)
        require(rules.set_times(by, seconds=times.values()))
        found, _is_new = SpeakingTimes.objects.update_or_create(body=body, defaults=times)
        emit(CouncilChanged(by.pk, body_id=body.pk))
        return found
