"""The council's colours: what can be read on which ground, and the style sheets made of them.

A council chooses one colour. What is darker or lighter of it keeps its hue (city/council/oklch.py):
the colour of pointed-at links, that of dark pages, those of the screens of halls. Contrast is WCAG
2.2's: 4.5 : 1 for text (1.4.3). The grounds are those of css/tokens.css and css/display.css, on
which the colour is text, or under the words of a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from city.council import oklch
from core.domain.rules import ALLOWED, Verdict, refuse

LEAST = 4.5
#: On the screens of halls, read from 15 m.
LEAST_ON_DISPLAYS = 7.0
#: css/tokens.css: the defaults, and the grounds from the lightest to the darkest.
BRAND, BRAND_DEEP = "#8c2318", "#5f150d"
PAPER, GROUND, SAND = "#ffffff", "#faf7f2", "#f2ebe1"
#: The same of dark pages, from the darkest; and the words on a button there.
NIGHT_GROUND, NIGHT_PAPER, NIGHT_SAND = "#191513", "#231d1a", "#2d2622"
NIGHT_FILL_INK = "#1c1210"
#: css/display.css.
DARK_GROUND, DARK_SAND = "#17110f", "#2f2420"
HEX = re.compile(r"#[0-9a-f]{6}")

#: How light a colour is on dark pages, if it need not be lighter, and how much of its chroma is
#: left: full colours glare there.
_NIGHT_LIGHTNESS, _NIGHT_CHROMA = 0.76, 0.85
_STEP = 0.01


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` (0 to 1) of ``other``."""
    pairs = zip(_bytes(colour), _bytes(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def tint(colour: str) -> str:
    """The quiet ground of the same colour."""
    return mix(GROUND, colour, 0.09)


def night_tint(colour: str) -> str:
    """The same on dark pages, of a colour that is light enough for them."""
    return mix(NIGHT_GROUND, colour, 0.16)


def judge(colour: str) -> Verdict:
    """Whether text of this colour can be read on every light ground, and white text on it.

    Its dark variant always can (``for_dark``), unless it is entered by hand (``judge_dark``).
    """
    worst = _worst(colour, _grounds(colour))
    if worst >= LEAST:
        return ALLOWED
    return refuse(
        "city.contrast_too_low",
        _(
            "%(colour)s is too light: its contrast is %(ratio)s : 1, and text needs 4.5 : 1. "
            "%(better)s would do."
        )
        % {"colour": colour, "ratio": number_format(worst, 1), "better": darken_colour(colour)},
        better=darken_colour(colour),
    )


def judge_dark(colour: str) -> Verdict:
    """Whether text of this colour can be read on dark pages, and dark words on it."""
    worst = _worst(colour, _night_grounds(colour))
    if worst >= LEAST:
        return ALLOWED
    return refuse(
        "city.dark_contrast_too_low",
        _(
            "%(colour)s is too dark for dark pages: its contrast is %(ratio)s : 1, and text needs "
            "4.5 : 1. %(better)s would do."
        )
        % {"colour": colour, "ratio": number_format(worst, 1), "better": readable_dark(colour)},
        better=readable_dark(colour),
    )


def readable_dark(colour: str) -> str:
    """The nearest lighter colour of its hue that can be read on dark pages; itself, if it can."""
    shades = _shades(colour, oklch.from_hex(colour).lightness, _STEP)
    return next(each for each in shades if _worst(each, _night_grounds(each)) >= LEAST)


def worst_contrast(colour: str, *, is_dark: bool) -> float:
    """Its contrast where that is the least: on the grounds of light pages, or of dark ones."""
    return _worst(colour, _night_grounds(colour) if is_dark else _grounds(colour))


def darken_colour(colour: str, least: float = LEAST) -> str:
    """The nearest darker colour of its hue that can be read; itself, if it can."""
    shades = _shades(colour, oklch.from_hex(colour).lightness, -_STEP)
    return next(shade for shade in shades if _worst(shade, _grounds(shade)) >= least)


def deeper(colour: str) -> str:
    """The hover colour: darker by a quarter, of the same hue."""
    known = oklch.from_hex(colour)
    darker = {"lightness": 0.76 * known.lightness, "chroma": 0.8 * known.chroma}
    return oklch.to_hex(known._replace(**darker))


def for_dark(colour: str) -> str:
    """The colour of dark pages: its hue, light enough to be read, and under dark words."""
    known = oklch.from_hex(colour)
    quiet = oklch.to_hex(known._replace(chroma=_NIGHT_CHROMA * known.chroma))
    shades = _shades(quiet, _NIGHT_LIGHTNESS, _STEP)
    return next(each for each in shades if _worst(each, _night_grounds(each)) >= LEAST)


def deeper_dark(colour: str) -> str:
    """``deeper`` of a colour of dark pages, where it is lighter."""
    known = oklch.from_hex(colour)
    return oklch.to_hex(known._replace(lightness=min(1.0, known.lightness + 0.1)))


def lighten_colour(colour: str) -> str:
    """The nearest lighter colour of its hue that can be read on a hall's dark screen."""
    return next(
        shade
        for shade in _shades(colour, oklch.from_hex(colour).lightness, _STEP)
        if _worst(shade, (DARK_GROUND, DARK_SAND, _display_tint(shade))) >= LEAST_ON_DISPLAYS
    )


@lru_cache(maxsize=16)
def stylesheet(brand: str, deep: str, dark: str = "") -> str:
    """The custom properties of css/tokens.css that are the council's, of light and dark pages.

    ``dark``: the colour of dark pages; "": made of ``brand``.
    """
    light = _properties(brand, deep, tint(brand))
    dark = dark or for_dark(brand)
    night = _properties(dark, deeper_dark(dark), night_tint(dark))
    return (
        f":root{{{light}}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        f'{{:root:not([data-theme="light"]){{{night}}}}}\n'
        f'@media screen{{:root[data-theme="dark"]{{{night}}}}}\n'
    )


@lru_cache(maxsize=16)
def display_stylesheet(brand: str) -> str:
    """The same for the screens of halls, dark and light (css/display.css)."""
    light = lighten_colour(brand)
    known = oklch.from_hex(light)
    deep = oklch.to_hex(known._replace(lightness=min(1.0, known.lightness + 0.1)))
    dark = darken_colour(brand, LEAST_ON_DISPLAYS)
    return (
        f":root:root{{{_properties(light, deep, _display_tint(light))}}}\n"
        ":root:has(.display-theme--light)"
        f"{{{_properties(dark, deeper(dark), tint(dark))}}}\n"
    )


def version(brand: str, deep: str, dark: str = "") -> str:
    """The digest of both style sheets, a part of their addresses: kept for good, they change when
    the colours change, and when a later version of this file makes other sheets of them."""
    sheets = stylesheet(brand, deep, dark) + display_stylesheet(brand)
    return blake2b(sheets.encode(), digest_size=8).hexdigest()


def _properties(colour: str, deep: str, quiet: str) -> str:
    return f"--ore:{colour};--ore-deep:{deep};--ore-tint:{quiet}"


def _display_tint(colour: str) -> str:
    return mix(DARK_GROUND, colour, 0.15)


def _grounds(colour: str) -> tuple[str, ...]:
    return (PAPER, GROUND, SAND, tint(colour))


def _night_grounds(colour: str) -> tuple[str, ...]:
    return (NIGHT_GROUND, NIGHT_PAPER, NIGHT_SAND, NIGHT_FILL_INK, night_tint(colour))


def _worst(colour: str, grounds: Iterable[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _shades(colour: str, lightness: float, step: float) -> Iterator[str]:
    """The colour's hue from a ``lightness`` on, as far as white or black."""
    known = oklch.from_hex(colour)
    if lightness == known.lightness:
        yield colour
    while 0 <= lightness <= 1:
        yield oklch.to_hex(known._replace(lightness=lightness))
        lightness += step
    yield "#ffffff" if step > 0 else "#000000"


def _bytes(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = oklch.linear_of(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
