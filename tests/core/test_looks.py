"""The looks: one typeface, colours to be read in light and dark, what a page may weigh."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from city.council import colours
from cli import install
from core.web.static import shorten_css, shorten_js


def css(name: str) -> str:
    return Path(finders.find(name)).read_text(encoding="utf-8")


def test_gov_uks_typeface_is_not_declared():
    assert "@font-face" not in css("govuk/govuk-frontend.min.css")  # bin/cli/install.py


def test_no_page_has_a_component_whose_styles_were_taken_out():
    used = re.compile(rf"govuk-(?:{install.UNUSED})(?![a-z])")
    assert not used.search(css("govuk/govuk-frontend.min.css"))
    base = Path(settings.BASE_DIR)
    sources = [*base.glob("templates/**/*.*"), *base.glob("static/js/*.js")]
    sources += [file for app in base.glob("*/apps.py") for file in app.parent.glob("**/*.py")]
    for source in sources:
        assert not used.search(source.read_text(encoding="utf-8")), source


def test_nothing_asks_for_gov_uks_typeface():
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css("govuk/govuk-frontend.min.css"))
    asking = [one for one, body in rules if "GDS Transport" in body]
    assert asking
    covered = re.compile(r"\.govuk-[\w-]+(:{1,2}[\w-]+)?$|\.govuk-error-summary__list a$")
    for selectors in asking:
        for selector in selectors.split(","):
            assert covered.search(selector.strip()), selector
    ours = css("css/tokens.css").split(".govuk-error-summary__list a {")
    assert ours[0].rstrip().endswith('[class*="govuk-"],')
    assert ours[1].strip().startswith("font-family: var(--font) !important;")


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


#: Blocks of css/tokens.css: light, dark by the device, dark by the switch.
LIGHT, DARK, SWITCHED = 0, 1, 2
TINTED = [(name, f"{name}-tint") for name in ("ore", "good", "warn", "bad", "calm")]
GROUNDS = [
    (text, ground)
    for text in ("ink", "ink-soft", "ore", "ore-deep", "good", "warn", "bad", "calm")
    for ground in ("ground", "paper", "sand")
]
#: Words on buttons and marks; ordinary words on the quiet grounds.
FILLED = [("fill-ink", ground) for ground in ("ore", "ore-deep", "good", "bad", "calm")]
QUIET = [
    (text, f"{ground}-tint")
    for text in ("ink", "ink-soft", "ore")
    for ground in ("ore", "good", "warn", "bad", "calm")
]


def tokens_of(sheet: str, part: int = 0) -> dict[str, str]:
    """The colours of a sheet's first, or other, block of custom properties."""
    blocks = re.findall(r":root[^{]*\{([^}]*)\}", css(sheet))
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[part]))


@pytest.mark.parametrize(
    ("sheet", "part", "least"),
    [
        ("css/tokens.css", LIGHT, 4.5),
        ("css/tokens.css", DARK, 4.5),
        # Read from 15 m: dark, and light.
        ("css/display.css", 0, 7),
        ("css/display.css", 1, 7),
    ],
)
def test_colours_can_be_read(sheet, part, least):
    tokens = tokens_of("css/tokens.css") | tokens_of(sheet, part)
    for text, ground in TINTED + GROUNDS:
        assert contrast(tokens[text], tokens[ground]) >= least, (text, ground)
    for text, ground in [*FILLED, ("focus-ink", "focus")]:
        assert contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)
    for ground in ("ground", "paper", "sand"):
        assert contrast(tokens["line-strong"], tokens[ground]) >= 3


def test_words_can_be_read_on_quiet_grounds_too():
    for part in (LIGHT, DARK):
        tokens = tokens_of("css/tokens.css") | tokens_of("css/tokens.css", part)
        for text, ground in QUIET:
            assert contrast(tokens[text], tokens[ground]) >= 4.5, (part, text, ground)
        for ground in ("ground", "paper", "sand"):
            assert contrast(tokens["visited"], tokens[ground]) >= 4.5, (part, ground)


def test_dark_is_the_same_by_the_device_and_by_the_switch():
    dark = tokens_of("css/tokens.css", DARK)
    assert dark == tokens_of("css/tokens.css", SWITCHED)
    assert set(tokens_of("css/tokens.css")) - set(dark) == {"focus", "focus-ink"}


def test_councils_colours_are_judged_on_the_grounds_of_pages():
    light, dark = tokens_of("css/tokens.css", LIGHT), tokens_of("css/tokens.css", DARK)
    assert light["ground"] == colours.GROUND
    assert light["sand"] == colours.SAND
    assert dark["ground"] == colours.NIGHT_GROUND
    assert dark["paper"] == colours.NIGHT_PAPER
    assert dark["sand"] == colours.NIGHT_SAND
    assert dark["fill-ink"] == colours.NIGHT_FILL_INK
    assert (light["ore"], light["ore-deep"]) == (colours.BRAND, colours.BRAND_DEEP)
    assert dark["ore"] == colours.for_dark(colours.BRAND)
    assert dark["ore-deep"] == colours.deeper_dark(colours.for_dark(colours.BRAND))
    assert dark["ore-tint"] == colours.night_tint(dark["ore"])
    page = Path(settings.BASE_DIR, "templates/base.html").read_text(encoding="utf-8")
    assert f'content="{colours.NIGHT_PAPER}" media="(prefers-color-scheme: dark)"' in page


def test_colours_are_named_in_tokens_alone():
    """A colour that stands elsewhere stays as it is in the dark. Paper and halls are apart."""
    for sheet in Path(settings.BASE_DIR, "static/css").glob("*.css"):
        if sheet.name not in ("tokens.css", "display.css", "print.css"):
            fixed = re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(", sheet.read_text(encoding="utf-8"))
            assert not fixed, sheet.name


def test_the_typeface_is_small():
    fonts = list(Path(settings.BASE_DIR, "static/fonts").glob("*.woff2"))
    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) <= 30_000
    assert "SIL OPEN FONT LICENSE" in Path(finders.find("fonts/OFL.txt")).read_text(
        encoding="utf-8"
    )


def packed(*names: str) -> int:
    """Bytes on the wire: sheets and scripts of ours are sent short (core/web/static.py)."""
    shorten = {"css": shorten_css, "js": shorten_js}
    sent = (shorten.get(name.partition("/")[0], str)(css(name)) for name in names)
    return sum(len(gzip.compress(each.encode(), 6)) for each in sent)


def test_a_page_stays_within_its_budget():
    frame_css = ["govuk/govuk-frontend.min.css"]
    frame_css += [
        f"css/{n}.css" for n in ("tokens", "frame", "layout", "components", "forms", "print")
    ]
    of_a_draft = [f"css/{n}.css" for n in ("timeline", "text", "long-draft", "remarks")]
    assert packed(*frame_css, *of_a_draft) <= 30_000
    scripts = ["htmx/htmx.min.js", "govuk/govuk-frontend.min.js"]
    scripts += [f"js/{n}.js" for n in ("app", "draft-keeper", "select-words")]
    assert packed(*scripts) <= 34_000, "what the live page's own script needs is left free"
