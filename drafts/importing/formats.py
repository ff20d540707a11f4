"""Recognise the format of an uploaded file by its content; refuse the others.

At most 20 MB are ever read, whatever the file claims. What Word and LibreOffice write is told apart
in `office.py`.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

import olefile

from drafts.importing import office
from drafts.importing.office import Source
from drafts.importing.refusals import ImportRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_TEXT = 4_000_000  # characters, markup included

_IMAGES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM"),
    *(b"\x00\x00\x01\x00", b"8BPS", b"AT&TFORM"),
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MZ", b"\x7fELF")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"(?:<!doctype\s+html|<(?:html|head|body|meta|title|p|div|h[1-6]|table|ol|ul|article|section"
    r"|main|font|span|center)\b)",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|\s{0,3}\|?\s{0,9}:?-{3,}:?\s{0,9}\|)|\*\*[^*\n]{1,300}\*\*|\]\(https?://",
    re.MULTILINE,
)
_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([\w-]{2,20})", re.IGNORECASE)
_ENTITY = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.IGNORECASE)
_UKRAINIAN = set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ'ыэъёЫЭЪЁ")
_TYPOGRAPHY = set("«»–—„“”’‘…№§•·°\xa0")


def read_bytes(file: BinaryIO) -> bytes:
    """Read an upload, refusing one of more than 20 MB without reading it whole."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ImportRefused("too_large")
    if not data:
        raise ImportRefused("empty")
    return data


def recognise(data: bytes, name: str = "") -> Source:
    """Return what `data` is; its `name` only tells plain text from Markdown."""
    head = data[:64]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return office.recognise_archive(data)
    if head.startswith(olefile.MAGIC):
        return office.recognise_ole(data)
    if b"%PDF-" in data[:1024]:
        return Source("pdf", data=data)
    if head.startswith(_IMAGES) or head[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1"):
        raise ImportRefused("image")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise ImportRefused("image")
    if head.startswith(b"{\\rtf"):
        raise ImportRefused("rich_text")
    if head.startswith(_ARCHIVES):
        raise ImportRefused("unsupported")
    text = decode(data)
    if not text.strip():
        raise ImportRefused("empty")
    if len(text) > MAX_TEXT:
        raise ImportRefused("too_long")
    if _ENTITY.search(text[:20_000]):
        raise ImportRefused("entities")
    if _HTML.match(text[:20_000]):
        return Source("html", text=text)
    if text.lstrip().startswith("<?xml"):
        raise ImportRefused("unsupported")
    plain = name.lower().endswith(".txt")
    if name.lower().endswith((".md", ".markdown")) or (not plain and _MARKDOWN.search(text)):
        return Source("markdown", text=text)
    return Source("text", text=text)


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, in UTF-16 with a mark, or in Windows-1251."""
    for mark, encoding in (
        *((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32")),
        *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding, "encoding")
    controls = sum(data[:65_536].count(c) for c in (*range(9), *range(14, 32), 127))
    if b"\x00" in data or controls > len(data[:65_536]) / 200:
        raise ImportRefused("binary")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows_1251(data)
    letters = sum(c.isalpha() for c in text[:20_000])
    mojibake = sum(text[:20_000].count(c) for c in "ÐÑÃÂ")
    if mojibake > letters / 5 or text.count("\ufffd") > len(text) / 1000:
        raise ImportRefused("encoding")
    return text


def _strictly(data: bytes, encoding: str, code: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(code) from error
    if "\x00" in text:
        raise ImportRefused("binary")
    return text


def _windows_1251(data: bytes) -> str:
    """Decode Windows-1251 where it gives Ukrainian words; KOI8-U, CP866 and others do not."""
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].lower() not in (b"windows-1251", b"cp1251", b"utf-8"):
        raise ImportRefused("encoding")
    text = _strictly(data, "cp1251", "encoding")
    beyond = [c for c in text[:200_000] if ord(c) > 127]
    known = sum(c in _UKRAINIAN or c in _TYPOGRAPHY for c in beyond)
    letters = [c for c in beyond if c in _UKRAINIAN]
    small = sum(c.islower() for c in letters)
    vowels = sum(c in "аеєиіїоуюяАЕЄИІЇОУЮЯ" for c in letters)
    readable = (
        known >= len(beyond) * 0.97
        and small >= len(letters) * 0.6
        and len(letters) * 0.3 <= vowels <= len(letters) * 0.6
    )
    if not readable:
        raise ImportRefused("encoding")
    return text
