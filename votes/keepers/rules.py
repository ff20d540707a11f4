"""Rules of sealed boxes: who keeps their keys, when they are opened, what is published of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from votes.models import Poll

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from votes.opening.numbers import Numbers
from votes.rules import has_closed, has_no_end, revise

NOT_OPENED = refuse(
    "poll.not_opened",
    _("The ballots are sealed: one of the keepers has to open them with their file first."),
)


OPENED = refuse("poll.opened", _("The ballots have been opened already."))


UNOPENED = refuse(
    "poll.unopened",
    _("Some ballots could not be opened: say to everybody why, and that it is so."),
)


NUMBERS_DIFFER = refuse(
    "poll.numbers_differ",
    _("There are not as many ballots as people who voted: nothing is published."),
)


#: So many people keep the key of a secret poll, each of whom opens alone.
KEEPERS = 2


def open_boxes(poll: Poll, *, now: datetime) -> Verdict:
    """Open the boxes of a secret poll, once: after its close, with a keeper's key."""
    return (
        refuse_unless(poll.is_secret, "poll.not_secret", _("This poll has no sealed ballots."))
        and has_no_end(poll, now)
        and has_closed(poll, now)
        and (ALLOWED if poll.opened_at is None else OPENED)
    )


def count_opened(poll: Poll, found: Numbers, *, reason: str) -> Verdict:
    """Publish what the boxes of a secret poll held: there are no more records than were written at
    the opening, used ones are as many as boxes, opened or not, and codes as many as opened ones.
    ``reason``: what an officer says to everybody of boxes that did not open."""
    return (
        (ALLOWED if poll.opened_at else NOT_OPENED)
        and (
            ALLOWED
            if found.used == found.opened + poll.unopened
            and found.codes == (found.opened if poll.has_receipts else 0)
            and found.records <= (poll.electorate or 0)
            else NUMBERS_DIFFER
        )
        and (UNOPENED if poll.unopened and not reason.strip() else ALLOWED)
    )


def keep(poll: Poll, keepers: Sequence[bool]) -> Verdict:
    """Announce it with these keepers of its key: two people, each of whom has opened something with
    the saved file, or the server alone. ``keepers``: of each whether they have."""
    if not poll.is_secret:
        return ALLOWED
    if poll.keeping == Poll.Keeping.SERVER:
        return refuse_unless(
            len(keepers) == 1,
            "poll.no_server_key",
            _("The server has not made its key for this poll yet: it does so within a minute."),
        )
    return refuse_unless(
        len(keepers) == KEEPERS and all(keepers),
        "poll.no_keepers",
        _("A secret poll needs two keepers, who have tried their saved files: see “Keepers”."),
    )


def change_keepers(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Make, try or discard a keeper's key: who prepares a secret poll whose keys people keep, until
    it is announced."""
    return revise(user, poll, now=now) and refuse_unless(
        poll.is_secret and poll.keeping == Poll.Keeping.PEOPLE,
        "poll.kept_otherwise",
        _("People keep no keys of this poll."),
    )
