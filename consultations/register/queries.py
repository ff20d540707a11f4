"""Queries of the register."""

from __future__ import annotations

import re

from consultations.querysets import RemarkQuerySet
from core.db.search import query

#: «№ 12», «12», «No. 12»: a number of the register as people type it.
_NUMBER = re.compile(r"(?:№|#|no\.?)?\s*(\d{1,9})", re.IGNORECASE)


def number_in(words: str) -> int | None:
    """The number of the register that was typed; None where it is something else."""
    found = _NUMBER.fullmatch(words.strip())
    return int(found[1]) if found else None


def search_remarks(remarks: RemarkQuerySet, words: str) -> RemarkQuerySet:
    """Those with the number that was typed, or with all these words in any of their forms."""
    number = number_in(words)
    if number is not None:
        return remarks.filter(number=number)
    return remarks.filter(comment__search=query(words))
