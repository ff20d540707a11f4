"""Page of a meeting's displays: each with its picture, and the possible actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Display, Meeting, Picture

if TYPE_CHECKING:
    from meetings.models import Question

#: Seconds that a secretary chooses from.
DELAYS = (0, 5, 10, 20, 30)


@dataclass(frozen=True, slots=True)
class Choice:
    """A picture that a display can be given by one button; without words an announcement is
    written first (``needs_words``)."""

    picture: Picture
    is_shown: bool
    needs_words: bool

    @property
    def label(self) -> str | Promise:
        return self.picture.label


@dataclass(frozen=True, slots=True)
class ShownDisplay:
    """A display, what it shows and what else it can show."""

    display: Display

    @property
    def label(self) -> str | Promise:
        return Picture(self.display.picture).label

    @property
    def is_announcing(self) -> bool:
        return self.display.picture == Picture.ANNOUNCEMENT

    @property
    def choices(self) -> list[Choice]:
        shown = self.display.picture
        return [
            Choice(
                picture,
                picture == shown,
                picture == Picture.ANNOUNCEMENT and not self.display.words,
            )
            for picture in Picture
        ]


@dataclass(frozen=True, slots=True)
class Displays:
    """The displays of a meeting as who runs it sees them at ``now``."""

    meeting: Meeting
    now: datetime
    seq: int
    displays: Sequence[ShownDisplay]
    held_question: Question | None

    @property
    def delays(self) -> list[tuple[int, bool]]:
        """The delays to choose from, and which is chosen."""
        chosen = self.meeting.display_delay
        return [(seconds, seconds == chosen) for seconds in sorted({*DELAYS, chosen})]

    @property
    def summary(self) -> str:
        """The displays' content in a sentence, which is said aloud when it changes."""
        number = len(self.displays)
        parts = [ngettext("%d display", "%d displays", number) % number]
        parts += [f"{each.display}: {each.label}" for each in self.displays]
        if self.meeting.is_blank:
            parts.append(_("the displays are blank"))
        return "; ".join(parts) + "."


def displays_of(meeting: Meeting, *, now: datetime, seq: int) -> Displays:
    """Everything that the page shows: two queries at most beside the meeting's."""
    return Displays(
        meeting=meeting,
        now=now,
        seq=seq,
        displays=[ShownDisplay(row) for row in meeting.displays.paired()],
        held_question=held_question_of(meeting, now),
    )


def held_question_of(meeting: Meeting, now: datetime) -> Question | None:
    """The question that is kept from the displays by its delay: no query where none is."""
    if meeting.question_due_at is None or now >= meeting.question_due_at:
        return None
    return meeting.questions.filter(is_live=True).first()


def preview_url(meeting: Meeting, **of: str) -> str:
    """The address of a preview: control.forms_displays.PreviewForm."""
    page = reverse("meetings_control:preview", args=[meeting.pk])
    return f"{page}?{urlencode(of)}" if of else page
