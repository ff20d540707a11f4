"""Things that wait for an organisation to be confirmed, as the apps above know them.

An app whose things wait registers in ``AppConfig.ready()`` how they are found. The office reads
here that something waits, and for what; never a word of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something sent in the name of an organisation that is not confirmed.

    ``about``: the title of what it was sent to, ``about_url`` its page; ``url``: the page that its
    author alone has; ``closes_at``: when what it was sent to closes.
    """

    organisation_id: int
    author_id: int
    sent_at: datetime
    about: str
    about_url: str
    url: str
    closes_at: datetime | None


type Find = Callable[[Collection[int]], Iterable[Waiting]]
_finders: list[Find] = []


def register(find: Find) -> Find:
    """Make what an app keeps waiting known (a decorator); it gets the organisations' ids."""
    _finders.append(find)
    return find


def for_organisations(ids: Collection[int]) -> dict[int, list[Waiting]]:
    """Waiting matters of each of the organisations, the oldest first: a query for each app."""
    found: dict[int, list[Waiting]] = defaultdict(list)
    if ids:
        for find in _finders:
            for waiting in find(ids):
                found[waiting.organisation_id].append(waiting)
    for each in found.values():
        each.sort(key=lambda waiting: waiting.sent_at)
    return found
