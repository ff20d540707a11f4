"""PDFs for tests: set by typst from lines, or written by hand, such as must be refused."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from pathlib import Path

import typst

from core.export.prints import compile as prints

_PAGE = """
#set page(paper: "a4", margin: (left: 3cm, right: 1.5cm, y: 2cm){page})
#set text(font: "Arsenal", size: 12pt, lang: "uk", hyphenate: {hyphenate})
#set par(justify: true, first-line-indent: (amount: 1.25cm, all: true), spacing: {spacing})
"""
#: What sets the number of each page over its text, as acts of councils have it.
NUMBERED = "header: align(center, context counter(page).display())"


def typeset(
    source: str, *, page: str = "", hyphenate: bool = True, spacing: str = "0.65em"
) -> bytes:
    """The PDF of a typst source on pages as offices set them."""
    settings = _PAGE.format(
        page=page and f", {page}", hyphenate=str(hyphenate).lower(), spacing=spacing
    )
    made: bytes = typst.compile(
        f"{settings}{source}".encode(),
        font_paths=[prints.FONTS],
        ignore_system_fonts=True,
        format="pdf",
    )
    return made


def lines(texts: Iterable[str], *, titles: bool = True) -> str:
    """The typst source of paragraphs; ``titles`` stand in the middle and are bold."""
    return "\n\n".join(
        f"#align(center, strong(text({json.dumps(text, ensure_ascii=False)})))"
        if titles and _is_title(text)
        else f"#par(text({json.dumps(text, ensure_ascii=False)}))"
        for text in texts
        if text.strip()
    )


def _is_title(text: str) -> bool:
    return len(text) < 80 and (text.isupper() or text.startswith(("Розділ ", "Про ")))


def raw(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of objects numbered from 1, with a table of where they stand."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (
        *(size, root, trailer),
        len(data),
    )
    return data + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, table, end)


def stream(body: bytes, *, packed: bool = True, more: bytes = b"") -> bytes:
    """A stream object."""
    if packed:
        body, more = zlib.compress(body, 9), more + b"/Filter/FlateDecode"
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(body), more, body)


def drawn(*contents: bytes, more: bytes = b"", objects: Iterable[bytes] = ()) -> bytes:
    """A PDF with a page for each of ``contents``, drawn in Helvetica (/F); ``more`` goes into the
    catalogue, ``objects`` are numbered from 4 on, the picture /P is the first of them."""
    objects = list(objects)
    first = 4 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(contents)))
    resources = b"<</Font<</F 3 0 R>>/XObject<</P 4 0 R>>>>"
    pages = []
    for at, content in enumerate(contents):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources %b>>"
        pages += [page % (first + 2 * at + 1, resources), stream(content)]
    return raw(
        b"<</Type/Catalog/Pages 2 0 R%b>>" % more,
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(contents), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *objects,
        *pages,
    )


PICTURE = stream(
    bytes(100),
    more=b"/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceGray",
)
#: Draws the picture over the whole page.
SCANNED = b"q 595 0 0 842 0 0 cm /P Do Q "


def written(*texts: bytes, top: int = 780, mode: int = 0) -> bytes:
    """The content of a page: Latin lines one below the other; mode 3 is invisible."""
    shown = b"".join(b"(%b) Tj 0 -14 Td " % text for text in texts)
    return b"BT /F 11 Tf %d Tr 70 %d Td %bET " % (mode, top, shown)


def path(name: str) -> Path:
    """A file of the demo's drafts."""
    return Path(__file__).parents[2] / "demo" / name
