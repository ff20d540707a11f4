"""Two versions as one sequence of clauses: kept in place, put in, taken out.

Read without what was put in, the sequence is the old version; read without what was taken out, the
new one. A clause that moved is therefore taken out where it stood and put in where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from drafts.models import Clause
from drafts.versions.difference import in_order


class Pair(NamedTuple):
    """A clause before and after; None where it was put in (``old``) or taken out (``new``)."""

    old: Clause | None
    new: Clause | None

    @property
    def key(self) -> UUID:
        """The clause's identity."""
        clause = self.new or self.old
        if clause is None:
            raise ValueError("a pair of nothing")
        return clause.key


def align(old: Iterable[Clause], new: Iterable[Clause]) -> list[Pair]:
    """The two versions, given in document order, as one sequence."""
    old, new = list(old), list(new)
    before = {clause.key: at for at, clause in enumerate(old)}
    common = [clause.key for clause in new if clause.key in before]
    steady = {old[at].key for at in in_order([before[key] for key in common])}
    by_key = {clause.key: clause for clause in old}
    gone: dict[UUID | None, list[Clause]] = {}
    after: UUID | None = None
    for clause in old:
        if clause.key in steady:
            after = clause.key
        else:
            gone.setdefault(after, []).append(clause)
    pairs = [Pair(clause, None) for clause in gone.get(None, ())]
    for clause in new:
        if clause.key not in steady:
            pairs.append(Pair(None, clause))
            continue
        pairs.append(Pair(by_key[clause.key], clause))
        pairs.extend(Pair(taken, None) for taken in gone.get(clause.key, ()))
    return pairs
