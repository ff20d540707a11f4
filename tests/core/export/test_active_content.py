"""Documents that do something by themselves are found, however that is spelled; usual ones pass."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import openpyxl
import pypdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from core.export import active_content, uploads
from tests.drafts.office import open_document

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def word(types: str = "", **parts: bytes | str) -> bytes:
    """The least .docx; parts by their names, "__" for "/"."""
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    return archive(
        {"[Content_Types].xml": TYPES.format(types), "word/document.xml": "<w/>"} | named
    )


def rels(kind: str, target: str, mode: str = "", *, name: str = "document.xml") -> bytes:
    one = f'<Relationship Id="r1" Type="{KIND}{kind}" Target="{target}" {mode}/>'
    return archive(
        {
            "[Content_Types].xml": TYPES.format(""),
            "word/document.xml": "<w/>",
            f"word/_rels/{name}.rels": RELATIONSHIPS.format(one),
        }
    )


EXTERNAL = 'TargetMode="External"'
TEMPLATE = RELATIONSHIPS.format(
    f'<Relationship Id="r1" Type="{KIND}attachedTemplate" Target="http://x.example/a.dotm" '
    f"{EXTERNAL}/>"
)

#: Of the trial, and new spellings of each.
OFFICE = {
    "attached template": (
        rels("attachedTemplate", "http://x.example/a.dotm", EXTERNAL, name="settings.xml"),
        "file.external",
    ),
    "template within": (rels("attachedTemplate", "a.dotm"), "file.external"),
    "template as a hyperlink": (
        rels("hyperlink", "http://x.example/a.dotm", EXTERNAL, name="settings.xml"),
        "file.external",
    ),
    "template in capitals": (
        rels("ATTACHEDTEMPLATE", "file://srv/a.dotm", 'targetmode="EXTERNAL"'),
        "file.external",
    ),
    "template in utf-16": (
        word(**{"word___rels__settings.xml.rels": TEMPLATE.encode("utf-16")}),
        "file.external",
    ),
    "template in utf-16 that says so": (
        word(
            **{
                "word___rels__settings.xml.rels": (
                    f'<?xml version="1.0" encoding="UTF-16"?>{TEMPLATE}'.encode("utf-16")
                )
            }
        ),
        "file.external",
    ),
    "template behind entities": (
        word(**{"word___rels__settings.xml.rels": TEMPLATE.replace("External", "&#69;xternal")}),
        "file.external",
    ),
    "template in a capital name": (
        word(**{"WORD___RELS__SETTINGS.XML.RELS": TEMPLATE}),
        "file.external",
    ),
    "template in an escaped name": (
        word(**{"word__%5frels__settings.xml.%72els": TEMPLATE}),
        "file.external",
    ),
    "template behind a backslash": (
        archive(
            {
                "[Content_Types].xml": TYPES.format(""),
                "word/document.xml": "<w/>",
                "word\\_rels\\settings.xml.rels": TEMPLATE,
            }
        ),
        "file.external",
    ),
    "picture from a server": (rels("image", "http://x.example/a.png", EXTERNAL), "file.external"),
    "picture from a share": (rels("image", "\\\\srv\\a.png", EXTERNAL), "file.external"),
    "frame": (rels("frame", "http://x.example/", EXTERNAL), "file.external"),
    "sub-document": (rels("subDocument", "file:///a.docx", EXTERNAL), "file.external"),
    "html within": (rels("aFChunk", "a.html"), "file.external"),
    "ole from elsewhere": (
        rels("oleObject", "http://x.example/a.bin", EXTERNAL),
        "file.external",
    ),
    "ole": (rels("oleObject", "embeddings/oleObject1.bin"), "file.embedded"),
    "ole by its name": (word(word__embeddings__a=b"x"), "file.embedded"),
    "ole by its content": (word(word__media__image1=OLE + b"x"), "file.embedded"),
    "program": (word(word__media__image1=b"MZ\x90"), "file.embedded"),
    "activex": (word(word__activeX__activeX1=b"<x/>"), "file.embedded"),
    "macros": (word(**{"word__vbaProject.bin": b"x"}), "file.macros"),
    "macros in capitals": (word(**{"WORD__VBAPROJECT.BIN": b"x"}), "file.macros"),
    "macros by their type": (
        word('<Override PartName="/a" ContentType="application/vnd.ms-office.vbaProject"/>'),
        "file.macros",
    ),
    "macros by a relationship": (
        rels("vbaProject", "a.bin"),
        "file.macros",
    ),
    "two of one name": (
        word(**{"word___rels__a.rels": "<a/>", "WORD___rels__A.rels": "<a/>"}),
        "file.unread",
    ),
    "pieces of a part": (
        word(**{"word___rels__settings.xml.rels__[0].last.piece": TEMPLATE}),
        "file.unread",
    ),
    "a doctype": (
        word(**{"word___rels__a.rels": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}),
        "file.unread",
    ),
    "no XML": (word(**{"word___rels__a.rels": "<a>"}), "file.unread"),
    "a bomb": (word(**{"word___rels__a.rels": b" " * 31_000_000}), "file.unread"),
    "workbook linked": (
        archive(
            {
                "[Content_Types].xml": TYPES.format(""),
                "xl/workbook.xml": "<w/>",
                "xl/externalLinks/externalLink1.xml": "<ddeLink/>",
            }
        ),
        "file.external",
    ),
    "workbook with a connection": (
        archive(
            {
                "[Content_Types].xml": TYPES.format(""),
                "xl/workbook.xml": "<w/>",
                "xl/Connections.xml": "<c/>",
            }
        ),
        "file.external",
    ),
    "basic": (open_document("1.", **{"Basic/Standard/Module1.xml": b"<x/>"}), "file.macros"),
    "basic in capitals": (open_document("1.", **{"BASIC/script-lc.xml": b"<x/>"}), "file.macros"),
    "python": (open_document("1.", **{"Scripts/python/a.py": b"1"}), "file.macros"),
    "listener": (
        open_document(
            "1.",
            extra='<office:event-listeners><script:event-listener script:event-name="dom:load" '
            'xlink:href="vnd.sun.star.script:a"/></office:event-listeners>',
        ),
        "file.macros",
    ),
    "macro behind a link": (
        open_document("1.", extra='<text:a xlink:href="VND.sun.star.script:a?b">x</text:a>'),
        "file.macros",
    ),
    "odf ole": (
        open_document("1.", extra='<draw:object-ole xlink:href="./Object 1"/>'),
        "file.embedded",
    ),
    "odf ole by its content": (open_document("1.", **{"Object 1": OLE}), "file.embedded"),
    "plugin": (open_document("1.", extra="<draw:plugin/>"), "file.embedded"),
    "section from elsewhere": (
        open_document(
            "1.",
            extra='<text:section><text:section-source xlink:href="http://x.example/a.odt"/>'
            "</text:section>",
        ),
        "file.external",
    ),
    "odf picture from a share": (
        open_document("1.", extra='<draw:image xlink:href="//srv/a.png"/>'),
        "file.external",
    ),
    "odf dde": (open_document("1.", extra="<office:dde-source/>"), "file.external"),
}


@pytest.mark.parametrize("name", OFFICE)
def test_an_office_document_that_does_something_is_found(name):
    data, code = OFFICE[name]
    assert active_content.find(data) == code


def test_usual_documents_pass():
    made = docx.Document()
    paragraph = made.add_paragraph("Прошу полагодити ліхтар.")
    paragraph.part.relate_to("https://rada.gov.ua/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made.add_table(2, 2)
    letter, sheet = io.BytesIO(), io.BytesIO()
    made.save(letter)
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.active["A2"].hyperlink = "https://rada.gov.ua/"
    book.save(sheet)
    linked = open_document("1.", extra='<text:a xlink:href="https://rada.gov.ua/">x</text:a>')
    for data in (letter.getvalue(), sheet.getvalue(), linked):
        assert active_content.find(data) == ""
        assert uploads.accept(io.BytesIO(data), passive=True).content == data


# --- PDF ------------------------------------------------------------------------------------------


def pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def stream(content: bytes, said: bytes = b"") -> bytes:
    head = b"<< /Length %d %s >>\nstream\n" % (len(content), said)
    return head + content + b"\nendstream"


INNER = b"12 0 13 40 << /S /JavaScript /JS (app.alert(1)) >> << >>"
OBJECTS = b"/Type /ObjStm /N 2 /First 10 /Filter /FlateDecode"


def written(*, encrypted: bool = False, script: bool = False) -> bytes:
    """By pypdf."""
    made = pypdf.PdfWriter()
    made.add_blank_page(100, 100)
    if script:
        action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
        made.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject(key): value for key, value in action.items()}
        )
    if encrypted:
        made.encrypt("пароль", algorithm="RC4-128")
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (written(script=True), "file.script"),
        (pdf(b"<< /OpenAction << /S /Launch /F (cmd.exe) >> >>"), "file.script"),
        (pdf(b"<< /OpenAction<</S/JavaScript/JS(1)>> >>"), "file.script"),
        (pdf(b"<< /S /#4aavaScript >>"), "file.script"),
        (pdf(b"<< /S /J#61v#61Scrip#74/JS 2 0 R >>"), "file.script"),
        (pdf(b"<< /S /L#61unch >>"), "file.script"),
        (pdf(b"<< /S /GoToE /F (\\\\\\\\srv\\\\a.pdf) >>"), "file.script"),
        (pdf(b"<< /S /SubmitForm /F (http://x.example/) >>"), "file.script"),
        (pdf(b"<< /AcroForm << /XFA 2 0 R >> >>"), "file.script"),
        (pdf(stream(zlib.compress(INNER), OBJECTS)), "file.script"),
        # Without saying what it is, with white space before, and with a comment between.
        (pdf(stream(zlib.compress(b"\n " + INNER), b"/Filter 9 0 R")), "file.script"),
        # Object streams that cannot be unpacked so.
        (pdf(stream(INNER.hex().encode(), OBJECTS)), "file.unread"),
        (pdf(stream(zlib.compress(b"1 0 " + b" " * 20_000_000), OBJECTS)), "file.unread"),
        (
            pdf(stream(zlib.compress(b"1 0 << >>"), OBJECTS)) + b"trailer << /#45ncrypt 5 0 R >>",
            "file.unread",
        ),
        (written(), ""),
        (written(encrypted=True), ""),
        (pdf(stream(zlib.compress(b"1 0 << /A 1 >>"), OBJECTS)), ""),
        (pdf(stream(zlib.compress(bytes(range(256)) * 90), b"/Filter /FlateDecode")), ""),
        (pdf(b"<< /Title (JavaScript /JavaScripts /Launcher) >>"), ""),
        (pdf(b"<< /S /URI /URI (https://rada.gov.ua/) >>"), ""),
    ],
)
def test_a_pdf_that_does_something_is_found(data, code):
    assert active_content.find(data) == code


def test_who_does_not_ask_for_passive_files_gets_what_was_accepted_before():
    data, _code = OFFICE["attached template"]
    assert uploads.accept(io.BytesIO(data)).media_type == uploads.DOCX
