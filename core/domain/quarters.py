"""Names of quarters: «III квартал 2026»."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_NAMES = (
    *(gettext_noop("Q1 %(year)s"), gettext_noop("Q2 %(year)s")),
    *(gettext_noop("Q3 %(year)s"), gettext_noop("Q4 %(year)s")),
)


def name_quarter(year: int, number: int) -> str:
    """A quarter of a year (``number``: 1 to 4) as people of the active language read it."""
    return _(_NAMES[number - 1]) % {"year": year}
