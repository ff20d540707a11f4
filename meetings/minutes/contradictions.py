"""Contradictions in the record of a meeting, found before anything unchangeable is published. Pure:
the facts are passed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.minutes.queries import ConsideredItem, Gathered, Span
from meetings.minutes.texts import HEAD, section_of
from meetings.models import Item, Vote
from meetings.outcome.deciding import counts
from meetings.queries import ShownRollCall

#: So many names are told of one vote.
_MOST = 10


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A thing that does not agree with another: its ``code``, in a sentence, and where it is put
    right: the item, or None."""

    code: str
    words: str
    item: Item | None = None

    @property
    def section(self) -> str:
        """The section of the minutes in which it is put right."""
        return HEAD if self.item is None else section_of(self.item.pk)


def contradictions_of(gathered: Gathered, *, unpublished: int = 0) -> list[Contradiction]:
    """All of them, in the order of the minutes; in the active language.

    ``unpublished``: how many results are not published.
    """
    found = [*_chair(gathered)]
    if unpublished:
        words = ngettext(
            "The result of %(number)d roll-call is not published.",
            "The results of %(number)d roll-calls are not published.",
            unpublished,
        )
        found.append(Contradiction("result_unpublished", words % {"number": unpublished}))
    for each in gathered.considered:
        found += _item(gathered, each)
    return found


def _chair(gathered: Gathered) -> Iterator[Contradiction]:
    chair = gathered.texts.get("chair", "").casefold()
    for deputy in gathered.absent:
        if deputy.name.casefold() in chair:
            words = _("%(name)s presides, and is among those absent.") % {"name": deputy.name}
            yield Contradiction("chair_absent", words)


def _item(gathered: Gathered, each: ConsideredItem) -> Iterator[Contradiction]:
    item = each.item
    facts = {"order": item.order, "title": item.title}
    for shown in each.roll_calls:
        yield from _votes(gathered, shown, item)
    if item.state != Item.State.DONE:
        return
    if any(counts(shown.roll_call) for shown in each.roll_calls):
        if item.decision_confirmed_at is None:
            words = _("Item %(order)d: nobody has confirmed which vote decided it: “%(title)s”.")
            yield Contradiction("decision_unconfirmed", words % facts, item)
    elif not gathered.texts.get(f"decided-{item.pk}", "").strip():
        words = _("Item %(order)d has no decision, neither voted nor written: “%(title)s”.")
        yield Contradiction("item_undecided", words % facts, item)


def _votes(gathered: Gathered, shown: ShownRollCall, item: Item) -> Iterator[Contradiction]:
    """Votes of those whom the presence does not have, and the other way round."""
    roll_call = shown.roll_call
    outside, missing = [], []
    for vote in shown.votes:
        spans = gathered.presences.get(vote.deputy, ())
        if vote.choice != Vote.Choice.ABSENT and not _covers(spans, vote.at):
            outside.append(vote.deputy.name)
        elif vote.choice == Vote.Choice.ABSENT and _was_there(spans, roll_call.closed_at):
            missing.append(vote.deputy.name)
    facts = {"question": roll_call.question, "number": len(outside)}
    if outside:
        words = ngettext(
            "“%(question)s”: %(number)d vote is of somebody who is not noted as present: "
            "%(names)s.",
            "“%(question)s”: %(number)d votes are of people who are not noted as present: "
            "%(names)s.",
            len(outside),
        )
        named = {**facts, "names": _names(outside)}
        yield Contradiction("vote_outside_presence", words % named, item)
    if missing:
        words = _("“%(question)s”: written down as absent, and noted as present: %(names)s.")
        yield Contradiction("absent_and_present", words % {**facts, "names": _names(missing)}, item)


def _covers(spans: Sequence[Span], moment: datetime) -> bool:
    return any(
        span.since <= moment and (span.until is None or span.until >= moment) for span in spans
    )


def _was_there(spans: Sequence[Span], moment: datetime | None) -> bool:
    """Whether they were there before and after a moment."""
    return moment is not None and any(
        span.since < moment and (span.until is None or span.until > moment) for span in spans
    )


def _names(names: Sequence[str]) -> str:
    said = ", ".join(names[:_MOST])
    return f"{said}…" if len(names) > _MOST else said
