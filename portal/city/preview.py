"""Preview of a council's colours, before they are saved: samples of light and dark pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from city.council import colours

#: css/tokens.css: words, quiet words, lines and the calm ground, light and dark.
_LIGHT_INKS = ("#1c1917", "#574f48", "#d9cfc2", "#24506e", "#e3edf4", "#ffffff")
_DARK_INKS = ("#f4ede5", "#c9beb3", "#4a3f38", "#a3cdea", "#1b3344", colours.NIGHT_FILL_INK)


@dataclass(frozen=True, slots=True)
class Sample:
    """The council's colour on pages of one kind, with what stands around it there."""

    label: Promise
    colour: str
    deep: str
    tint: str
    ground: str
    paper: str
    ink: str
    soft: str
    line: str
    calm: str
    calm_tint: str
    #: Of words on a button.
    fill_ink: str
    #: The least contrast it has on these pages.
    contrast: float


def samples(brand: str, brand_dark: str) -> list[Sample]:
    """Light and dark pages with these colours; ``brand_dark``: "" is made of ``brand``."""
    night = brand_dark or colours.for_dark(brand)
    return [
        Sample(
            _("Light pages"),
            *(brand, colours.deeper(brand), colours.tint(brand)),
            *(colours.GROUND, colours.PAPER, *_LIGHT_INKS),
            colours.worst_contrast(brand, is_dark=False),
        ),
        Sample(
            _("Dark pages"),
            *(night, colours.deeper_dark(night), colours.night_tint(night)),
            *(colours.NIGHT_GROUND, colours.NIGHT_PAPER, *_DARK_INKS),
            colours.worst_contrast(night, is_dark=True),
        ),
    ]
