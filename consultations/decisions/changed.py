"""The newest remark that changed the words of a draft, with its clause before and after."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from consultations.decisions.done import (
    ORDER,
    ShownDone,
    accepted_dispositions,
    published_wordings,
    show_all,
)
from core.db.statements import Statement
from drafts.versions import difference
from drafts.versions.difference import Op, Segment

#: So many of the newest dispositions are looked at for one that changed words.
LOOKED_AT = 12
#: Letters of unchanged text that are shown on either side of a change, and of a change itself.
AROUND, LONGEST_CHANGE = 70, 220
_MOST_TAKEN = 2


@dataclass(frozen=True)
class ShownChange:
    """A remark that was taken into account, and the wording of the clause that it led to: ``was``
    when it was said ("": there was no such clause), ``now`` in the newest published version."""

    done: ShownDone
    was: str
    now: str

    @cached_property
    def _parts(self) -> list[Segment]:
        found = difference.words(self.was, self.now)
        return difference.around_changes(found, AROUND, LONGEST_CHANGE)

    @property
    def before(self) -> list[Segment]:
        """The former wording around what was taken out, for components/diff."""
        return [part for part in self._parts if part.op is not Op.INSERT] if self.was else []

    @property
    def after(self) -> list[Segment]:
        """The wording of today around what was put in, for components/diff."""
        return [part for part in self._parts if part.op is not Op.DELETE]


@dataclass(frozen=True, slots=True)
class Lately:
    """The latest change made because of remarks: the newest ``changed`` wording, rather a clause
    that was there before than a new one, or, where no words changed yet, the newest dispositions
    ``taken``.
    """

    changed: ShownChange | None
    taken: list[ShownDone]

    def __bool__(self) -> bool:
        return bool(self.changed or self.taken)


def _newest() -> QuerySet[Any]:
    wordings = published_wordings()
    when_said = wordings.filter(version__published_at__lte=OuterRef("said_at"))
    return (
        accepted_dispositions()
        .annotate(said_at=F("remark__comment__created_at"))
        .annotate(
            text_before=Subquery(when_said.values("text")[:1]),
            text_now=Subquery(wordings.values("text")[:1]),
        )
        .order_by(*ORDER)[:LOOKED_AT]
    )


_NEWEST: Statement[Any] = Statement(_newest)


def taken_lately() -> Lately:
    """For the first page: one query; one more where no words changed and a decision names a
    roll-call."""
    rows = _NEWEST.all()
    wordings_of = [(row, row.text_before or "", row.text_now or "") for row in rows]
    changed = [each for each in wordings_of if each[2] and each[1] != each[2]]
    if not changed:
        return Lately(None, show_all(rows[:_MOST_TAKEN]))
    row, was, now = next((each for each in changed if each[1]), changed[0])
    return Lately(ShownChange(show_all([row], with_sittings=False)[0], was, now), [])
