"""Names as people write them: what a name may hold, and how it is kept."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.web.invisible_characters import hides_something

_APOSTROPHES = str.maketrans(dict.fromkeys("'ʼ‘`´′＇", "’"))
_MARKS = frozenset("’- .")


def clean_name(text: str) -> str:
    """The name with single spaces and Ukrainian apostrophes; ValidationError if it is none.

    Letters of any script with their marks, apostrophes, hyphens, dots and spaces. Whatever could
    turn a line around, hide in it or look like an address is refused.
    """
    name = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).strip()).translate(_APOSTROPHES)
    plain = all(c in _MARKS or unicodedata.category(c)[0] in "LM" for c in name)
    if hides_something(name) or not plain or not any(c.isalpha() for c in name):
        raise ValidationError(
            _("A name has letters, apostrophes, hyphens and spaces."), code="not_a_name"
        )
    return name
