"""Files that are no text are refused with a code and a sentence, and nothing of them is kept."""

import io
import struct
import tracemalloc
import zipfile

import olefile
import pytest
from django.utils import translation
from docx import Document
from PIL import Image

from drafts import importing
from drafts.importing import ImportRefused
from drafts.importing.refusals import _MESSAGES
from drafts.models import Clause, Draft, Version
from drafts.versions import actions
from tests.drafts import files
from tests.drafts.office import old_word_header, ole, open_document

ENTITIES = """<!DOCTYPE html [<!ENTITY a "вухо"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<html><body><p>&b;</p></body></html>"""


def docx(**changes: bytes | None) -> bytes:
    return files.rezipped(files.word(files.document("1. Текст.")), changes)


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries.items():
            new.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def with_macros() -> bytes:
    data = files.word(files.document("1. Текст."))
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")
    ordinary = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert ordinary in types
    types = types.replace(ordinary, b"vnd.ms-word.document.macroEnabled.main+xml")
    return files.rezipped(data, {"[Content_Types].xml": types})


def scan_in_word() -> bytes:
    picture = io.BytesIO()
    Image.new("L", (40, 60), 200).save(picture, "PNG")
    made = Document()
    made.add_picture(picture)
    return files.word(made)


def garbage_packed() -> bytes:
    """A document whose main part is there and cannot be unpacked."""
    data = bytearray(files.word(files.document("1. Текст." * 50)))
    at = data.find(b"word/document.xml") + len("word/document.xml")
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


