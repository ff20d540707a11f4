"""The list of contents that a file begins with: typed, or made by Word's TOC field.

Its lines say the titles of later clauses and a page number, so that they stand twice in the tree.
Pure: it is given the clauses of a version in document order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafts.models import Clause

_PAGE = re.compile(r"[\s.…·_]+(\d{1,4})$")
_TITLE = re.compile(r"зміст|contents|table of contents")
_FEWEST = 3  # lines that are taken for a list of contents


def find_contents(clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that are the list of contents, with its title; none where there is none.

    A line belongs to it when it ends in a page number not less than the one before, and the rest
    of at least three of the lines are the words of later clauses.
    """
    last_place = {_fold(clause.printed): at for at, clause in enumerate(clauses)}
    run: list[int] = []
    known = page = 0
    for at, clause in enumerate(clauses):
        printed = _fold(clause.printed)
        found = _PAGE.search(printed) if clause.kind != Clause.Kind.TABLE else None
        if found and int(found[1]) >= page:
            run.append(at)
            page = int(found[1])
            known += last_place.get(_fold(printed[: found.start()]), -1) > at
            continue
        if known >= _FEWEST:
            break
        run, known, page = [], 0, 0
    if known < _FEWEST:
        return []
    before = run[0] - 1
    if before >= 0 and _TITLE.fullmatch(_fold(clauses[before].printed)):
        run.insert(0, before)
    return [clauses[at] for at in run]


def _fold(printed: str) -> str:
    """Words to be compared: without differences of case, white space and a last dot."""
    return " ".join(printed.casefold().split()).rstrip(" .…")
