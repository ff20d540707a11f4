"""Rules of roles: who runs a meeting, who reads it, who votes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Deputy, Meeting

RUNNERS_ONLY = refuse("meeting.runners_only", _("Only those who run this meeting may do this."))


def plan(user: Anybody, department_id: int | None) -> Verdict:
    """Plan meetings of a department: its head, officers and secretaries, administrators."""
    may = user.is_authenticated and user.keeps_record_of(department_id)
    return act(user) and (ALLOWED if may else RUNNERS_ONLY)


def run(user: Anybody, meeting: Meeting) -> Verdict:
    """Prepare and run it: who plans meetings of its department, or has a grant for it alone."""
    may = user.is_authenticated and user.keeps_record_of(meeting.department_id, meeting.topic)
    return act(user) and (ALLOWED if may else RUNNERS_ONLY)


def see(user: Anybody, meeting: Meeting) -> Verdict:
    """Read it: everybody once its notice is published, before that who prepares it."""
    return refuse_unless(
        meeting.published_at or run(user, meeting),
        "meeting.not_published",
        _("This meeting is not announced."),
    )


def vote_as(user: Anybody, deputy: Deputy) -> Verdict:
    """Vote on one's telephone: with the account that is the deputy's."""
    return act(user) and refuse_unless(
        deputy.user_id is not None and deputy.user_id == user.pk,
        "meeting.deputies_only",
        _("Only a deputy votes here, by their own account."),
    )


def keep_council(user: Anybody) -> Verdict:
    """Keep the lists of bodies, factions and deputies: administrators."""
    return act(user) and refuse_unless(
        user.is_authenticated and user.is_administrator,
        "meeting.administrators_only",
        _("Only an administrator may change who sits in the council."),
    )


def be_deputy(deputy: Deputy | None) -> Verdict:
    """Take part by telephone: with an account that is a deputy's."""
    return refuse_unless(
        deputy, "meeting.deputies_only", _("Only a deputy votes here, by their own account.")
    )
