"""Rules of the words for pictures. Pure: the facts are passed in."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless

#: Names that cameras and programs give: no words for those who do not see the picture.
_FILE_NAME = re.compile(r"^\S*\.(jpe?g|png|webp|gif|heic)$|^(img|dsc|image|photo)[-_ ]?\d+$", re.I)

ALT_MISSING = _("Please say what is to be seen, for those who do not see it.")


def describe_well(alt: str) -> Verdict:
    """Words, and not the name of a file (WCAG 2.2, 1.1.1)."""
    alt = alt.strip()
    return refuse_unless(
        sum(letter.isalpha() for letter in alt) >= 2 and not _FILE_NAME.match(alt),
        "picture.alt_missing",
        ALT_MISSING,
    )
