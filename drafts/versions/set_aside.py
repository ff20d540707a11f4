"""Lines that an import set aside: kept, put back into the text, or left out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from drafts import importing, rules
from drafts.clauses import outline, tree
from drafts.events import LinesLeftOut, LinesPutBack
from drafts.importing.blocks import Block, tidy
from drafts.importing.labels import label
from drafts.importing.structure import build
from drafts.models import Clause, Revision, SetAside, Version

if TYPE_CHECKING:
    from accounts.models import User


def keep(version: Version, found: Sequence[importing.SetAside], clauses: Sequence[Clause]) -> None:
    """Keep what an import set aside, each before its clause; the clauses are saved.

    What repeats on a PDF's pages is left out at once: who publishes compares the text with the PDF.
    """
    running = {"decision": SetAside.Decision.LEFT_OUT, "decided_at": clock.now()}
    SetAside.objects.bulk_create(
        SetAside(
            version=version,
            kind=each.kind,
            before=clauses[each.before].pk if each.before < len(clauses) else None,
            text="\n".join(each.lines),
            words=each.words,
            **(running if each.kind == importing.RUNNING else {}),
        )
        for each in found
    )


def put_back(version: Version, chosen: Iterable[SetAside], *, by: User | None = None) -> Revision:
    """Make parts of lines set aside, where they stood in the file; ``undo`` takes that back.

    Their numbers are read as an import reads them. Refuses by rules.decide_set_aside. Emits
    LinesPutBack.
    """
    with action():
        version = locked(version)
        found = _among(version, chosen)
        require(rules.decide_set_aside(by, version, found))
        clauses = list(version.outline())
        before, gone = outline.state_of(clauses), _former_places(version)
        made: list[Clause] = []
        for each in found:
            at = _place(each, clauses, gone)
            parts = _parts(version, each, depth=clauses[at].depth if at < len(clauses) else 0)
            clauses[at:at] = parts
            made += parts
        for at, clause in enumerate(made):  # past the end until all the others have moved
            clause.position = len(clauses) + at
        Clause.objects.bulk_create(made)
        outline.save(clauses)
        _decide(found, SetAside.Decision.PUT_BACK, by)
        revision = outline.record(
            version,
            Revision.Kind.PUT_BACK,
            before,
            clauses,
            label=" … ".join(dict.fromkeys(c.label[:95] for c in (made[0], made[-1]))),
            by=by,
            set_aside=[each.pk for each in found],
        )
        emit(LinesPutBack(version.pk, len(made), _id(by)))
        return revision


def leave_out(version: Version, chosen: Iterable[SetAside], *, by: User | None = None) -> None:
    """Decide that lines set aside are no part of the text; they can still be put back.

    Refuses by rules.decide_set_aside. Emits LinesLeftOut.
    """
    with action():
        version = locked(version)
        found = _among(version, chosen)
        require(rules.decide_set_aside(by, version, found))
        _decide(found, SetAside.Decision.LEFT_OUT, by)
        created(version)
        lines = sum(each.text.count("\n") + 1 for each in found)
        emit(LinesLeftOut(version.pk, lines, _id(by)))


def _among(version: Version, chosen: Iterable[SetAside]) -> list[SetAside]:
    """The chosen as they are now, under the version's lock."""
    return list(version.set_aside.filter(pk__in=[each.pk for each in chosen]).in_order())


def _decide(found: list[SetAside], decision: SetAside.Decision, by: User | None) -> None:
    for each in found:
        each.decision, each.decided_at, each.decided_by = decision, clock.now(), by
    SetAside.objects.bulk_update(found, ["decision", "decided_at", "decided_by"])


def _parts(version: Version, chosen: SetAside, *, depth: int) -> list[Clause]:
    lines = [tidy(line) for line in chosen.text.split("\n")]
    nodes = build([Block(line) for line in lines if line])
    label(nodes)
    parts = tree.clauses_of(version, nodes, [None] * len(nodes))
    for part in parts:
        part.parent, part.depth = None, part.depth + depth
    return parts


def _former_places(version: Version) -> dict[int, int | None]:
    """The clauses that officers joined or removed, each with the one that it stood after."""
    kept = version.revisions.values_list("were", flat=True)
    return {row["pk"]: row["after"] for were in kept for row in were["removed"]}


def _place(chosen: SetAside, clauses: list[Clause], gone: dict[int, int | None]) -> int:
    places = {clause.pk: at for at, clause in enumerate(clauses)}
    if chosen.before is None:
        return len(clauses)
    if chosen.before in places:
        return places[chosen.before]
    after = gone.get(chosen.before)
    while after is not None and after not in places:
        after = gone.get(after)
    return 0 if after is None else places[after] + 1


def _id(by: User | None) -> int | None:
    return by.pk if by else None
