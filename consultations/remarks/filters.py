"""Order and filters of a list of remarks, from its URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from consultations.models import Remark
from drafts.clauses.keys import short_key_of
from drafts.versions.published import key_named

ORDERS = {
    "newest": ("-comment_id",),
    "supported": ("-comment__score", "-comment_id"),
    "disputed": ("-comment__dispute", "-comment_id"),
    "unanswered": ("-comment_id",),
}
VOICES = ("organisation", "person")


@dataclass(frozen=True)
class Filters:
    """Order and filters of a list of remarks; senseless values are ignored."""

    sort: str = "newest"
    kind: str = ""
    clause: UUID | None = None
    #: "organisation", "person", or both.
    voice: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: QueryDict, draft_id: int | None) -> Filters:
        """Read from a URL. A query where it names a clause of the draft by its short key."""
        sort = query.get("sort", "")
        kind = query.get("kind", "")
        voice = query.get("voice", "")
        return cls(
            sort=sort if sort in ORDERS else "newest",
            kind=kind if kind in Remark.Kind.values else "",
            clause=key_named(draft_id, query.get("clause", "")),
            voice=voice if voice in VOICES else "",
            after=query.get("after", ""),
        )

    def query(self, **changes: Any) -> str:
        """The filters as a query string with some of them changed; without ``after``."""
        values = {
            "sort": self.sort,
            "kind": self.kind,
            "clause": self.clause and short_key_of(self.clause),
            "voice": self.voice,
            **changes,
        }
        params = QueryDict(mutable=True)
        for name, value in values.items():
            if value and (name, value) != ("sort", "newest"):
                params[name] = str(value)
        return params.urlencode()
