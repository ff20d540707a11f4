"""A lawyer's file with pending changes is read as if all were accepted, and that is told."""

from __future__ import annotations

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafts import importing
from tests.drafts import files

BY = 'w:id="1" w:author="Юрист" w:date="2026-11-27T12:00:00Z"'


def made(*paragraphs: str):
    document = Document()
    for inner in paragraphs:
        document.element.body.insert_element_before(
            parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"), "w:sectPr"
        )
    return importing.read(files.word(document), "a.docx")


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def deleted(text: str) -> str:
    return f"<w:del {BY}>{run(text, 'delText')}</w:del>"


MARK = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"


def test_changes_are_read_as_accepted_and_counted():
    read = made(run("1. Ставка ") + deleted("5") + f"<w:ins {BY}>{run('7')}</w:ins>" + run(" %."))
    assert [node.text for node in read.nodes] == ["Ставка 7 %."]
    assert read.tracked == 2
    assert made(run("1. Без змін.")).tracked == 0


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    read = made(MARK + run("1. Ставка становить "), run("7 %."), run("2. Далі."))
    assert [node.text for node in read.nodes] == ["Ставка становить 7 %.", "Далі."]


def test_a_paragraph_deleted_as_a_whole_is_none():
    read = made(run("1. Один."), MARK + deleted("2. Два."), run("2. Три."))
    assert [(node.number, node.text) for node in read.nodes] == [("1", "Один."), ("2", "Три.")]


def test_a_deleted_row_is_none():
    document = Document()
    table = document.add_table(3, 2)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"к{at}"
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} {BY}/>"))
    (node,) = importing.read(files.word(document), "a.docx").nodes
    assert node.text == "к0\tк1\nк4\tк5"
