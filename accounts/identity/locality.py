"""Whether the settlement that a provider tells of a person is one of this community.

What it told is compared and forgotten: the answer alone goes on.
"""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings

from core.domain.council import council

#: What may stand before a settlement's name: «м. », «місто », «с-ще » …
_KIND = re.compile(r"^(?:місто|селище|село|смт|с-ще|м|с)(?:\.\s*|\s+)")
_REGION = re.compile(r"\s+обл(?:\.|асть)$")
_APOSTROPHES = str.maketrans("'ʼ‘`", "’’’’")
#: Longer is no settlement's name.
_LONGEST = 200


def settlements() -> list[str]:
    """The community's settlements: CITY_LOCALITIES, CITY_NAME, or the council's own city."""
    named: list[str] | None = settings.CITY["localities"]
    return [council().name] if named is None else named


def is_asked() -> bool:
    """Whether a provider's word on where people live counts in this installation."""
    return bool(settlements())


def is_ours(locality: object, state: object = "") -> bool:
    """Whether ``locality`` is one of ``settlements``.

    Case, the kind before the name and the sort of the apostrophe do not matter. With a region in
    ``settings.CITY["state"]`` the told one must be it: many settlements share a name. Whatever is
    not a text is nowhere.
    """
    named = _plain(locality)
    ours = {_plain(each) for each in settlements()}
    region = _plain_region(settings.CITY["state"])
    return bool(named) and named in ours and region in ("", _plain_region(state))


def _plain(name: object) -> str:
    if not isinstance(name, str) or len(name) > _LONGEST:
        return ""
    words = unicodedata.normalize("NFC", name).translate(_APOSTROPHES).casefold().split()
    return _KIND.sub("", " ".join(words))


def _plain_region(name: object) -> str:
    return _REGION.sub("", _plain(name))
