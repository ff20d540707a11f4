"""Which clauses of the version before those of a preview continue, as an officer says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from drafts import rules
from drafts.clauses.outline import set_keys
from drafts.events import ClausesRematched
from drafts.models import Clause, Revision, Version

if TYPE_CHECKING:
    from accounts.models import User


def rematch(version: Version, choices: Mapping[int, UUID | None], *, by: User | None = None) -> int:
    """Let clauses of a preview continue others than matching has found; returns how many changed.

    ``choices``: the id of a clause and the key of the clause that it continues, None: it is new.
    What continued such a clause before, and is not among the choices, is new from now on. All
    that were chosen count as looked at. Refuses by rules.rematch. Emits ClausesRematched.
    """
    with action():
        version = locked(version)
        clauses = {clause.pk: clause for clause in version.outline().defer("search", "html")}
        former = _former_keys(version)
        chosen = {pk: key for pk, key in choices.items() if pk in clauses}
        require(rules.rematch(by, version, wanted=list(chosen.values()), known=former))
        keys: dict[int, UUID] = {}
        for pk, wanted in chosen.items():
            now = clauses[pk].key
            if wanted is None and now in former:
                keys[pk] = uuid4()
            elif wanted is not None and wanted != now:
                keys[pk] = wanted
        taken = set(keys.values())
        for pk, clause in clauses.items():
            if clause.key in taken and pk not in keys:
                keys[pk] = uuid4()
        if keys:
            were = {str(pk): str(clauses[pk].key) for pk in keys}
            set_keys(keys)
            _record(version, [clauses[pk] for pk in keys], were, by)
        Clause.objects.filter(pk__in=chosen).update(is_match_confirmed=True)
        emit(ClausesRematched(version.pk, len(chosen), len(keys), by.pk if by else None))
        return len(keys)


def _former_keys(version: Version) -> set[UUID]:
    former = Version.objects.published().filter(draft=version.draft_id).latest_first().first()
    return set(former.clauses.values_list("key", flat=True)) if former else set()


def _record(version: Version, changed: list[Clause], were: dict[str, str], by: User | None) -> None:
    """Let it be undone, in its turn among the changes of the preview."""
    first, last = changed[0].label, changed[-1].label
    Revision.objects.create(
        version=version,
        kind=Revision.Kind.REMATCH,
        label=first if len(changed) == 1 else f"{first[:95]} … {last[:95]}",
        by=by,
        were={"changed": {}, "removed": [], "made": [], "keys": were},
    )
