"""The structure of a tagged PDF, as a screen reader gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject


def structure_of(reader: PdfReader) -> list[tuple[str, str]]:
    """Each element of the structure with its words, in reading order; tags of PDF 1.7."""
    texts: dict[tuple[int, int], str] = {}
    for page in reader.pages:
        for mcid, text in _marked(reader, page):
            texts[page.indirect_reference.idnum, mcid] = text
    root = reader.root_object["/StructTreeRoot"]
    roles = root.get("/RoleMap", {})
    found: list[tuple[str, str]] = []
    _walk(root, roles, texts, None, found)
    return found


def _walk(element: Any, roles: Any, texts: Any, page: Any, found: Any) -> str:
    element = element.get_object()
    page = element.raw_get("/Pg") if "/Pg" in element else page
    tag = str(element.get("/S", ""))
    at = len(found)
    if tag:
        found.append((str(roles.get(tag, tag)).lstrip("/"), ""))
    kids = element.get("/K", [])
    words = ""
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(kid, int):
            words += texts.get((page.idnum, int(kid)), "")
        elif isinstance(kid, DictionaryObject) and kid.get("/Type") == "/MCR":
            own = kid.raw_get("/Pg") if "/Pg" in kid else page
            words += texts.get((own.idnum, int(kid["/MCID"])), "")
        elif isinstance(kid, DictionaryObject) and "/S" in kid:
            words += _walk(kid, roles, texts, page, found)
    if tag:
        found[at] = (found[at][0], " ".join(words.split()))
    return words


def _marked(reader: PdfReader, page: Any) -> Iterator[tuple[int, str]]:
    """The text of each marked piece of content of a page; a new line of it is a space."""
    fonts = {name: _letters(font) for name, font in _fonts(page).items()}
    texts: dict[int, list[str]] = {}
    open_marks: list[int | None] = []
    font: dict[int, str] = {}
    line: float | None = None
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            named = operands[1] if operator == b"BDC" else {}
            open_marks.append(int(named["/MCID"]) if "/MCID" in named else None)
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator == b"cm":
            here = next((mark for mark in reversed(open_marks) if mark is not None), None)
            if here is not None and line is not None and abs(line - float(operands[5])) > 4:
                texts.setdefault(here, []).append(" ")
            line = float(operands[5])
        elif operator in (b"Tj", b"TJ"):
            here = next((mark for mark in reversed(open_marks) if mark is not None), None)
            if here is None:
                continue
            shown = operands[0] if operator == b"TJ" else [operands[0]]
            for piece in shown:
                if isinstance(piece, bytes | str):
                    texts.setdefault(here, []).append(_decoded(piece, font))
    for mark, parts in texts.items():
        yield mark, "".join(parts)


def _fonts(page: Any) -> dict[str, Any]:
    fonts = page["/Resources"].get("/Font", {})
    return {name: font.get_object() for name, font in fonts.items()}


def _decoded(piece: Any, font: dict[int, str]) -> str:
    raw = piece if isinstance(piece, bytes) else piece.original_bytes
    codes = [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]
    return "".join(font.get(code, "") for code in codes)


def _letters(font: Any) -> dict[int, str]:
    """What the codes of a font stand for (its ToUnicode)."""
    letters: dict[int, str] = {}
    written = font["/ToUnicode"].get_data().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", written, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            letters[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", written, re.DOTALL):
        for first, last, text in re.findall(
            r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block
        ):
            for at in range(int(first, 16), int(last, 16) + 1):
                start = bytes.fromhex(text).decode("utf-16-be")
                letters[at] = start[:-1] + chr(ord(start[-1]) + at - int(first, 16))
    return letters
