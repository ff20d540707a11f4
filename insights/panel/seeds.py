"""The one spelling in which a seed is drawn with, whatever it was typed or copied like.

Case, blanks and leading zeros would else give whoever enters it a few lots to choose from. The rule
is published with the list (RULE), before the seed is known.
"""

from __future__ import annotations

import re
import unicodedata

#: As the list says it, in the words of docs/insights.md.
RULE = (
    "seed is taken as: digits and a-f in lower case, without blanks, signs, 0x and leading zeros; "
    "several numbers of up to three digits: joined by - in their order"
)
_BETWEEN = re.compile(r"[\s,;:._\-–—|]+")
_NUMBER = re.compile(r"[0-9]{1,3}")
_HEXADECIMAL = re.compile(r"[0-9a-f]+")


def to_drawn(seed: str) -> str:
    """The seed as it is drawn with; applied twice it changes nothing more. "" for what is neither a
    number, decimal or hexadecimal, nor several."""
    text = unicodedata.normalize("NFKC", seed).strip().lower().removeprefix("0x")
    parts = [part for part in _BETWEEN.split(text) if part]
    if not all(_HEXADECIMAL.fullmatch(part) for part in parts):
        return ""
    if len(parts) > 1 and all(_NUMBER.fullmatch(part) for part in parts):
        return "-".join(part.lstrip("0") or "0" for part in parts)
    return "".join(parts).lstrip("0") or ("0" if parts else "")
