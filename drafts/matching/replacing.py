"""Keys of a file that replaces a preview: through the preview, then from the version before.

A clause that is new in a preview has a key of its own, which dispositions may name already; a file
made of that preview (a lawyer's, with tracked changes) must not lose it.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from drafts.matching.versions import Keyed, Known, match


def match_through(
    before: Sequence[Keyed], preview: Sequence[Keyed], after: Sequence[Known]
) -> list[UUID | None]:
    """Return for each of ``after`` the key of the clause it continues, or None.

    ``preview`` are the clauses of the preview that is replaced, ``before`` those of the version
    before it.
    """
    if not preview:
        return match(before, after)
    keys = match(preview, after)
    taken = set(keys)
    rest = [at for at, key in enumerate(keys) if key is None]
    free = [clause for clause in before if clause.key not in taken]
    for at, key in zip(rest, match(free, [after[at] for at in rest]), strict=True):
        keys[at] = key
    return keys
