"""Rules of following. Pure: the facts come in."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from accounts.limits import DAY, MINUTE, TEN_MINUTES, Limit
from core.domain.rules import Verdict, refuse, refuse_unless

#: Changes of what one person follows.
CHANGE = Limit("follow", 60, MINUTE)
#: Mails asked for by one client; a hall of people shares one address.
ASK = Limit("follow-by-mail", 60, TEN_MINUTES)
ASK_IN_A_DAY = Limit("follow-by-mail-day", 300, DAY)


#: Things that one follower follows at most: more than anybody reads of.
MOST_FOLLOWED = 500

LINK_EXPIRED = refuse(
    "following.link_expired",
    _("This link has expired or is not whole. Ask for another one: it works for 24 hours."),
)


def follow(*, is_public: bool, followed: int) -> Verdict:
    """May somebody follow a thing? ``is_public``: everybody may read of it, or it is their own
    appeal; ``followed``: how many things they follow already."""
    return refuse_unless(
        is_public, "following.not_public", _("This cannot be followed: it is not public.")
    ) and refuse_unless(
        followed < MOST_FOLLOWED,
        "following.too_many",
        _("You follow 500 things already. Stop following some of them first."),
    )


def set_quiet_hours(begin: time | None, end: time | None) -> Verdict:
    """May nothing be sent at once between these times of day? Both are needed, or neither."""
    return refuse_unless(
        (begin is None) == (end is None),
        "following.quiet_by_half",
        _("Give both times, or neither."),
    ) and refuse_unless(
        begin is None or begin != end,
        "following.quiet_all_day",
        _("Quiet hours cannot last the whole day. To get no mails at all, choose “never”."),
    )
