"""Compose a text of a version and the amendments adopted to its clauses. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from uuid import uuid4

from drafts.clauses.tree import arrange
from drafts.importing import markup
from drafts.models import Clause, Version
from meetings.amendments.groups import place
from meetings.models import Amendment

_Kind = Amendment.Kind


def compose(version: Version, base: Sequence[Clause], adopted: Iterable[Amendment]) -> list[Clause]:
    """Unsaved clauses of ``version``: those of ``base`` (in order) with what is adopted. A clause
    goes with all below it; what is inserted stands after it and all below it, at its level."""
    by_clause: dict[int, list[Amendment]] = defaultdict(list)
    for each in sorted(adopted, key=place):
        by_clause[each.clause_id].append(each)
    made = list(_clauses(version, base, by_clause))
    arrange(made)
    return made


def _clauses(
    version: Version, base: Sequence[Clause], by_clause: dict[int, list[Amendment]]
) -> Iterator[Clause]:
    #: What is to be inserted once the text is back at this depth, the innermost last.
    pending: list[tuple[int, list[Clause]]] = []
    removed_depth: int | None = None
    for clause in base:
        while pending and clause.depth <= pending[-1][0]:
            yield from pending.pop()[1]
        if removed_depth is not None and clause.depth > removed_depth:
            continue
        removed_depth = None
        found = by_clause.get(clause.pk, [])
        inserted = [
            _insert_clause(version, clause, each) for each in found if each.kind == _Kind.INSERT
        ]
        if inserted:
            pending.append((clause.depth, inserted))
        if any(each.kind == _Kind.REMOVE for each in found):
            removed_depth = clause.depth
            continue
        words = next((each.text for each in found if each.kind == _Kind.REPLACE), None)
        yield _copy(version, clause, words)
    while pending:
        yield from pending.pop()[1]


def _copy(version: Version, clause: Clause, words: str | None) -> Clause:
    made = Clause(
        version=version,
        key=clause.key,
        depth=clause.depth,
        kind=clause.kind,
        number=clause.number,
        marker=clause.marker,
        role=clause.role,
        text=clause.text,
        html=clause.html,
    )
    if words is not None:
        text = words.removeprefix(clause.marker).strip() if clause.marker else words
        made.text, made.html = text, markup.of_text(text, [])
    return made


def _insert_clause(version: Version, after: Clause, amendment: Amendment) -> Clause:
    kind = Clause.Kind.PARAGRAPH if after.is_container else after.kind
    if kind == Clause.Kind.TABLE:
        kind = Clause.Kind.PARAGRAPH
    text = amendment.text
    html = markup.of_text(text, [])
    return Clause(version=version, key=uuid4(), depth=after.depth, kind=kind, text=text, html=html)
