"""Taking part by videoconference: an administrator switches it on for a body, and off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.deputies import rules
from meetings.events import CouncilChanged
from meetings.models import Body, VideoGround
from meetings.rules import keep_council

if TYPE_CHECKING:
    from accounts.models import User


def allow_video(body: Body, *, by: User, number: str, date: date) -> VideoGround:
    """Let members of a body take part by videoconference, by an act with its number and date; an
    act that was in force ends. Refuses by rules.allow_video. Emits CouncilChanged."""
    with action():
        body, now = locked(body), clock.now()
        require(rules.allow_video(by, number=number, date=date, today=local_date(now)))
        body.video_grounds.filter(ended_at=None).update(ended_at=now)
        made = VideoGround.objects.create(
            body=body, number=number.strip(), date=date, since=now, by=by
        )
        created(made)
        emit(CouncilChanged(by.pk, body_id=body.pk))
        return made


def end_video(body: Body, *, by: User) -> None:
    """Let nobody come by videoconference any more; who takes part so already stays to the end of
    the meeting. Twice is once. Refuses by rules.roles.keep_council. Emits CouncilChanged."""
    with action():
        body, now = locked(body), clock.now()
        require(keep_council(by))
        if body.video_grounds.filter(ended_at=None).update(ended_at=now):
            emit(CouncilChanged(by.pk, body_id=body.pk))
