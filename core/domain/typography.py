"""Numbers, quarters and quotation marks as people of the active language write them.

One rule for templates (the filter ``thousands``) and for sentences made in Python: a figure that
can reach a thousand goes in as ``%(most)s`` with ``group_thousands(most)``, never as ``%(most)d``.
Numbers that name something (a year, a code, an id) are no figures and stay as they are.
"""

from __future__ import annotations

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

SPACE = "\u00a0"


def group_thousands(figure: int) -> str:
    """«1 200 000», «−4 500», as the active language writes them."""
    written = f"{figure:,}"
    return written if get_language() == "en" else written.replace(",", SPACE)


def bind_numbers(words: str) -> str:
    """The words with each «№» bound to its number, so that no line ends between them."""
    return words.replace("№ ", f"№{SPACE}")


_NAMES = (
    *(gettext_noop("Q1 %(year)s"), gettext_noop("Q2 %(year)s")),
    *(gettext_noop("Q3 %(year)s"), gettext_noop("Q4 %(year)s")),
)


def name_quarter(year: int, number: int) -> str:
    """A quarter of a year (``number``: 1 to 4) as people of the active language read it."""
    return _(_NAMES[number - 1]) % {"year": year}


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
