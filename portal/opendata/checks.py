"""Checks of what the administrator has set for the catalogue: codes of the city and the council."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from stdnum.ua import edrpou

#: A code of the codifier of administrative units and territories of communities (2020).
KATOTTG = re.compile(r"UA[0-9]{17}")


@register
def check_codes(app_configs: Any, **_options: Any) -> list[CheckMessage]:
    """CITY_KATOTTG and CITY_EDRPOU are empty or look like what they are."""
    return list(_faults())


def _faults() -> Iterator[CheckMessage]:
    place, council = settings.CITY["katottg"], settings.CITY["edrpou"]
    if place and not KATOTTG.fullmatch(place):
        yield Error(
            f"CITY_KATOTTG is no code of КАТОТТГ: {place!r}",
            hint="UA and 17 digits, for example UA12060170010065850.",
            id="opendata.E001",
        )
    if council and not edrpou.is_valid(council):
        yield Error(
            f"CITY_EDRPOU is no number of ЄДРПОУ: {council!r}",
            hint="Eight digits, the last of which checks the others.",
            id="opendata.E002",
        )
