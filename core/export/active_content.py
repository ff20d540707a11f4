"""Active content of documents, found without opening them.

An officer who reads an appeal opens files of strangers. ``find`` says what a file would do: run
macros or scripts, load a template or a part from elsewhere, start a program that is embedded in it.
What cannot be looked into is told too, so that nothing passes by being odd.

* **.docx, .xlsx**: macros, objects of other programs (OLE, ActiveX, embedded files), relationships
  that lead outside, but for hyperlinks, and those of kinds that bring in a part (templates,
  frames, sub-documents, links to other workbooks). Names count in any letter case, with any slash
  and however they are escaped; parts of XML are parsed, so that their encoding hides nothing.
* **.odt**: Basic and scripts, listeners of events that run one, objects of other programs, links
  by which something is fetched when it is opened.
* **PDF**: scripts, launching, forms that send, other files to go to, as Didier Stevens's pdfid
  looks for them: names in the bytes, also escaped, and in object streams, which are unpacked.

A file that looks harmless may still exploit a fault of the program that opens it: for that there is
the isolated conversion (core/export/conversion.py).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

#: What is found: codes, which ``uploads`` makes words of.
MACROS, EXTERNAL, EMBEDDED, SCRIPT, UNREAD = (
    "file.macros",
    "file.external",
    "file.embedded",
    "file.script",
    "file.unread",
)

#: A part of XML that is looked into unpacks to so much at most.
_MOST_XML = 30 * 2**20
_OLE, _EXE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ"
_MACRO_NAMES = re.compile(r"vba(project|data|projectsignature)|(^|/)(macros|dialogs)/|customui")
_EMBEDDED_NAMES = re.compile(r"(^|/)(embeddings|activex|oleobject)")
_LINKED_NAMES = re.compile(r"(^|/)(externallinks|connections\.xml$|querytables)")
_MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata")
_EMBEDDED_TYPES = ("oleobject", "activex", "externallink")
#: Kinds of relationships that bring in a part, wherever they lead.
_PULLING = (
    "attachedtemplate",
    "oleobject",
    "package",
    "control",
    "frame",
    "subdocument",
    "afchunk",
    "externallink",
    "externallinkpath",
    "vbaproject",
    "wordvbadata",
    "attachedtoolbars",
    "keymapcustomizations",
)


def find(data: bytes) -> str:
    """The code of what the file does by itself: PDF or an archive of an office document; "" for
    nothing that was found, and for what is neither."""
    if data.startswith(b"%PDF-"):
        return _in_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    return ""


# --- Archives -------------------------------------------------------------------------------------


class _Found(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _in_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [_plain(entry.filename) for entry in archive.infolist()]
            if len(set(names)) < len(names) or any(".piece" in name for name in names):
                return UNREAD  # which of two is opened depends on the program
            for name, entry in zip(names, archive.infolist(), strict=True):
                _look_at_name(name)
                _look_at_beginning(archive, entry)
                _look_into(archive, entry, name)
    except _Found as found:
        return found.code
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, ValueError, OSError):
        return UNREAD
    except (NotImplementedError, RuntimeError, EOFError):
        return UNREAD
    return ""


def _plain(name: str) -> str:
    """A name as the most lenient program would take it."""
    return unquote(name).replace("\\", "/").lstrip("/").casefold()


def _look_at_name(name: str) -> None:
    if _MACRO_NAMES.search(name) or re.match(r"(basic|scripts)/", name):
        raise _Found(MACROS)
    if _EMBEDDED_NAMES.search(name):
        raise _Found(EMBEDDED)
    if _LINKED_NAMES.search(name):
        raise _Found(EXTERNAL)


def _look_at_beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as part:
        head = part.read(8)
    if head == _OLE or head[:2] == _EXE:
        raise _Found(EMBEDDED)


def _look_into(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    if name == "[content_types].xml":
        for element in _elements(archive, entry):
            _look_at_type(element.get("ContentType", ""))
    elif name.endswith(".rels"):
        for element in _elements(archive, entry):
            _look_at_relationship(element, is_of_settings="settings" in name)
    elif name == "meta-inf/manifest.xml":
        for element in _elements(archive, entry):
            _look_at_type(" ".join(element.attrib.values()))
    elif name in ("content.xml", "styles.xml"):
        for element in _elements(archive, entry):
            _look_at_element(element)


def _elements(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[etree._Element]:
    if entry.file_size > _MOST_XML:
        raise _Found(UNREAD)
    with archive.open(entry) as part:
        data = part.read(_MOST_XML + 1)
    if len(data) > _MOST_XML or b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise _Found(UNREAD)
    parsing = etree.iterparse(
        io.BytesIO(data), events=("start",), resolve_entities=False, no_network=True
    )
    for _event, element in parsing:
        yield element


def _look_at_type(media_type: str) -> None:
    written = media_type.casefold()
    if any(word in written for word in _MACRO_TYPES):
        raise _Found(MACROS)
    if any(word in written for word in _EMBEDDED_TYPES):
        raise _Found(EMBEDDED)


def _look_at_relationship(element: etree._Element, *, is_of_settings: bool) -> None:
    said = {key.casefold(): value.strip() for key, value in element.attrib.items()}
    kind = said.get("type", "").rstrip("/").rpartition("/")[2].casefold()
    is_outside = said.get("targetmode", "").casefold() == "external"
    if kind in ("oleobject", "package", "control"):
        raise _Found(EXTERNAL if is_outside else EMBEDDED)
    if kind in _PULLING:
        raise _Found(MACROS if "vba" in kind else EXTERNAL)
    # A hyperlink of the settings is none: nobody can click it.
    if is_outside and (kind != "hyperlink" or is_of_settings):
        raise _Found(EXTERNAL)


_ODF_SCRIPTS = {"event-listener", "script", "library-linked", "library-embedded"}
_ODF_EMBEDDED = {"object-ole", "plugin", "applet"}
_ODF_LINKS = {"dde-source", "dde-connection-decl", "dde-connection", "floating-frame"}
#: Elements whose link somebody has to follow.
_ODF_CLICKED = {"a", "user-index-source", "bibliography-mark"}
_HREF = "{http://www.w3.org/1999/xlink}href"
#: What leads out of the archive: a scheme, a server, or a folder above.
_OUTSIDE = re.compile(r"([a-z][a-z0-9+.-]*:|//|\\\\|/|\.\./)", re.IGNORECASE)


def _look_at_element(element: etree._Element) -> None:
    name = etree.QName(element).localname
    link = (element.get(_HREF) or "").strip()
    if name in _ODF_SCRIPTS or re.match(r"(vnd\.sun\.star\.script|javascript|macro):", link, re.I):
        raise _Found(MACROS)
    if name in _ODF_EMBEDDED:
        raise _Found(EMBEDDED)
    if name in _ODF_LINKS or (name not in _ODF_CLICKED and _OUTSIDE.match(link)):
        raise _Found(EXTERNAL)


# --- PDF ------------------------------------------------------------------------------------------

#: Names of actions: long ones alone, since the bytes of a picture spell anything of three letters.
#: A script is always named /JavaScript, and one of a film /Rendition.
_ACTIONS = (
    *("JavaScript", "Launch", "Rendition", "RichMedia"),
    *("ImportData", "SubmitForm", "GoToR", "GoToE", "XFA"),
)


def _name_pattern(word: str) -> str:
    """A pattern of a name, each of whose letters may be written as its number."""
    return "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)


_END = r"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
_ACTION = re.compile(rf"/(?:{'|'.join(map(_name_pattern, _ACTIONS))}){_END}".encode())
_OBJECT_STREAM = re.compile(rf"/{_name_pattern('ObjStm')}{_END}".encode())
_ENCRYPTED = re.compile(rf"/{_name_pattern('Encrypt')}{_END}".encode())
_STREAM = re.compile(rb"stream\r?\n?")
_NUMBERS = re.compile(rb"\s*\d+\s+\d+")
_MOST_STREAMS = 50_000
#: What object streams unpack to, each and together.
_MOST_UNPACKED, _MOST_TOGETHER = 16 * 2**20, 64 * 2**20
_PIECE = 2**15


def _in_pdf(data: bytes) -> str:
    if _ACTION.search(data):
        return SCRIPT
    declared = len(_OBJECT_STREAM.findall(data))
    if declared and _ENCRYPTED.search(data):
        return UNREAD
    found, together = 0, 0
    for number, place in enumerate(_STREAM.finditer(data)):
        if number > _MOST_STREAMS:
            return UNREAD
        unpacked = _unpack(data, place.end())
        if unpacked is None:
            continue
        together += len(unpacked)
        if len(unpacked) > _MOST_UNPACKED or together > _MOST_TOGETHER:
            return UNREAD
        if _ACTION.search(unpacked):
            return SCRIPT
        found += 1
    # Those that are packed in another way than by deflating, as none of the usual programs does.
    return UNREAD if declared > found else ""


def _unpack(data: bytes, start: int) -> bytes | None:
    """Inflate a stream, if it begins as an object stream does: with numbers."""
    try:
        head = zlib.decompressobj().decompress(data[start : start + 512], 64)
        if not _NUMBERS.match(head):
            return None
        return _inflate(data, start)
    except zlib.error:
        return None


def _inflate(data: bytes, start: int) -> bytes:
    """Inflate piece by piece: what follows a stream may be the whole rest of the file, and there
    may be thousands of streams."""
    inflating = zlib.decompressobj()
    unpacked = bytearray()
    for at in range(start, len(data), _PIECE):
        unpacked += inflating.decompress(data[at : at + _PIECE], _MOST_UNPACKED + 1 - len(unpacked))
        if inflating.eof or len(unpacked) > _MOST_UNPACKED:
            break
    return bytes(unpacked)
