"""Presenters of registration: what the page of a meeting and the desk's list show of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Registration, Speaker


@dataclass(frozen=True, slots=True)
class ShownRegistration:
    """Registration for a meeting as it stands; ``left``: free places in the hall, None if everybody
    finds one. ``why_not``: why nobody registers now, "" while people do."""

    meeting_id: int
    why_not: str
    closes_at: datetime | None
    left: int | None

    @property
    def is_open(self) -> bool:
        return not self.why_not

    @property
    def is_full(self) -> bool:
        """Whether who registers now waits for a place."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class OwnRegistration:
    """A person's own registration; ``place_in_line``: how many get a place before or with them, 0
    if they do not wait.
    """

    registration: Registration
    place_in_line: int

    @property
    def words(self) -> str:
        """Words about their place."""
        if self.registration.attendance == Registration.Attendance.REMOTE:
            return _("You are registered to attend remotely.")
        if self.registration.waits:
            return _(
                "All places are taken: you are number %(number)d on the waiting list. You get "
                "a mail when a place becomes free."
            ) % {"number": self.place_in_line}
        return _("You are registered: a place in the hall is kept for you.")

    @property
    def kind(self) -> str:
        """The look of the notice (components/notice.html)."""
        return "info" if self.registration.waits else "success"


#: What stands beside a name on the desk's list, and how it looks.
_WAITS = gettext_lazy("waits for a place")
_PLACE = gettext_lazy("has a place")
_REMOTE = gettext_lazy("remotely")
_CAME = gettext_lazy("has come")


@dataclass(frozen=True, slots=True)
class ShownAttendee:
    """Somebody on the desk's list of who comes: ``registration`` with its user and item."""

    registration: Registration

    @property
    def name(self) -> str:
        user = self.registration.user
        return f"{user.family_name} {user.given_name}".strip()

    @property
    def state(self) -> str | Promise:
        row = self.registration
        if row.came_at:
            return _CAME
        if row.attendance == Registration.Attendance.REMOTE:
            return _REMOTE
        return _WAITS if row.waits else _PLACE

    @property
    def state_kind(self) -> str:
        """The look of the state (components/status_tag.html)."""
        row = self.registration
        if row.came_at:
            return "done"
        return "waiting" if row.waits else "info"

    @property
    def stance(self) -> str:
        """For or against; "" for neither."""
        stance = self.registration.stance
        return str(Speaker.Stance(stance).label) if stance else ""
