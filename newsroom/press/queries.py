"""Queries of the press for the desk: a fixed number at any size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from core.db.paging import Page, page_of
from meetings.course.models import Kind
from meetings.models import Meeting
from newsroom.models import Accreditation, AccreditationState, PressAttendance
from newsroom.press.models import AccreditationQuerySet

#: Lists of the desk, by the name in the address.
LISTS = ("waiting", "accredited", "refused", "over")
#: So many press conferences stand on the desk's page.
MOST_CONFERENCES = 20
#: And so many of those that are over.
_MOST_OVER = 10
#: The kind of status tag of each state (components/status_tag).
KINDS = {
    AccreditationState.UNCONFIRMED: "closed",
    AccreditationState.WAITING: "waiting",
    AccreditationState.REFUSED: "stop",
    AccreditationState.ACCREDITED: "done",
    AccreditationState.OVER: "closed",
    AccreditationState.ENDED: "stop",
}


@dataclass(frozen=True, slots=True)
class ShownAccreditation:
    """An accreditation as it stands on a day."""

    accreditation: Accreditation
    today: date

    @property
    def state(self) -> AccreditationState:
        return self.accreditation.state_on(self.today)

    @property
    def state_kind(self) -> str:
        return KINDS[self.state]

    @property
    def state_label(self) -> str:
        return str(self.state.label)


def accreditations_in_list(name: str, today: date) -> AccreditationQuerySet:
    """The accreditations of one of LISTS."""
    rows = Accreditation.objects.all()
    if name == "accredited":
        return rows.in_force(today)
    if name == "refused":
        return rows.refused()
    return rows.over(today) if name == "over" else rows.waiting()


def page_of_list(name: str, today: date, after: str | None) -> Page[Accreditation]:
    """A page of the desk's list: the oldest application first, of what is decided the newest."""
    order = ("confirmed_at", "pk") if name == "waiting" else ("-confirmed_at", "-pk")
    return page_of(accreditations_in_list(name, today), order=order, after=after)


def conferences() -> list[Meeting]:
    """The press conferences that are ahead, the next first."""
    return list(Meeting.objects.coming().filter(kind=Kind.PRESS)[:MOST_CONFERENCES])


def conferences_over() -> list[Meeting]:
    """The last press conferences that are over, the newest first."""
    over = Meeting.objects.published().filter(kind=Kind.PRESS, closed_at__isnull=False)
    return list(over.defer("search").order_by("-closed_at", "-pk")[:_MOST_OVER])


def coming_to(meeting: Meeting) -> list[PressAttendance]:
    """Journalists who said that they come to a press conference, by name."""
    rows = PressAttendance.objects.filter(meeting=meeting, is_coming=True)
    return list(rows.select_related("accreditation").order_by("accreditation__name", "pk"))


def accounts_of(accreditations: Iterable[Accreditation]) -> list[int]:
    """The ids of accounts with the addresses of these: their owners see who looked."""
    emails = [each.email for each in accreditations]
    return list(User.objects.filter(email__in=emails).values_list("pk", flat=True))
