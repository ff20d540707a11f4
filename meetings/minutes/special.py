"""Special votes of an item in the minutes, beside its roll-calls: conflicts of interest, secret
ballots.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings.amendments.actions import question_of
from meetings.amendments.presenters import ShownGroup
from meetings.amendments.queries import groups_on
from meetings.models import Item
from meetings.paper_ballots.presenters import ShownBallot
from meetings.special import Special

type Block = dict[str, Any]


def before_votes(special: Special, item: Item) -> Iterator[Block]:
    """Members who take no part in the item, before what was said and voted on it."""
    listed = [f"{each.deputy.name}: {each.words}" for each in special.conflicts_on(item.pk)]
    if listed:
        words = _("Declared a conflict of interest, take no part and do not vote:")
        yield _paragraph(_strong(words))
        yield {"list": listed}


def after_votes(special: Special, item: Item) -> Iterator[Block]:
    """Amendments and secret ballots on the item, after its roll-calls."""
    if any(amended == item for amended, _number in special.amended):
        yield from _amendments(item)
    for each in special.ballots_on(item.pk):
        yield from _ballot(each)


def _amendments(item: Item) -> Iterator[Block]:
    """The amendments to the item's draft, by clause in the order of their votes: two queries."""
    groups = [ShownGroup.of(each) for each in groups_on(item)]
    if groups:
        yield _paragraph(_strong(_("AMENDMENTS:")))
        yield {
            "list": [
                f"{question_of(each.amendment)} ({each.mover}) – {each.label}"
                for group in groups
                for each in group.members
            ]
        }


def _ballot(each: ShownBallot) -> Iterator[Block]:
    """A ballot in the figures of its protocol; of one that is not published where it stands."""
    ballot = each.ballot
    yield _paragraph(_strong(_("VOTED SECRETLY, BY BALLOTS OF PAPER:")), f" {ballot.question}")
    opened_at = date_format(localtime(ballot.opened_at), "H:i:s")
    yield _paragraph(
        f"{opened_at}. {each.matter} ({each.article}). {each.state}.".replace("..", ".")
    )
    if not each.is_published:
        return
    yield _paragraph(each.arithmetic)
    rows = [*each.figures, *each.rows]
    yield {
        "table": _("Protocol of the counting commission: %(question)s")
        % {"question": ballot.question},
        "columns": [[_("What"), 9], [_("How many"), 3]],
        "rows": [[str(label), str(number)] for label, number in rows],
    }


def _strong(text: str) -> list[str]:
    return ["strong", text]


def _paragraph(*pieces: Any) -> Block:
    return {"paragraph": list(pieces)}
