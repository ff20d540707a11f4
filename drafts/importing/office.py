"""Recognise files of Word and LibreOffice (.docx, .odt, .doc); refuse the others.

An archive is asked for its sizes before anything in it is unpacked, and unpacking stops at its own
limit.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

import olefile

from drafts.importing.package import UNREADABLE
from drafts.importing.refusals import ImportRefused

MAX_UNPACKED = 100 * 1024 * 1024
MAX_ENTRIES = 3_000
MAX_RATIO = 400  # of unpacked to packed size, for entries beyond a megabyte

_ODT = b"application/vnd.oasis.opendocument.text"
_FIRST_BYTES = 2**20
_BROKEN_OLE = (OSError, ValueError, IndexError, TypeError, KeyError, RecursionError, struct.error)
#: The File Information Block of a .doc begins with these and says whether it is encrypted.
_FIB = struct.Struct("<H8xH")
_FIB_MAGIC = (0xA5EC, 0xA5DC)
_FIB_ENCRYPTED = 0x0100


@dataclass(frozen=True, slots=True)
class Source:
    """An upload that may be read: one of `archive` (docx), `data` (pdf) and `text` is given, none
    of a .doc or .odt, which has to be converted first.

    `format` is a value of `drafts.models.Version.Format`.
    """

    format: str
    archive: zipfile.ZipFile | None = None
    text: str = ""
    data: bytes = b""


def recognise_archive(data: bytes) -> Source:
    """Open a .docx, or say that it is an .odt, after looking at what it claims to hold."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except UNREADABLE as error:
        raise ImportRefused("damaged") from error
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
        raise ImportRefused("zip_bomb")
    for entry in entries:
        if entry.file_size > 2**20 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise ImportRefused("zip_bomb")
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise ImportRefused("encrypted")
    if "mimetype" in names:
        return _open_document(archive, names)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise ImportRefused("macros")
    types = _beginning(archive, "[Content_Types].xml")
    if b"macroEnabled" in types:
        raise ImportRefused("macros")
    if b"wordprocessingml.document.main" not in types and b"template.main" not in types:
        raise ImportRefused("unsupported")
    return Source("docx", archive=archive)


def recognise_ole(data: bytes) -> Source:
    """Say what an old Office container is: a .doc, or why it is refused."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("EncryptedPackage"):
                raise ImportRefused("encrypted")
            if not container.exists("WordDocument"):
                raise ImportRefused("unsupported")
            magic, flags = _FIB.unpack(container.openstream("WordDocument").read(_FIB.size))
            if magic not in _FIB_MAGIC:
                raise ImportRefused("damaged")
            if flags & _FIB_ENCRYPTED:
                raise ImportRefused("encrypted")
            if any(container.exists(name) for name in ("Macros", "_VBA_PROJECT_CUR")):
                raise ImportRefused("macros")
    except _BROKEN_OLE as error:
        raise ImportRefused("damaged") from error
    return Source("doc")


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> Source:
    with archive:
        if _beginning(archive, "mimetype").strip() not in (_ODT, _ODT + b"-template"):
            raise ImportRefused("unsupported")
        manifest = _beginning(archive, "META-INF/manifest.xml")
        if b"encryption-data" in manifest or "encrypted-package" in names:
            raise ImportRefused("encrypted")
        if any(_is_macro(name) for name in names):
            raise ImportRefused("macros")
        for part in ("content.xml", "styles.xml"):
            head = _beginning(archive, part).replace(b"\x00", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise ImportRefused("entities")
    return Source("odt")


def _is_macro(name: str) -> bool:
    """Whether an entry of an .odt is a macro; lists of empty libraries, which old OpenOffice wrote
    into every file, are none."""
    if name.endswith(("/", "/script-lc.xml", "/script-lb.xml")):
        return False
    return name.startswith(("basic/", "scripts/"))


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as file:
            return file.read(_FIRST_BYTES)
    except KeyError as error:
        raise ImportRefused("unsupported") from error
    except UNREADABLE as error:
        raise ImportRefused("damaged") from error
