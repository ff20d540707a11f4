"""Pairing displays with a meeting, and what each of them shows.

Who changes a display says which revision of it they see (``seen_revision``): when somebody else has
changed it meanwhile, the action refuses in a sentence and nothing is changed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, require
from meetings.actions import begin
from meetings.displays import codes, events, rules
from meetings.displays.models import MOST_DISPLAYS
from meetings.models import Display, Meeting, Picture, Theme

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Picture and colours of a display; its fields are columns of Display."""

    picture: str = Picture.MAIN
    words: str = ""
    theme: str = Theme.DARK
    name: str = ""

    @classmethod
    def of(cls, display: Display, *, picture: str) -> Look:
        """As it is, with another picture."""
        return cls(picture=picture, words=display.words, theme=display.theme, name=display.name)


def pair(meeting: Meeting, *, by: User, code: str, name: str = "") -> Display:
    """Pair the screen that shows ``code``; it has the lowest number that is free. Refuses by
    rules.pair. Emits DisplayPaired."""
    with action():
        meeting, now = begin(meeting)
        pairing = codes.pairing_of(code, now)
        taken = set(meeting.displays.paired().values_list("number", flat=True))
        is_used = Display.objects.filter(pairing=pairing).exists()
        require(rules.pair(by, meeting, pairing=pairing, is_used=is_used, paired=len(taken)))
        number = min(set(range(1, MOST_DISPLAYS + 1)) - taken)
        former = meeting.displays.filter(number=number).order_by("-revision").first()
        try:
            with transaction.atomic():
                display = Display.objects.create(
                    meeting=meeting,
                    number=number,
                    name=name.strip(),
                    # A page that shows the former one of this number does not change this one.
                    revision=former.revision + 1 if former else 1,
                    pairing=pairing,
                    paired_by=by,
                    paired_at=now,
                )
        except IntegrityError as error:  # at the same moment by another meeting
            raise Refused(rules.CODE_USED) from error
        created(display)
        emit(events.DisplayPaired(meeting.pk, by.pk, display.pk))
        return display


def change(display: Display, *, by: User, look: Look, seen_revision: int | None) -> Display:
    """Let it show something else, or otherwise. Refuses by rules.change. Emits DisplayChanged."""
    with action():
        display, _now = _begin(display)
        require(
            rules.change(
                by, display, picture=look.picture, words=look.words, seen_revision=seen_revision
            )
        )
        values = {column: value.strip() for column, value in asdict(look).items()}
        if any(getattr(display, column) != value for column, value in values.items()):
            for column, value in values.items():
                setattr(display, column, value)
            display.revision += 1
            display.save(update_fields=[*values, "revision"])
            emit(events.DisplayChanged(display.meeting_id, by.pk, display.pk))
        return display


def show(display: Display, *, by: User, picture: str, seen_revision: int | None) -> Display:
    """Let it show another picture; the rest stays. Refuses by rules.change. Emits
    DisplayChanged."""
    look = Look.of(display, picture=picture)
    return change(display, by=by, look=look, seen_revision=seen_revision)


def unpair(display: Display, *, by: User, seen_revision: int | None) -> Display:
    """Let its screen show the meeting no more: it shows a code again. Twice is once. Refuses by
    rules.unpair. Emits DisplayUnpaired."""
    with action():
        display, now = _begin(display)
        require(rules.unpair(by, display, seen_revision=seen_revision))
        if display.unpaired_at is None:
            display.unpaired_at = now
            display.save(update_fields=["unpaired_at"])
            emit(events.DisplayUnpaired(display.meeting_id, by.pk, display.pk))
        return display


def set_delay(meeting: Meeting, *, by: User, seconds: int) -> Meeting:
    """Keep questions that are put on the displays from them for so long. What waits already waits
    as long as it was told. Refuses by rules.delay. Emits DisplayDelayChanged."""
    with action():
        meeting, _now = begin(meeting)
        require(rules.delay(by, meeting, seconds=seconds))
        if meeting.display_delay != seconds:
            meeting.display_delay = seconds
            meeting.save(update_fields=["display_delay"])
            emit(events.DisplayDelayChanged(meeting.pk, by.pk))
        return meeting


def _begin(display: Display) -> tuple[Display, datetime]:
    """Its meeting under the lock, and a fresh copy of the display under its own."""
    meeting, now = begin(display.meeting)
    rows = meeting.displays.select_for_update(of=("self",), no_key=True)
    fresh = rows.get(pk=display.pk)
    fresh.meeting = meeting
    return fresh, now
