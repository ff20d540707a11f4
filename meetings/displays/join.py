"""The short code of a meeting: six letters that a hall types instead of an address.

Reckoned from the meeting's number, nothing is stored. It is no secret: it leads to the page that
everybody can open. Its letters look the same in the Ukrainian and in the Latin alphabet, so that
either keyboard will do.
"""

from __future__ import annotations

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
    number = (meeting_id * _FACTOR + _OFFSET) % _MANY
    letters = []
    for _place in range(_LENGTH):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)


def meeting_of(code: str) -> int | None:
    """The number of the meeting that has the code, however it is typed; None for no code."""
    letters = "".join(code.split()).replace("-", "").translate(_LATIN).upper()
    if len(letters) != _LENGTH or not set(letters) <= set(_LETTERS):
        return None
    number = 0
    for letter in reversed(letters):
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    found: int = (number - _OFFSET) * _BACK % _MANY
    return found
