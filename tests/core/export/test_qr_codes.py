"""QR codes drawn for each of a crowd."""

from __future__ import annotations

import pytest

from core.export.qr_codes import draw_qr_code


def test_its_title_is_escaped():
    assert "<title>&lt;b&gt;</title>" in draw_qr_code("https://viche.example/", title="<b>")


def test_a_text_too_long_for_a_code_is_refused():
    with pytest.raises(ValueError):
        draw_qr_code("x" * 3000, title="")
