"""The code that a hall types instead of an address: six letters, at one place (/j/).

Two kinds look alike, since nobody should have to tell them apart. That of a meeting is reckoned
from its number and is no secret: it leads to the page that everybody can open. That of its hall is
another one every few seconds (meetings/hall/codes.py) and stands only on displays in the hall, in
place of the first: it proves that whoever types it sees one of them.

Its letters look the same in the Ukrainian and in the Latin alphabet, so that either keyboard will
do. Nothing is stored.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from meetings.hall import codes

#: Each as the display shows it, in Latin letters; none of them looks like a figure.
_LETTERS = "ABCEHKMPTX"
_LENGTH = 6
_MANY = len(_LETTERS) ** _LENGTH
#: Neighbouring numbers have codes that are not alike: the factor has no divisor in common with
#: ``_MANY``.
_FACTOR, _OFFSET = 618_033, 271_828
_BACK = pow(_FACTOR, -1, _MANY)
_LATIN = str.maketrans("АВСЕНКМРТХавсенкмртх", "ABCEHKMPTXABCEHKMPTX")


def code_of(meeting_id: int) -> str:
    """The code of a meeting; "" for one of a number beyond all codes."""
    if meeting_id >= _MANY:
        return ""
    return _letters((meeting_id * _FACTOR + _OFFSET) % _MANY)


def meeting_of(code: str) -> int | None:
    """The number of the meeting that has the code, however it is typed; None for no code."""
    letters = _clean_code(code)
    if not letters:
        return None
    number = 0
    for letter in reversed(letters):
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    found: int = (number - _OFFSET) * _BACK % _MANY
    return found


def hall_code_of(meeting_id: int, moment: datetime) -> str:
    """The code of the meeting's hall at ``moment``."""
    code = codes.code_at(meeting_id, moment)
    return _letters(int.from_bytes(code.encode()) % _MANY)


def hall_of(code: str, meeting_ids: Iterable[int], moment: datetime) -> tuple[int, str] | None:
    """The meeting of these on whose displays the code stands, or did in the step before, and the
    content of its square code (meetings.hall.codes); None for no such code.
    """
    letters = _clean_code(code).encode()
    before = moment - timedelta(seconds=settings.HALL_CODE_SECONDS)
    for meeting_id in meeting_ids:
        for at in (moment, before):
            if hmac.compare_digest(hall_code_of(meeting_id, at).encode(), letters):
                return meeting_id, codes.code_at(meeting_id, at)
    return None


def _letters(number: int) -> str:
    letters = []
    for _place in range(_LENGTH):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)


def _clean_code(code: str) -> str:
    """Its letters as displays show them, however they are typed; "" for no code."""
    letters = "".join(code.split()).replace("-", "").translate(_LATIN).upper()
    return letters if len(letters) == _LENGTH and set(letters) <= set(_LETTERS) else ""
