"""Prints and pictures are set in the typeface of pages."""

from __future__ import annotations

from pathlib import Path

import typst
from django.conf import settings

from core.export.prints.compile import FONTS


def test_typst_finds_both_weights_with_their_licence():
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS]).fonts()
    assert {font.weight for font in fonts if font.family == "Arsenal"} == {400, 700}
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_every_print_but_the_official_letter_is_set_in_it():
    templates = [
        template
        for app in Path(settings.BASE_DIR).iterdir()
        if (app / "apps.py").exists()
        for template in app.rglob("*.typ")
    ]
    others = [
        path.name
        for path in templates
        if '#set text(font: ("Arsenal"' not in path.read_text(encoding="utf-8")
    ]
    assert len(templates) >= 7
    assert others == ["official_letter.typ"]
