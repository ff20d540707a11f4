"""A code that is drawn fast is the code that segno draws."""

from __future__ import annotations

import re

import pytest
import segno

from core.export.qr_codes import draw_qr_code


def modules_of(svg: str) -> list[list[int]]:
    """The dark modules of a drawn code, by its path."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    found = [[0] * (side - 8) for _row in range(side - 8)]
    x = y = 0
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)[1]
    for move, given in re.findall(r"([Mmh])([\d. ]+)", path):
        numbers = [float(each) for each in given.split()]
        if move == "M":
            x, y = int(numbers[0]), int(numbers[1])
        elif move == "m":
            x += int(numbers[0])
        else:
            for each in range(x, x + int(numbers[0])):
                found[y - 4][each - 4] = 1
            x += int(numbers[0])
    return found


@pytest.mark.parametrize("length", [1, 14, 15, 42, 84, 85, 106, 107, 180, 181, 400])
def test_it_is_segno_s(length):
    text = "".join(chr(33 + (7 * place + length) % 90) for place in range(length))
    drawn = segno.make_qr(text, error="m", mask=0, mode="byte", boost_error=False)
    assert modules_of(draw_qr_code(text, title="")) == [list(row) for row in drawn.matrix]


def test_its_title_is_escaped_and_its_text_is_ascii():
    assert "<title>&lt;b&gt;</title>" in draw_qr_code("https://viche.example/", title="<b>")
    with pytest.raises(UnicodeEncodeError):
        draw_qr_code("https://віче.example/", title="")
    with pytest.raises(ValueError, match="3000"):
        draw_qr_code("a" * 3000, title="")
