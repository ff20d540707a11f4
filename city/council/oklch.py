"""Colours in OKLCH: lightness, chroma and hue as people see them, and back to sRGB.

The matrices are those of Björn Ottosson, "A perceptual color space for image processing" (2020),
which CSS Color 4 (section 9.2) uses too. Changing the lightness alone keeps the hue: mixing with
white or black in sRGB makes red pink and blue violet.
"""

from __future__ import annotations

from math import atan2, cos, hypot, sin
from typing import NamedTuple

type Triple = tuple[float, float, float]

#: Steps of halving with which a chroma that sRGB can show is found: 2**-12 of it.
_HALVINGS = 12
#: How far a channel may lie outside 0 to 1 and still be shown: less than half of 1/255.
_SLACK = 0.0015


class Oklch(NamedTuple):
    """``lightness`` 0 to 1, ``chroma`` 0 to about 0.33, ``hue`` in radians."""

    lightness: float
    chroma: float
    hue: float


def from_hex(colour: str) -> Oklch:
    """Read ``#rrggbb``."""
    red, green, blue = linear_of(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Oklch(lightness, hypot(a, b), atan2(b, a))


def to_hex(colour: Oklch) -> str:
    """As ``#rrggbb``; with as much of its chroma as sRGB has at this lightness and hue."""
    lightness = min(max(colour.lightness, 0.0), 1.0)
    least, most = 0.0, colour.chroma
    shown = _linear(Oklch(lightness, most, colour.hue))
    if not _is_shown(shown):
        for _each in range(_HALVINGS):
            middle = (least + most) / 2
            if _is_shown(_linear(Oklch(lightness, middle, colour.hue))):
                least = middle
            else:
                most = middle
        shown = _linear(Oklch(lightness, least, colour.hue))
    return "#" + "".join(f"{_byte(channel):02x}" for channel in shown)


def linear_of(colour: str) -> Triple:
    """Red, green and blue of ``#rrggbb``, 0 to 1, proportional to light (WCAG 2.2's)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _lit(red), _lit(green), _lit(blue)


def _lit(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _linear(colour: Oklch) -> Triple:
    a, b = colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _is_shown(linear: Triple) -> bool:
    return all(-_SLACK <= channel <= 1 + _SLACK for channel in linear)


def _byte(channel: float) -> int:
    channel = min(max(channel, 0.0), 1.0)
    coded = 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
    return round(255 * coded)
