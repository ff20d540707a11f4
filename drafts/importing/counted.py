"""Numbers whose form is known before their words are read: automatic ones, and those of clauses.

Typed lines are read by `markers.recognise`, which has to be careful: «I.» may begin a name, «(1)» a
remark. A list of Word or of a page says itself how it counts, a clause of a version what it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from drafts.importing.markers import (
    ALPHABET,
    LATIN,
    LISTS,
    Form,
    Marker,
    in_alphabet,
    is_lookalike,
    recognise,
    roman,
)

_PART = re.compile(r"[^\W_]+(?:[.–-][^\W_]+)*")
_OWN_FORMATS = ("Letter", "russian", "Roman")


def read_counted(printed: str, form: str, typed: Marker | None = None) -> Marker | None:
    """Return the number that a list prints in Word's number format `form`; None if it has none.

    `typed`: what the line would be without the file's word for it; it stands where the format
    does not say otherwise, so «Стаття %1.» is an article. The length is left at 0.
    """
    lettered = any(name in form for name in _OWN_FORMATS)
    is_same = typed is not None and typed.printed == printed and typed.form is not Form.BULLET
    if typed and is_same and (not lettered or printed[:1].isdigit() or _is_titled(typed, form)):
        return typed
    found = _PART.findall(printed)
    if not found:
        return None
    parts = re.split(r"[.–-]", found[-1])
    value = tuple(_value(part, form) for part in parts)
    number, closed = found[-1], printed.endswith(")")
    if not all(value):
        return None
    if len(found) > 1 and found[0].isalpha() and len(found[0]) > 1:
        titled = recognise(f"{found[0]} 1.")  # «Стаття А-1.» is an article as «Стаття 1.» is
        if titled and titled.form not in LISTS and titled.value == (1,):
            return Marker(titled.form, number, value, printed, 0)
        return Marker(Form.CLAUSE, number, value, printed, 0)
    if len(parts) > 1 or number.isdigit():
        return Marker(Form.PAREN if closed else Form.DOTTED, number, value, printed, 0)
    if "Roman" in form:
        return Marker(Form.ROMAN, number, value, printed, 0)
    if number.isupper() and not closed:
        return Marker(Form.CAPITAL, number, value, printed, 0)
    return Marker(Form.LETTER, number.lower(), value, printed, 0)


def _is_titled(typed: Marker, form: str) -> bool:
    """Whether it is a title: by its word, or «IV.» in a list of Roman numbers."""
    if typed.form in LISTS:
        return False
    return form == "upperRoman" or len(typed.printed.split()) > 1


def _value(part: str, form: str) -> int:
    """Place of a figure, a letter («bb» is the 28th) or a Roman number in its list; 0 if none."""
    if part.isdecimal():
        return int(part)
    if "Roman" in form:
        return roman(part.upper())
    letter = part[0].lower()
    if set(part.lower()) != {letter}:
        return 0
    alphabet = LATIN if letter.isascii() else ALPHABET
    return len(alphabet) * (len(part) - 1) + alphabet.find(letter) + 1


def read_kept(
    printed: str,
    kind: str,
    *,
    latin: bool | None = None,
    text: str = "",
    before: Marker | None = None,
) -> Marker | None:
    """Return the number of a clause of a version: what it is was decided when it was imported.

    Args:
        printed: as it is printed, empty for none.
        kind: a value of `drafts.models.Clause.Kind`.
        latin: whether a letter is a Latin one, None where it is not known.
        text: the words after it.
        before: the number before it under the same parent; it tells «i.» after «h.» from the first
            of Roman ones.
    """
    if not printed:
        return None
    known = recognise(f"{printed} {text[:80]}".replace("\n", " ")) or recognise(f"{printed} А")
    if kind not in ("clause", "subclause"):
        return known
    if known and known.form is Form.SECTION and known.printed[:1].isdigit():
        return replace(known, form=Form.DOTTED)  # a rule in capitals
    if known and known.form is Form.SECTION and is_section_of_article(known):
        return replace(known, form=Form.CLAUSE)
    if known and known.form is Form.LETTER and latin is not False:
        known = _kept_roman(known, before) or known
    if known and known.form is Form.LETTER and is_lookalike(known) and latin is not None:
        return in_alphabet(known, latin=latin)
    if known and known.form in LISTS:
        return known
    return read_counted(printed, _format(printed, before)) or known


def _kept_roman(letter: Marker, before: Marker | None) -> Marker | None:
    """The Roman number that a letter is: «i)» begins a list, «V)» goes on after «IV)»."""
    numeral = letter.printed.strip('"«„“”().')
    value = roman(numeral.upper()) if numeral.isascii() else 0
    goes_on = before is not None and before.form is Form.ROMAN and before.value == (value - 1,)
    if not value or not (goes_on or (before is None and value == 1)):
        return None
    return replace(letter, form=Form.ROMAN, number=numeral, value=(value,))


def is_section_of_article(marker: Marker) -> bool:
    """Whether it is «Section 1.», which English bylaws put under an article."""
    return marker.printed.lstrip('"«„“” ').lower().startswith("section")


def is_part(marker: Marker) -> bool:
    """Whether it is «Part I.», which ordinances put over sections."""
    printed = marker.printed.lstrip('"«„“” ').lower()
    return marker.form in (Form.SECTION, Form.CHAPTER) and printed.startswith(("part", "chapter"))


def _format(printed: str, before: Marker | None) -> str:
    """Word's name for the format of a number whose list is not known any more."""
    letters = "".join(c for c in printed if c.isalpha())
    is_roman = bool(roman(letters.upper())) and letters.isascii()
    lettered = before is not None and before.form in (Form.LETTER, Form.CAPITAL)
    first = letters.lower() == "i" or len(set(letters)) > 1 or len(letters) > 1
    goes_on = before is not None and before.form is Form.ROMAN
    return "lowerRoman" if is_roman and not lettered and (first or goes_on) else "lowerLetter"
