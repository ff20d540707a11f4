"""The program that reads the letters of one PDF within limits of its own.

The package starts it, because a PDF is hostile input: what it unpacks to or how often it refers
to itself is not known before. It limits its memory, CPU time and output before it loads the
library, cannot start processes, and knows no setting of Viche. It reads the file from standard
input and answers one JSON object on standard output: `refused` with a code, or `pages`, each with
the pieces of its lines and the rules of its tables. ADR 126 says why it is a child.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

_MEGABYTE = 2**20
CPU_SECONDS = 30
MAX_PAGES = 400
MAX_LETTERS = 2_500_000  # a little over what a text may have: the reader of blocks tells which
MAX_OUTPUT = 32 * _MEGABYTE
_MAX_PIECES = 200_000
_LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_AS, 640 * _MEGABYTE),
    (resource.RLIMIT_FSIZE, MAX_OUTPUT),
    (resource.RLIMIT_NOFILE, 64),
    (resource.RLIMIT_NPROC, 0),
)
_MAX_LETTERS_OF_PAGE = 200_000
_MAX_RULES, _MAX_RULES_IN_ALL = 3_000, 60_000  # of a page: more are a drawing
_NEW_LINE = 0.45  # of a letter's height: baselines further apart are two lines
_SPACE = 0.18  # of a letter's height: a wider gap is a space that the file does not print
_PIECE = 1.0  # of a letter's height: after a wider gap another column may begin
_SMALL = 0.8  # of the line's height: raised letters are not larger
_SAME = 0.15  # of a letter's height: the same letter so near is drawn twice, to look bold
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = str.maketrans(
    dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04", ["ff", "fi", "fl", "ffi", "ffl"], strict=True))
)
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_COVERS = 0.5  # of the page: a picture that a scanner made
_UNSEEN = (3, 7)  # modes in which letters are not drawn
_THIN = 3.0  # points: a rectangle so thin is a rule


class _Letter(NamedTuple):
    """A letter as it is drawn, upright: turned ones are turned back."""

    text: str
    x0: float
    x1: float
    y: float  # of its baseline
    bottom: float
    size: float
    is_bold: bool
    turned: int  # quarters of a circle


class _TooMuch(Exception):
    """There are more letters than a text may have."""


def main() -> None:
    """Answer one file and end."""
    for limit, most in _LIMITS:
        hard = resource.getrlimit(limit)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, least))
    try:
        answer = read(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"refused": "zip_bomb"}
    told = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(told.encode("utf-8", "replace"))


def read(data: bytes) -> dict[str, Any]:
    """Return the pages of a file, or the code of its refusal; raises MemoryError."""
    from pdfminer.pdfdocument import (
        PDFDocument,
        PDFEncryptionError,
        PDFPasswordIncorrect,
    )
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        pages = list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))
        if not pages:
            return {"refused": "damaged"}
        if len(pages) > MAX_PAGES:
            return {"refused": "pdf_pages"}
        return {"pages": list(_read_pages(pages))}
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return {"refused": "encrypted"}
    except _TooMuch:
        return {"refused": "too_long"}
    except MemoryError:
        raise
    except Exception:
        return {"refused": "damaged"}


def _read_pages(pages: list[Any]) -> Iterable[dict[str, Any]]:
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    resources = PDFResourceManager()
    device = _device(resources)
    interpreter = PDFPageInterpreter(resources, device)
    letters = pieces = rules = 0
    for page in pages:
        interpreter.process_page(page)
        rules += len(device.rules)
        if rules > _MAX_RULES_IN_ALL:
            device.rules = []
        letters += len(device.letters) + len(device.unseen)
        if letters > MAX_LETTERS:
            raise _TooMuch
        upright = [letter for letter in device.letters if not letter.turned]
        rows = [_pieces(row, device.rules) for row in _rows(upright)]
        for quarters in (1, 2, 3):
            turned = [letter for letter in device.letters if letter.turned == quarters]
            # Where turned words stand does not matter: they come after the others.
            rows += [[_piece(row, turned=True)] for row in _rows(turned)]
        pieces += sum(map(len, rows))
        if pieces > _MAX_PIECES:
            raise _TooMuch
        yield {
            "width": round(device.box[2], 1),
            "height": round(device.box[3], 1),
            "covered": round(device.covered, 2),
            "hidden": sum(
                len(_piece(row)["text"].split())
                for quarters in range(4)
                for row in _rows([each for each in device.unseen if each.turned == quarters])
            ),
            "rows": [row for row in rows if row],
            "rules": device.rules,
        }


def _device(resources: Any) -> Any:
    """Return the device that takes the letters of each page as they are drawn."""
    from pdfminer.layout import LTChar
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

    class Device(PDFTextDevice):
        """Keeps what a reader sees: letters, the share under pictures, rules."""

        ctm: Any

        def begin_page(self, page: Any, ctm: Any) -> None:
            x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
            self.box = (0, 0, abs(x1 - x0), abs(y1 - y0))
            self.shown = apply_matrix_rect(ctm, page.cropbox)
            self.letters: list[_Letter] = []
            self.unseen: list[_Letter] = []
            self.covered = 0.0
            self.outer: list[Any] = []
            self.rules: list[tuple[float, ...]] = []
            self.is_drawing = False

        def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
            self.outer.append(self.ctm)

        def end_figure(self, name: Any) -> None:
            self.ctm = self.outer.pop()

        def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
            self.is_unseen = textstate.render in _UNSEEN
            super().render_string(textstate, seq, ncs, graphicstate)

        def render_char(
            self,
            matrix: Any,
            font: Any,
            fontsize: float,
            scaling: float,
            rise: float,
            cid: int,
            ncs: Any,
            graphicstate: Any,
        ) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
            width, displaced = font.char_width(cid), font.char_disp(cid)
            char = LTChar(
                *(matrix, font, fontsize, scaling, rise, text, width, displaced),
                *(ncs, graphicstate),
            )
            middle = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
            is_seen = not self.is_unseen and _is_in(self.shown, *middle)
            (self.letters if is_seen else self.unseen).append(_letter(char, text))
            if len(self.letters) + len(self.unseen) > _MAX_LETTERS_OF_PAGE:
                raise _TooMuch
            return char.adv

        def render_image(self, name: str, picture: Any) -> None:
            box = apply_matrix_rect(self.ctm, (0, 0, 1, 1))
            wide = min(box[2], self.box[2]) - max(box[0], 0)
            high = min(box[3], self.box[3]) - max(box[1], 0)
            area = max(self.box[2] * self.box[3], 1)
            share = max(wide, 0) * max(high, 0) / area
            if any(resolve1(picture.get(mask)) for mask in ("SMask", "Mask")):
                return  # a sign behind the text, or over it, that lets it be seen
            self.covered += share
            if share > _COVERS and not picture.get_any(("IM", "ImageMask")):
                # A scanner's words are behind its picture.
                self.unseen += (each for each in self.letters if _is_in(box, each.x0, each.y))
                self.letters = [e for e in self.letters if not _is_in(box, e.x0, e.y)]

        def paint_path(
            self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any
        ) -> None:
            points = [apply_matrix_pt(self.ctm, each[-2:]) for each in path if each[0] != "h"]
            if self.is_drawing or not points or any(each[0] in "cvy" for each in path):
                return
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            low, high = min(y for _, y in points), max(y for _, y in points)
            if min(right - left, high - low) <= _THIN:
                is_upright = high - low > right - left
                x, y = (left + right) / 2, (low + high) / 2
                self._rule((x, low), (x, high)) if is_upright else self._rule((left, y), (right, y))
                return
            if not stroke:
                return  # a colour behind words
            at = iter(points)
            start = last = points[0]
            for each in path:
                point = start if each[0] == "h" else next(at)
                if each[0] == "m":
                    start = point
                else:
                    self._rule(last, point)
                last = point

        def _rule(self, start: Any, end: Any) -> None:
            wide, high = abs(start[0] - end[0]), abs(start[1] - end[1])
            if min(wide, high) <= 1 and max(wide, high) > _THIN:
                x0, x1 = sorted((start[0], end[0]))
                y0, y1 = sorted((start[1], end[1]))
                self.rules.append(tuple(round(each, 1) for each in (x0, y0, x1, y1)))
            if len(self.rules) > _MAX_RULES:
                self.rules, self.is_drawing = [], True

    return Device(resources)


def _is_in(box: Any, x: float, y: float) -> bool:
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _letter(char: Any, text: str) -> _Letter:
    a, b, _c, d, x, y = char.matrix
    bold = any(word in char.fontname.lower() for word in _BOLD)
    text = text.translate(_LIGATURES)
    if abs(b) > abs(a):
        if b > 0:
            return _Letter(text, char.y0, char.y1, -x, -char.x1, char.width, bold, 1)
        return _Letter(text, -char.y1, -char.y0, x, char.x0, char.width, bold, 3)
    if a < 0 and d < 0:
        return _Letter(text, -char.x1, -char.x0, -y, -char.y1, char.size, bold, 2)
    return _Letter(text, char.x0, char.x1, y, char.y0, char.size, bold, 0)


def _rows(letters: list[_Letter]) -> list[list[_Letter]]:
    """The letters of each line, from the left; lines from top to bottom."""
    rows: list[list[_Letter]] = []
    for letter in sorted(letters, key=lambda each: -each.y):
        # A space of another font may stand anywhere: it begins no line.
        first = rows[-1][0] if rows else None
        if first and first.y - letter.y <= _NEW_LINE * max(letter.size, first.size):
            rows[-1].append(letter)
        elif letter.text.strip():
            rows.append([letter])
    for row in rows:
        row.sort(key=lambda each: each.x0)
    return rows


def _pieces(row: list[_Letter], rules: list[Any]) -> list[dict[str, Any]]:
    """The pieces of a line between which another column, or another cell, may begin."""
    y = row[0].y + row[0].size / 4
    walls = sorted({rule[0] for rule in rules if rule[1] <= y <= rule[3] and _is_wall(rule)})
    groups: list[list[_Letter]] = []
    for letter in row:
        last = groups[-1][-1] if groups else None
        if last is None or (letter.text.strip() and _parts(last, letter, walls)):
            if letter.text.strip():
                groups.append([letter])
        elif letter.text.strip() or letter.x0 - last.x1 < letter.size:
            groups[-1].append(letter)
    return [_piece(group) for group in groups]


def _is_wall(rule: Any) -> bool:
    return bool(rule[3] - rule[1] > rule[2] - rule[0])


def _parts(last: _Letter, letter: _Letter, walls: list[float]) -> bool:
    if letter.x0 - last.x1 > _PIECE * max(last.size, letter.size):
        return True
    return any(last.x1 - 1 < wall < letter.x0 + 1 for wall in walls)


def _piece(row: list[_Letter], *, turned: bool = False) -> dict[str, Any]:
    shown = [each for each in row if each.text.strip()]
    heights = sorted(each.size for each in shown)
    height = heights[len(heights) // 2]
    baseline = sorted(each.y for each in shown)[len(shown) // 2]
    text = ""
    before = None
    for letter in row:
        words = letter.text
        if before is not None:
            near = abs(letter.x0 - before.x0) < _SAME * height
            if near and words == before.text and words.strip():
                continue
            gap = letter.x0 - before.x1
            if gap > _SPACE * height and not text.endswith(" ") and words.strip():
                text += " "
        raised = letter.size < _SMALL * height and letter.bottom > baseline
        text += words.translate(_SUPERSCRIPTS) if raised and words.isdecimal() else words
        before = letter
    return {
        "text": text,
        "x0": round(min(each.x0 for each in shown), 1),
        "x1": round(max(each.x1 for each in shown), 1),
        "y": round(baseline, 1),
        "height": round(height, 1),
        "bold": sum(each.is_bold for each in shown) > len(shown) * 0.9,
        "turned": turned,
    }


if __name__ == "__main__":
    main()
