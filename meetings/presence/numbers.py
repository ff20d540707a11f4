"""Numbers of members as the secretary types them: «5 12=, 7x». Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.domain.rules import Refused, refuse
from meetings.models import Vote
from meetings.presence.grid import Cell

_Choice = Vote.Choice
#: What takes a vote back.
TAKEN_BACK = "taken_back"
#: The sign behind a number -> the vote; a number alone is against: the others are for.
SIGNS: Mapping[str, str] = {
    "": _Choice.AGAINST,
    "-": _Choice.AGAINST,
    "–": _Choice.AGAINST,
    "=": _Choice.ABSTAINED,
    ".": _Choice.NOT_VOTING,
    "+": _Choice.FOR,
    "x": TAKEN_BACK,
    "х": TAKEN_BACK,  # the Ukrainian letter
}
_ONE = re.compile(r"(\d{1,3})(?!\d)\s?([-–=.+xх]?)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;№]*")
NOT_NUMBERS = refuse(
    "numbers.unclear", gettext_lazy("Please type numbers of members, with blanks between them.")
)


def read_numbers(words: str) -> dict[int, str]:
    """Numbers with their signs, in their order. Refuses with ``numbers.unclear``."""
    found: dict[int, str] = {}
    at = _skip(words, 0)
    while at < len(words):
        one = _ONE.match(words, at)
        if one is None:
            raise Refused(NOT_NUMBERS)
        found[int(one[1])] = one[2].lower()
        at = _skip(words, one.end())
    if not found:
        raise Refused(NOT_NUMBERS)
    return found


def _skip(words: str, at: int) -> int:
    between = _BETWEEN.match(words, at)
    return between.end() if between else at


def refuse_unknown(numbers: Mapping[int, str], known: Mapping[int, object]) -> None:
    """Refuse numbers that nobody has, ``numbers.unknown``: nothing is entered then."""
    missing = [str(number) for number in numbers if number not in known]
    if missing:
        said = _("No member here has this number: %(numbers)s. Nothing was entered.")
        raise Refused(refuse("numbers.unknown", said % {"numbers": ", ".join(missing)}))


def refuse_absent(cells: Iterable[Cell]) -> None:
    """Refuse votes of members who are not in the hall and have none, ``numbers.absent``: nothing is
    entered then."""
    absent = [str(cell.number) for cell in cells if not cell.is_here and not cell.choice]
    if absent:
        said = _("Not in the hall: %(numbers)s. Nothing was entered.")
        raise Refused(refuse("numbers.absent", said % {"numbers": ", ".join(absent)}))


def refuse_locked(cells: Iterable[Cell]) -> None:
    """Refuse votes in place of members' own, and of those who have a conflict of interest,
    ``numbers.locked``: nothing is entered then."""
    locked = [str(cell.number) for cell in cells if cell.is_own or cell.has_conflict]
    if locked:
        said = _(
            "They have voted themselves, or take no part in this item: %(numbers)s. Nothing was "
            "entered."
        )
        raise Refused(refuse("numbers.locked", said % {"numbers": ", ".join(locked)}))
