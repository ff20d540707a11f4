"""Parts of a list of appeals, each for one press: how many are left, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from appeals.desk.queries import for_list
from appeals.many.actions import MOST_AT_ONCE
from appeals.models import Appeal
from appeals.querysets import DESK_ORDER, AppealQuerySet
from core.db.paging import Page, count_beyond, neighbours, page_of

#: What of an address says which list it is, how it is narrowed, and where it goes on.
_KEPT = ("list", "kind", "q", "after")


@dataclass(frozen=True, slots=True)
class Part:
    """At most MOST_AT_ONCE appeals of a list in the desk's order, and how many come after them."""

    page: Page[Appeal]
    left: int
    query: QueryDict

    @property
    def appeals(self) -> list[Appeal]:
        return self.page.items

    @property
    def _kept(self) -> dict[str, str]:
        return {name: str(self.query[name]) for name in _KEPT if self.query.get(name)}

    def context(self) -> dict[str, Any]:
        """For appeals/desk_part.html: the pages beside it, and the address that ticks each."""
        return {
            "left": self.left,
            "all_url": f"?{urlencode(self._kept | {'all': '1'})}",
            **neighbours(self.page, self.query),
        }

    def query_of_next(self, ticked: int, shown: int, **more: Any) -> str:
        """The query of the part that follows; "" where not all that was ``shown`` was ``ticked``,
        or where nothing follows. ``more``: what else it asks for."""
        if not self.page.next_cursor or ticked < shown:
            return ""
        return urlencode(self._kept | {"after": self.page.next_cursor} | more)


def part_of(rows: AppealQuerySet[Appeal], query: QueryDict) -> Part:
    """The part of a list at which the address is: one query, and one more where others follow."""
    listed = for_list(rows)
    page = page_of(listed, order=DESK_ORDER, after=query.get("after"), size=MOST_AT_ONCE)
    left = 0
    if page.next_cursor:
        left = count_beyond(rows, order=DESK_ORDER, cursor=page.next_cursor)
    return Part(page, left, query)
