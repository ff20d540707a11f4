"""Quotation marks within quotation marks, as Ukrainian spelling has them."""

from __future__ import annotations

from django.utils.translation import get_language

_INNER = str.maketrans("«»", "„“")


def nested(title: str) -> str:
    """A title that is put between «…»: its own «…» as „…“. In another language than Ukrainian, and
    where the marks do not pair, it stays as it was written."""
    if get_language() != "uk" or not _pairs(title):
        return title
    return title.translate(_INNER)


def _pairs(title: str) -> bool:
    depth = 0
    for sign in title:
        depth += (sign == "«") - (sign == "»")
        if depth < 0:
            return False
    return depth == 0
