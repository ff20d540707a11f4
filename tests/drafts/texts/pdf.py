"""PDF files written by hand: lines at places, heads and numbers of pages, broken words."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from .declared import Text, count_words

_WIDTH = 74  # characters of a line
_LINES = 42  # of a page
_VOWELS = "aeiouyаеєиіїоуюяАЕЄИІЇОУЮЯ"
#: Each code of two bytes is a character of Unicode.
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
%d beginbfrange
%s
endbfrange endcmap end end"""


@dataclass
class Pdf(Text):
    """A PDF file with a text layer. `head` and the number stand on each page beside the text."""

    head: str = ""
    _paragraphs: list[str] = field(default_factory=list)

    def p(self, text: str, printed: str = "", depth: int = 0) -> None:
        """Write a paragraph, with its number in front."""
        if printed:
            self.number(depth, printed, text)
        else:
            self.say(text)
        self._paragraphs.append(f"{printed} {text}" if printed else text)

    def build(self) -> Pdf:
        """Write the file, and declare heads and numbers of its pages as set aside."""
        pages: list[list[tuple[str, bool]]] = [[]]
        for paragraph in self._paragraphs:
            for at, line in enumerate(_broken(paragraph)):
                if len(pages[-1]) == _LINES:
                    pages.append([])
                pages[-1].append((line, at == 0))
        for number in range(1, len(pages) + 1):
            self.aside += count_words(self.head, str(number))
        self.content = _file([_page(lines, self.head, at) for at, lines in enumerate(pages, 1)])
        return self


def _broken(text: str) -> list[str]:
    """Return the lines of a paragraph; a word that does not fit is broken with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        room = _WIDTH - len(line) - 1
        if len(word) <= room:
            line = f"{line} {word}".strip()
            continue
        at = next((at for at in range(min(room - 1, len(word) - 3), 2, -1) if _parts(word, at)), 0)
        if at:
            lines.append(f"{line} {word[:at]}-".strip())
            line = word[at:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def _parts(word: str, at: int) -> bool:
    """Return whether a syllable ends at a place of a word: ta-ble, рі-чок."""
    before, after, next_one = word[at - 1 : at + 2]
    is_parted = before in _VOWELS and after not in _VOWELS and next_one in _VOWELS
    return is_parted and word[: at + 2].isalpha()


def _page(lines: list[tuple[str, bool]], head: str, number: int) -> bytes:
    placed = [(72, 800, head)] if head else []
    y = 770
    for line, is_first in lines:
        y -= 20 if is_first else 14
        placed.append((90 if is_first else 72, y, line))
    placed.append((300, 40, str(number)))
    shown = "".join(
        f"BT /F 11 Tf {x} {y} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
        for x, y, line in placed
    )
    return shown.encode()


def _file(pages: list[bytes]) -> bytes:
    ranges = [
        f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>".encode() for row in (0, 1, 4, 0x20, 0x21)
    ]
    to_unicode = _TO_UNICODE % (len(ranges), b"\n".join(ranges))
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Serif /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Serif /DW 500 /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type"
        b" /FontDescriptor /FontName /Serif /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0"
        b" /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>",
        _stream(to_unicode),
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * at} 0 R"
            f" /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(_stream(page))
    written, places = b"%PDF-1.5\n", []
    for at, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n" % at + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        written + b"xref\n0 %d\n0000000000 65535 f \n" % size + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(written))
    )  # fmt: skip


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return (
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    )
