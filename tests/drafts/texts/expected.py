"""Assertion about a score, and how many numbers each text may miss or label wrongly."""

from __future__ import annotations

from collections.abc import Mapping

from .declared import Text
from .scorer import Score, score
from .table import print_table

#: A text's title -> numbers that may be missing, labels that may be wrong. Others: none.
Allowed = Mapping[str, tuple[int, int]]


def check(text: Text, allowed: Allowed) -> Score:
    """Assert that no word is lost or made up, no fault silent, no more wrong than allowed."""
    result = score(text)
    missing, wrong = allowed.get(text.title, (0, 0))
    table = print_table([result], with_faults=True)
    assert not result.refused, result.refused
    assert result.lost.total() == 0, table
    assert result.added.total() == 0, table
    assert result.silent == 0, table
    assert len(text.parts) - result.found <= missing, table
    assert result.wrong <= wrong, table
    return result
