"""QR codes as inline SVG, drawn by segno."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def draw_qr_code(text: str, *, title: str, mask: int | None = 0) -> SafeString:
    """The text as a QR code: inline SVG (class "qr"), dark on a light ground with its margin.

    ``mask``: one fixed pattern; None takes the best of eight, which costs four times as much and
    is for what is drawn once and printed. Raises ValueError where the text is too long for a code.
    """
    code = segno.make_qr(text, error="m", mask=mask)
    return mark_safe(
        code.svg_inline(
            border=4,
            omitsize=True,
            light="#fff",
            dark="#000",
            svgclass="qr",
            lineclass=None,
            title=title,
        )
    )
