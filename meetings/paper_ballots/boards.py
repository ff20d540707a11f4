"""Display of a secret ballot on paper: figures alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.displays import layout
from core.displays.layout import Text
from core.displays.screens import Screen, spread
from meetings.models import Item, LogEntry
from meetings.paper_ballots.presenters import ShownBallot
from meetings.paper_ballots.queries import ballots_on

_Kind = LogEntry.Kind
#: Entries of the log after which a ballot stands on the display until something else takes it.
BALLOT_ENTRIES = (
    *(_Kind.BALLOT, _Kind.BALLOT_SEALED, _Kind.BALLOT_COUNTED),
    *(_Kind.BALLOT_PUBLISHED, _Kind.BALLOT_CANCELLED),
)


def ballot_board(item: Item, last_kind: str | None) -> dict[str, Any] | None:
    """The item's last ballot, while it is what happened last (``last_kind``: the kind of that entry
    of the log): one query, none where it is something else."""
    if last_kind not in BALLOT_ENTRIES:
        return None
    row = ballots_on(item).last()
    if row is None:
        return None
    shown = ShownBallot.of(row)
    lines = "\n".join(_lines(shown))

    def contents(height: float, most: int) -> Iterator[Screen]:
        sizes = [size for size in (46, 36, 30, 24) if size <= most]
        fits = (size for size in sizes if len(layout.pages(lines, size, height)) == 1)
        size = next(fits, 24)
        for page in layout.pages(lines, size, height):
            yield Screen(paragraphs=page, size=size)

    heading = Text(shown.ballot.question, (46, 36, 30, 24, 21, 19), is_bold=True)
    screens = spread(heading, contents, layout.HEIGHT - 2.6 - layout.GAP)
    return {"view": "item", "title": shown.ballot.question, "screens": screens}


def _lines(shown: ShownBallot) -> Iterator[str]:
    yield shown.state
    for name, number in shown.rows:
        yield f"{name} – {number}"
    if shown.is_published:
        yield shown.arithmetic
        yield "; ".join(f"{label}: {number}" for label, number in shown.figures)
