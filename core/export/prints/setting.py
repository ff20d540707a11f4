"""Set a sheet or a picture with typst."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import segno
import typst
from django.conf import settings

from core.domain.council import council
from core.export.prints.compile import FONTS

#: All but what the type surely has: Latin, Greek, Cyrillic, punctuation, ₴, €, №, arrows.
_UNSURE = re.compile(
    "[^\n -~\u00a0-\u00ac\u00ae-\u017f\u0301\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f\u0490\u0491"
    "\u200b\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u20b4\u2116\u2190-\u2193□]"
)


def png(template: Path, language: str, **data: Any) -> bytes:
    """A template as a PNG, a pixel for each of its points."""
    return _compile_template(template, language, data, format="png", ppi=72.0)


def pdf(template: Path, language: str, **data: Any) -> bytes:
    """A template as a tagged PDF (PDF/UA-1)."""
    return _compile_template(template, language, data, format="pdf", pdf_standards=["ua-1"])


def _compile_template(template: Path, language: str, data: dict[str, Any], **how: Any) -> bytes:
    values = {
        **data,
        "language": language or settings.LANGUAGE_CODE,
        "council": council().localized(language).council,
        "brand": council().brand,
        "site": settings.SITE_URL.partition("://")[2],
    }
    try:
        return _set(template, values, how)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _set(template, legible(values), how)


def _set(template: Path, values: dict[str, Any], how: dict[str, Any]) -> bytes:
    # Its stubs forget that bytes may be a source, and what comes back then.
    made: bytes = cast(Any, typst.compile)(
        template.read_bytes(),
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        **how,
    )
    return made


def to_legible(text: str) -> str:
    """The text with a square for each sign that our type may lack: PDF/UA forbids a page to show a
    sign that it cannot name, and somebody's title may have a smiling face in it."""
    return _UNSURE.sub("□", text)


def legible(values: Any) -> Any:
    """The same with every text in it ``to_legible``."""
    if isinstance(values, str):
        return to_legible(values)
    if isinstance(values, dict):
        return {name: legible(value) for name, value in values.items()}
    if isinstance(values, list | tuple):
        return [legible(value) for value in values]
    return values


@lru_cache(maxsize=256)
def qr(url: str) -> str:
    """The address as SVG without a margin; a quarter of it may be smudged."""
    drawn = BytesIO()
    segno.make(url, error="q", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