def encrypted_entries() -> bytes:
    data = bytearray(files.word(files.document("1. Текст.")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 1)
    return bytes(data)


def deep_xml() -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000
    return f"<w:document {w}><w:body>{deep}</w:body></w:document>".encode()


def xml_bomb() -> bytes:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ха"}">' for n in range(12))
    return f'<?xml version="1.0"?><!DOCTYPE w [{lol}]><w>&l11;</w>'.encode()


UKRAINIAN = "1. Затвердити положення про громадське обговорення та оприлюднити його на сайті.\n" * 9

WRONG = {
    "empty": b"",
    "empty after its mark": b"\xef\xbb\xbf \n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(100),
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(20),
    "tiff": b"II*\x00" + bytes(100),
    "rtf": b"{\\rtf1\\ansi text}",
    "rar": b"Rar!\x1a\x07\x00" + bytes(50),
    "old word": ole("WordDocument", word=old_word_header()),
    "encrypted old word": ole("WordDocument", word=old_word_header(encrypted=True)),
    "old word with macros": ole("Macros", "WordDocument", word=old_word_header()),
    "old word that is none": ole("WordDocument"),
    "protected word": ole("EncryptedPackage", "EncryptionInfo"),
    "spreadsheet": ole("Workbook"),
    "broken container": olefile.MAGIC + bytes(100),
    "docm": with_macros(),
    "docx with a macro project": docx(**{"word/vbaProject.bin": b"x"}),
    "encrypted zip": encrypted_entries(),
    "xlsx": archive(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<x/>"}),
    "ods": open_document("1. Текст.", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "half an odt": archive(mimetype=b"application/vnd.oasis.opendocument.text"),
    "odt": open_document("1. Текст."),
    "odt with macros": open_document("1. Текст.", **{"Basic/Standard/Module1.xml": b"<x/>"}),
    "encrypted odt": open_document("1. Текст.", **{"encrypted-package": b"x"}),
    "odt with entities": open_document("1. Текст.", **{"content.xml": xml_bomb()}),
    "odt that is a bomb": lambda: open_document(
        "1. Текст.", **{"content.xml": b"<w>" + b" " * 120_000_000}
    ),
    "zip bomb": lambda: docx(**{"word/document.xml": b"<w>" + b" " * 120_000_000}),
    "squeezed zip": lambda: docx(**{"word/media/a.png": bytes(30_000_000)}),
    "many entries": lambda: archive(**{f"word__{n}.xml": b"" for n in range(3_100)}),
    "zip cut short": files.word(files.document("1. Текст."))[:3_000],
    "docx without text": files.word(Document()),
    "scan in a docx": scan_in_word(),
    "docx with garbage packed": garbage_packed(),
    "docx that is not xml": docx(**{"word/document.xml": b"<w:document"}),
    "docx with entities": docx(**{"word/document.xml": xml_bomb()}),
    "docx too deep": docx(**{"word/document.xml": deep_xml()}),
    "html too deep": b"<p>1. A</p>" + b"<i>" * 300 + b"lost",
    "html with entities": ENTITIES.encode(),
    "other xml": b'<?xml version="1.0"?><feed/>',
    "binary": bytes(range(256)) * 50,
    "nulls": b"text\x00text",
    "koi8": UKRAINIAN.encode("koi8-u"),
    "cp1125": UKRAINIAN.encode("cp1125"),
    "broken utf-8": UKRAINIAN.encode()[:-3] + b"\xd0\xff\xfe" + bytes(range(128, 200)),
    "broken utf-16": "рішення".encode("utf-16")[:-1],
    "read as latin and saved": UKRAINIAN.encode().decode("latin-1").encode(),
    "lost letters": ("�" * 40 + "текст").encode(),
    "too many lines": b"a\n" * 20_001,
    "too long": "слово ".encode() * 400_000,
}
#: Cached: the bombs take a second to make.
made: dict[str, bytes] = {}


def wrong(name: str) -> bytes:
    if name not in made:
        made[name] = WRONG[name]() if callable(WRONG[name]) else WRONG[name]
    return made[name]


CODES = {
    "empty": "empty",
    "empty after its mark": "empty",
    "rtf": "rich_text",
    "rar": "unsupported",
    **dict.fromkeys(("png", "jpeg", "webp", "heic", "tiff"), "image"),
    "old word": "old_word",
    "odt": "open_document",
    **dict.fromkeys(
        ("protected word", "encrypted old word", "encrypted zip", "encrypted odt"), "encrypted"
    ),
    "spreadsheet": "unsupported",
    **dict.fromkeys(
        ("docm", "docx with a macro project", "old word with macros", "odt with macros"), "macros"
    ),
    **dict.fromkeys(("xlsx", "ods", "half an odt"), "unsupported"),
    **dict.fromkeys(("zip bomb", "squeezed zip", "many entries", "odt that is a bomb"), "zip_bomb"),
    "old word that is none": "damaged",
    "odt with entities": "entities",
    **dict.fromkeys(
        ("zip cut short", "docx that is not xml", "broken container", "docx with garbage packed"),
        "damaged",
    ),
    **dict.fromkeys(("docx without text", "scan in a docx"), "no_text"),
    "docx with entities": "entities",
    "html with entities": "entities",
    "html too deep": "too_complex",
    "docx too deep": "too_complex",
    "other xml": "unsupported",
    **dict.fromkeys(("binary", "nulls"), "binary"),
    **dict.fromkeys(("koi8", "cp1125", "broken utf-16", "lost letters"), "encoding"),
    **dict.fromkeys(("broken utf-8", "read as latin and saved"), "encoding"),
    **dict.fromkeys(("too many lines", "too long"), "too_long"),
}


@pytest.fixture(autouse=True)
def no_converter(settings, monkeypatch):
    """A machine without LibreOffice; test_convert.py has it."""
    settings.CONVERTER_SOCKET = "/nowhere"
    monkeypatch.setenv("PATH", "")


@pytest.mark.parametrize("name", WRONG)
def test_it_is_refused_with_its_code(name):
    with pytest.raises(ImportRefused) as refused:
        importing.read(wrong(name), "рішення.docx")
    assert refused.value.code == CODES[name]
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("name", WRONG)
def test_nothing_of_it_is_stored(name, db):
    version = actions.import_draft(b"1. \xd0\xa2\xd0\xb0\xd0\xba.", name="a.txt")
    data = wrong(name)
    before = list(Clause.objects.values_list("pk", "text"))
    with pytest.raises(ImportRefused):
        actions.import_draft(data, name="рішення.docx")
    with pytest.raises(ImportRefused):
        actions.import_version(version.draft, data, name="рішення.docx")
    assert (Draft.objects.count(), Version.objects.get()) == (1, version)
    assert list(Clause.objects.values_list("pk", "text")) == before


def test_three_hundred_megabytes_are_refused_without_being_read(tmp_path):
    path = files.sparse(tmp_path / "великий.docx", 300 * 1024 * 1024)
    tracemalloc.start()
    with path.open("rb") as file, pytest.raises(ImportRefused) as refused:
        importing.read(file, path.name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "too_large"
    assert peak < 64 * 1024 * 1024


def test_a_size_that_lies_does_not_help(tmp_path):
    data = bytearray(docx(**{"word/document.xml": b"<w>" + b" " * 60_000_000 + b"</w>"}))
    central = data.rfind(b"word/document.xml") - 46
    assert data[central : central + 4] == b"PK\x01\x02"
    data[central + 24 : central + 28] = struct.pack("<I", 1_000)
    with pytest.raises(ImportRefused) as refused:
        importing.read(bytes(data))
    assert refused.value.code in ("damaged", "zip_bomb")


def test_the_content_decides_not_the_name():
    assert importing.read(files.word(files.document("1. Текст.")), "рішення.txt").format == "docx"
    assert importing.read("<p>1. Текст.</p>".encode(), "рішення.docx").format == "html"
    assert importing.read("1. Текст.".encode(), "рішення.doc").format == "text"


def test_every_refusal_is_a_sentence():
    with translation.override("en"):
        assert all(str(message).endswith(".") for message in _MESSAGES.values())
    converting = {"conversion_failed", "conversion_timeout", "conversion_busy"}
    of_pdf = {code for code in _MESSAGES if code.startswith("pdf_")}  # test_refuse_pdf.py
    assert set(CODES.values()) | {"too_large"} | converting | of_pdf == set(_MESSAGES)
