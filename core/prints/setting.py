"""Setting a sheet or a picture with typst."""

from __future__ import annotations

import json
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import segno
import typst
from django.conf import settings


def png(template: Path, language: str, **data: Any) -> bytes:
    """A template as a PNG, a pixel for each of its points."""
    return _compiled(template, language, data, format="png", ppi=72.0)


def pdf(template: Path, language: str, **data: Any) -> bytes:
    """A template as a tagged PDF (PDF/UA-1)."""
    return _compiled(template, language, data, format="pdf", pdf_standards=["ua-1"])


def _compiled(template: Path, language: str, data: dict[str, Any], **how: Any) -> bytes:
    city = settings.CITY
    values = {
        **data,
        "language": language or settings.LANGUAGE_CODE,
        "council": city["council"],
        "site": settings.SITE_URL.partition("://")[2],
    }
    # Its stubs forget that bytes may be a source, and what comes back then.
    made: bytes = cast(Any, typst.compile)(
        template.read_bytes(),
        root=template.parent,
        font_paths=[],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        **how,
    )
    return made


@lru_cache(maxsize=256)
def qr(url: str) -> str:
    """The address as SVG without a margin; a quarter of it may be smudged."""
    drawn = BytesIO()
    segno.make(url, error="q", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
