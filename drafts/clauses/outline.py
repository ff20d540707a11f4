"""The clauses of a preview as a list that is changed in memory and written back.

Each change is a `Revision`: what the clauses were, so that the last one can be undone, and who
made it. Positions, parents and labels follow from the order and the depths; they are not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from core.domain.idempotency_keys import created
from drafts.clauses import tree
from drafts.importing import markup
from drafts.importing.blocks import Block
from drafts.models import Clause, Revision, SetAside, Version

if TYPE_CHECKING:
    from accounts.models import User

_ARRANGED = ["position", "parent", "depth", "label", "kind", "number", "marker", "text", "html"]
_OWN = ("kind", "number", "marker", "role", "depth", "text", "html")

#: What each clause says by itself, and the clause that it stands after.
type State = dict[int, tuple[dict[str, Any], int | None]]


def state_of(clauses: Iterable[Clause]) -> State:
    """Return what `record` compares with, before the clauses are changed."""
    state: State = {}
    before: int | None = None
    for clause in clauses:
        own = {name: getattr(clause, name) for name in _OWN}
        of_match = {"key": str(clause.key), "is_match_confirmed": clause.is_match_confirmed}
        state[clause.pk] = ({**own, **of_match}, before)
        before = clause.pk
    return state


def record(
    version: Version,
    kind: str,
    before: State,
    clauses: list[Clause],
    *,
    label: str,
    by: User | None,
    old: str = "",
    new: str = "",
    set_aside: Sequence[int] = (),
) -> Revision:
    """Keep what was changed since `before`; `old` and `new` are the words of a clause reworded,
    ``set_aside`` the ids of the lines put back."""
    now = {clause.pk: clause for clause in clauses}
    changed: dict[str, dict[str, Any]] = {}
    removed: list[dict[str, Any]] = []
    for pk, (own, after) in before.items():
        clause = now.get(pk)
        if clause is None:
            removed.append({"pk": pk, "after": after, **own})
        elif were := {name: own[name] for name in _OWN if own[name] != getattr(clause, name)}:
            changed[str(pk)] = were
    made = [pk for pk in now if pk not in before]
    revision = Revision.objects.create(
        version=version,
        kind=kind,
        label=label,
        by=by,
        old=old,
        new=new,
        were={
            "changed": changed,
            "removed": removed,
            "made": made,
            "set_aside": list(set_aside),
        },
    )
    created(revision)
    return revision


def restore(version: Version, revision: Revision) -> None:
    """Put the clauses back as they were before the revision, which must be the last one."""
    were = revision.were
    set_keys({int(pk): UUID(key) for pk, key in were.get("keys", {}).items()})
    made = set(were["made"])
    clauses = [clause for clause in version.outline() if clause.pk not in made]
    by_pk = {clause.pk: clause for clause in clauses}
    for pk, own in were["changed"].items():
        for name, value in own.items():
            setattr(by_pk[int(pk)], name, value)
    back: list[Clause] = []
    for row in were["removed"]:  # in document order: a clause may stand after one that is back
        at = clauses.index(by_pk[row["after"]]) + 1 if row["after"] else 0
        fields = {name: row[name] for name in (*_OWN, "key")}
        fields["is_match_confirmed"] = row.get("is_match_confirmed", False)
        clause = Clause(pk=row["pk"], version=version, **fields)
        clauses.insert(at, clause)
        by_pk[clause.pk] = clause
        back.append(clause)
    Clause.objects.filter(pk__in=made).update(parent=None)
    Clause.objects.filter(parent__in=made).update(parent=None)
    Clause.objects.filter(pk__in=made).delete()
    for at, clause in enumerate(back):  # past the end until all the others have moved
        clause.position = len(clauses) + at
    Clause.objects.bulk_create(back)
    save(clauses)
    lines = version.set_aside.filter(pk__in=were.get("set_aside", ()))
    # Nobody is asked about what repeats on a PDF's pages: it was left out from the first.
    lines.filter(kind=SetAside.Kind.RUNNING).update(
        decision=SetAside.Decision.LEFT_OUT, decided_by=None
    )
    lines.exclude(kind=SetAside.Kind.RUNNING).update(
        decision=SetAside.Decision.NONE, decided_at=None, decided_by=None
    )


def set_keys(keys: Mapping[int, UUID]) -> None:
    """Give clauses of one version other keys, by their ids; they may change with each other."""
    rows = list(Clause.objects.filter(pk__in=keys).only("key"))
    for row in rows:
        row.key = uuid4()  # no two of a version may ever have the same
    Clause.objects.bulk_update(rows, ["key"])
    for row in rows:
        row.key = keys[row.pk]
    Clause.objects.bulk_update(rows, ["key"])


def among(clauses: list[Clause], clause: Clause) -> Clause:
    """The clause as it is now, under the version's lock."""
    for known in clauses:
        if known.pk == clause.pk:
            return known
    raise Clause.DoesNotExist


def subtree(clauses: list[Clause], at: int) -> list[Clause]:
    """Return the clause at a place of the list, and all under it."""
    end = at + 1
    while end < len(clauses) and clauses[end].depth > clauses[at].depth:
        end += 1
    return clauses[at:end]


def role_beside(clause: Clause) -> str:
    return Clause.Role.ORDINARY if clause.role == Clause.Role.TITLE else clause.role


def write(clause: Clause, block: Block) -> None:
    clause.text = block.text
    clause.html = markup.of_text(block.text, block.spans)


def save(clauses: list[Clause]) -> None:
    """Arrange the whole version anew and write the rows that changed."""
    by_id = {clause.pk: clause for clause in clauses}
    were = {
        row["pk"]: row
        for row in Clause.objects.filter(pk__in=by_id).values(
            "pk", "parent_id", *(name for name in _ARRANGED if name != "parent")
        )
    }
    tree.arrange(clauses)
    for clause in clauses:
        clause.parent_id = clause.parent.pk if clause.parent else None
    changed = [
        clause
        for clause in clauses
        if any(getattr(clause, name) != value for name, value in were[clause.pk].items())
    ]
    Clause.objects.bulk_update(changed, _ARRANGED, batch_size=500)
