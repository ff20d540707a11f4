"""Files of an old Word and of LibreOffice, made byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from html import escape

import olefile

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LONG = 4096  # the least size of a stream that lies in sectors of its own


def ole(*streams: str, word: bytes = b"") -> bytes:
    """The smallest old Office container with streams of these names; `word` is what
    «WordDocument» begins with, the others are empty."""
    entries = [("Root Entry", 5), *((name, 2) for name in streams)]
    directory = b""
    for at, (name, kind) in enumerate(entries):
        encoded = (name + "\0").encode("utf-16-le")
        right = at + 1 if 0 < at < len(entries) - 1 else _FREE
        child = 1 if at == 0 and streams else _FREE
        start, size = (2, _LONG) if name == "WordDocument" and word else (_END, 0)
        directory += (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )
    directory = directory.ljust(_SECTOR, b"\0")
    chain = [*range(3, 2 + _LONG // _SECTOR), _END] if word else []
    fat = struct.pack(f"<{2 + len(chain)}I", _FAT, _END, *chain).ljust(_SECTOR, b"\xff")
    header = olefile.MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, _LONG, _END, 0, _END, 0)
    header += struct.pack("<I", 0).ljust(436, b"\xff")
    return header + fat + directory + (word.ljust(_LONG, b"\0") if word else b"")


def old_word_header(*, encrypted: bool = False) -> bytes:
    """What a .doc of Word 97 begins with."""
    return struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x0100 if encrypted else 0)


def open_document(
    text: str,
    *,
    extra: str = "",
    mimetype: str = "application/vnd.oasis.opendocument.text",
    **entries: bytes,
) -> bytes:
    """An .odt with a paragraph for each line, and XML and entries besides."""
    names = ("office", "text", "table", "style")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    spaces += (
        ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
        ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        f'office:version="1.3"><office:body><office:text>{paragraphs}{extra}</office:text>'
        "</office:body></office:document-content>"
    )
    styles = f'<?xml version="1.0"?><office:document-styles {spaces} office:version="1.3"/>'
    manifest = (
        '<?xml version="1.0"?><manifest:manifest office:version="1.3" xmlns:office="urn:x" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    parts = {
        "mimetype": mimetype.encode(),
        "content.xml": content.encode(),
        "styles.xml": styles.encode(),
        "META-INF/manifest.xml": manifest.encode(),
        **entries,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            packed = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, part, packed)
    return buffer.getvalue()
