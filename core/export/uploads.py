"""Validation of uploaded files by their content, never by their name.

At most 20 MB, or what the caller says. Pictures are drawn anew, so that no metadata (where and by
whom a photograph was taken) and nothing hidden in the file is kept.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Refused, refuse, reject
from core.export import active_content, pictures

MAX_BYTES = 20 * 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
#: Media type -> the ending of the file's name, and the word for it on a page.
ENDINGS = {
    PDF: "pdf",
    DOCX: "docx",
    XLSX: "xlsx",
    ODT: "odt",
    "image/png": "png",
    "image/jpeg": "jpg",
}

_OTHER_TYPE = refuse(
    "file.type", _("Only PDF, .docx, .xlsx, .odt, PNG and JPEG files are accepted.")
)
_MAX_ENTRIES = 5_000
_MAX_HEAD = 1_000_000
#: What zipfile raises on archives that are broken, locked, or packed in ways it does not know.
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted upload: the bytes and their media type."""

    content: bytes
    media_type: str

    @property
    def ending(self) -> str:
        return ENDINGS[self.media_type]


#: What a document that does something by itself does: why it is not taken.
ACTIVE = {
    active_content.MACROS: _("The file contains macros or scripts."),
    active_content.EXTERNAL: _("The file loads a template or another part from elsewhere."),
    active_content.EMBEDDED: _("Another program’s object or file is embedded in the file."),
    active_content.SCRIPT: _("The PDF runs a script, starts something or sends what is typed."),
    active_content.UNREAD: _("What the file would do cannot be checked: it is locked or unusual."),
}


def accept(
    file: BinaryIO, *, most: int = MAX_BYTES, longest: int | None = None, passive: bool = False
) -> Accepted:
    """Read an upload of at most ``most`` bytes; of a picture neither side exceeds ``longest``
    pixels. Refuses with ``file.empty``, ``file.too_large``, ``file.type``, ``file.macros``,
    ``file.damaged``, ``file.too_many_pixels`` or ``file.busy``. ``passive``: also with the codes of
    ``ACTIVE``, what would do something by itself when it is opened."""
    data = file.read(most + 1)
    if not data:
        reject("file.empty", _("The file is empty."))
    if len(data) > most:
        message = _("The file is larger than %(most)s MB.") % {"most": most // 2**20}
        reject("file.too_large", message)
    if pictures.is_picture(data):
        return Accepted(*pictures.reencode(data, longest=longest))
    if data.startswith(b"%PDF-"):
        accepted = Accepted(data, PDF)
    elif data.startswith(b"PK\x03\x04"):
        accepted = Accepted(data, _document(data))
    else:
        raise Refused(_OTHER_TYPE)
    if passive and (code := active_content.find(data)):
        raise Refused(refuse(code, ACTIVE[code]))
    return accepted


def _document(data: bytes) -> str:
    """The media type of an office document, which is an archive. Nothing of it is unpacked but
    the two small entries that say what it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(names) > _MAX_ENTRIES:
                raise zipfile.BadZipFile("too many entries")
            kinds = _head(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
            mimetype = _head(archive, "mimetype") if "mimetype" in names else b""
    except _NO_ARCHIVE as damage:
        raise Refused(pictures.DAMAGED) from damage
    written = kinds.replace(b"\0", b"").lower()  # UTF-16 too
    if b"macroenabled" in written or any(n.lower().endswith("vbaproject.bin") for n in names):
        reject("file.macros", _("The file contains macros. Save it without them."))
    if "word/document.xml" in names and kinds:
        return DOCX
    if "xl/workbook.xml" in names and kinds:
        return XLSX
    if mimetype.strip() == ODT.encode():
        return ODT
    raise Refused(_OTHER_TYPE)


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(_MAX_HEAD)
