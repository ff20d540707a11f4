"""Rules of contests. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import Verdict, refuse_unless
from discussions.rules import moderate

if TYPE_CHECKING:
    from accounts.models import Anybody
    from moderation.models import Contest, Ruling


def see(user: Anybody, *, is_owner: bool) -> Verdict:
    """Read why one's words were hidden: their author, or whoever speaks now for the organisation
    in whose name they were said."""
    return act(user) and refuse_unless(
        is_owner, "contest.not_yours", _("Only its author may contest that words were hidden.")
    )


def make(
    user: Anybody, ruling: Ruling | None, *, now: datetime, is_owner: bool, is_contested: bool
) -> Verdict:
    """Contest the hiding that is in force (``ruling``), once, within the days that it may be."""
    return (
        see(user, is_owner=is_owner)
        and refuse_unless(
            ruling is not None, "contest.not_hidden", _("These words are not hidden.")
        )
        and refuse_unless(
            not is_contested,
            "contest.made_already",
            _("You have contested this decision already: another moderator decides."),
        )
        and refuse_unless(
            ruling is not None and now < ruling.contest_until,
            "contest.too_late",
            _("The time in which this decision could be contested is over."),
        )
    )


def decide(user: Anybody, contest: Contest, *, scope: str, reason: str) -> Verdict:
    """Decide on a contest: a moderator of the place, other than the one who hid the words and
    other than who contests."""
    return (
        moderate(user, scope=scope)
        and refuse_unless(
            not contest.outcome,
            "contest.decided_already",
            _("Another moderator has decided on this contest already."),
        )
        and refuse_unless(
            user.pk not in (contest.against_id, contest.by_id),
            "contest.own_decision",
            _("Whoever hid the words does not decide on the contest: another moderator does."),
        )
        and refuse_unless(
            reason.strip(), "contest.reason_missing", _("Give the reason: the author reads it.")
        )
    )
