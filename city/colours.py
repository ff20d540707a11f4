"""The council's colours: what can be read on which ground, and the style sheets made of them.

Contrast is WCAG 2.2's: 4.5 : 1 for text (1.4.3). The grounds are those of css/tokens.css and
css/display.css, on which the brand's colour is text, or under white text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse

LEAST = 4.5
#: On the screens of halls, read from 15 m.
LEAST_ON_DISPLAYS = 7.0
#: css/tokens.css: the defaults, and the grounds from the lightest to the darkest.
BRAND, BRAND_DEEP = "#8c2318", "#5f150d"
PAPER, GROUND, SAND = "#ffffff", "#faf7f2", "#f2ebe1"
#: css/display.css.
DARK_GROUND, DARK_SAND = "#17110f", "#2f2420"
HEX = re.compile(r"#[0-9a-f]{6}")

type Rgb = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` (0 to 1) of ``other``."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def tint(colour: str) -> str:
    """The quiet ground of the same colour."""
    return mix(GROUND, colour, 0.09)


def judge(colour: str) -> Verdict:
    """Whether text of this colour can be read on every light ground, and white text on it."""
    worst = min(contrast(colour, ground) for ground in _grounds(colour))
    if worst >= LEAST:
        return ALLOWED
    return refuse(
        "city.contrast_too_low",
        _(
            "%(colour)s is too light: its contrast is %(ratio)s : 1, and text needs 4.5 : 1. "
            "%(better)s would do."
        )
        % {"colour": colour, "ratio": number_format(worst, 1), "better": darkened(colour)},
        better=darkened(colour),
    )


def darkened(colour: str, least: float = LEAST) -> str:
    """The nearest darker colour that can be read."""
    shades = (mix(colour, "#000000", step / 50) for step in range(51))
    return next(
        shade
        for shade in shades
        if min(contrast(shade, ground) for ground in _grounds(shade)) >= least
    )


def lightened(colour: str) -> str:
    """The nearest lighter colour that can be read on a hall's dark screen."""
    shades = (mix(colour, "#ffffff", step / 50) for step in range(51))
    return next(
        shade
        for shade in shades
        if min(contrast(shade, DARK_GROUND), contrast(shade, DARK_SAND)) >= LEAST_ON_DISPLAYS
    )


def stylesheet(brand: str, deep: str) -> str:
    """The custom properties of css/tokens.css that are the council's."""
    return f":root{{--ore:{brand};--ore-deep:{deep};--ore-tint:{tint(brand)}}}\n"


def display_stylesheet(brand: str) -> str:
    """The same for the screens of halls, dark and light (css/display.css)."""
    light = lightened(brand)
    deep, quiet = mix(light, "#ffffff", 0.4), mix(DARK_GROUND, light, 0.15)
    dark = darkened(brand, LEAST_ON_DISPLAYS)
    return (
        f":root{{--ore:{light};--ore-deep:{deep};--ore-tint:{quiet}}}\n"
        f":root:has(.display-theme--light){{--ore:{dark};--ore-deep:{mix(dark, '#000000', 0.3)};"
        f"--ore-tint:{tint(dark)}}}\n"
    )


def _grounds(colour: str) -> Iterator[str]:
    yield from (PAPER, GROUND, SAND, tint(colour))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    channels = (each / 255 for each in _rgb(colour))
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
