"""Presenters of the hall: a show of hands with its figures, and the code on the hall's display."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.displays.join import hall_code_of
from meetings.hall import codes
from meetings.hall.figures import NAMES, Figures
from meetings.hall.queries import NUMBERS, Tally, act_key, tally_of
from meetings.models import Hand, ShowOfHands
from meetings.presenters import BALLOT, ShownMeeting

#: What stands on the buttons.
CHOICES = {Hand.Choice(choice.value): label for choice, label in BALLOT.items()}
IN_HALL, REMOTE, COUNTED = (
    _("In the hall, by telephone"),
    _("Elsewhere, by telephone"),
    _("In the hall, counted by the secretary"),
)


def seen_of(counted: Figures | None) -> str:
    """The counted figures of a page, for its form: "" for nothing."""
    return "-".join(map(str, counted)) if counted else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the figures: whose hands these are, and how many of each choice."""

    kind: str
    label: str | Promise
    figures: Figures

    @property
    def all(self) -> int:
        """The whole of a bar: at least 1."""
        return max(self.figures.all, 1)


@dataclass(frozen=True, slots=True)
class ShownHands:
    """A show of hands, as pages and displays show it."""

    tally: Tally

    @property
    def show(self) -> ShowOfHands:
        return self.tally.show

    @property
    def pk(self) -> int:
        return self.show.pk

    @property
    def is_open(self) -> bool:
        return self.show.closed_at is None

    @property
    def counted(self) -> Figures | None:
        return self.tally.counted

    @property
    def rows(self) -> Sequence[Row]:
        """The hall and the others apart, and what was counted, which is added to nothing."""
        rows = [
            Row("hall", IN_HALL, self.tally.hall),
            Row("remote", REMOTE, self.tally.remote),
        ]
        if self.counted is not None:
            rows.append(Row("counted", COUNTED, self.counted))
        return rows

    @property
    def buttons(self) -> list[tuple[int, str, str | Promise]]:
        """Choices: the number that js/act.js sends, its name and its word."""
        return [(number, choice.value, CHOICES[choice]) for number, choice in NUMBERS.items()]

    @property
    def act_key(self) -> str:
        return act_key(self.pk)


def words_of(show: ShowOfHands, *, is_closed: bool) -> str:
    """A show of hands in the log: what was asked; when it closed, also what it came to."""
    if not is_closed:
        return show.question
    said = gettext("for %(for)d, against %(against)d, abstained %(abstained)d")
    figures = [
        f"{row.label}: {said % dict(zip(NAMES, row.figures, strict=True))}"
        for row in ShownHands(tally_of(show)).rows
    ]
    return f"{show.question} {'; '.join(figures)}"


@dataclass(frozen=True, slots=True)
class HallCode:
    """The code on a hall's display at a moment: "" for no picture while the meeting does not go on.

    ``url``: where a display fetches it anew after ``until``.
    """

    url: str
    until: datetime
    picture: SafeString | str
    #: The same to be typed, and where.
    typed: str = ""
    page: str = ""

    @classmethod
    def of(cls, shown: ShownMeeting) -> Self:
        """As it stands on the displays of a meeting now."""
        picture: SafeString | str = ""
        typed = hall_code_of(shown.pk, shown.now) if shown.is_running else ""
        if shown.is_running:
            address = reverse("meetings:scan", args=[shown.pk, codes.code_at(shown.pk, shown.now)])
            picture = codes.draw(settings.SITE_URL + address, str(_("Code of the hall")))
        key = codes.display_key(shown.pk)
        url = reverse("meetings:hall_code", args=[shown.pk, key])
        page = settings.SITE_URL + reverse("join")
        return cls(url, codes.changes_at(shown.now), picture, typed, page)
