"""Word documents as Word shows them: automatic numbers, tables, accepted changes, boxes."""

import io
import zipfile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafts import importing
from drafts.importing import markup
from drafts.importing.numbering import figure
from tests.drafts import files

UKRAINIAN = [("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%3)"), ("russianLower", "%4)")]


def read(document):
    return importing.read(files.word(document), "рішення.docx").nodes


def printed(document):
    return [f"{node.printed} {node.text}".strip() for node in read(document)]


def test_automatic_numbers_are_those_that_word_prints():
    made = Document()
    files.define_list(made, 50, *UKRAINIAN)
    for text, level in (
        *(("Затвердити.", 0), ("Доручити:", 0), ("звітувати;", 1), ("оприлюднити:", 1)),
        *(("на сайті;", 2), ("у газеті:", 2), ("міській;", 3), ("обласній.", 3)),
        *(("ще раз.", 1), ("Контроль.", 0), ("окремо.", 1)),
    ):
        files.listed(made, text, 50, level)
    assert printed(made) == [
        *("1. Затвердити.", "2. Доручити:", "2.1. звітувати;", "2.2. оприлюднити:"),
        *("1) на сайті;", "2) у газеті:", "а) міській;", "б) обласній."),
        *("2.3. ще раз.", "3. Контроль.", "3.1. окремо."),
    ]
    assert [node.label for node in read(made)][4:8] == [
        "п. 2.2, підп. 1",
        "п. 2.2, підп. 2",
        "п. 2.2, підп. 2, підп. «а»",
        "п. 2.2, підп. 2, підп. «б»",
    ]


def test_lists_with_common_counters_go_on_and_others_start_anew():
    made = Document()
    files.define_list(made, 50, ("decimal", "%1."))
    files.refer_to_list(made, 51, 50)
    files.refer_to_list(made, 52, 50, restart=1)
    files.define_list(made, 53, ("upperRoman", "%1."), start=4)
    for number, text in ((50, "а"), (50, "б"), (51, "в"), (52, "г"), (52, "д"), (53, "Розділ ж")):
        files.listed(made, text, number)
    assert printed(made) == ["1. а", "2. б", "3. в", "1. г", "2. д", "IV. Розділ ж"]


def test_numbers_come_from_a_style_too():
    made = Document()
    files.define_list(made, 50, ("decimal", "%1."))
    style = made.styles.add_style("Пункт", 1)
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="50"/></w:numPr>')
    )
    made.add_paragraph("Перший.", style="Пункт")
    made.add_paragraph("", style="Пункт")  # Word counts it, though it says nothing
    made.add_paragraph("Третій.", style="Пункт")
    assert printed(made) == ["1. Перший.", "3. Третій."]


def test_number_formats():
    assert [figure(n, "russianLower") for n in (1, 6, 7, 9, 10)] == ["а", "е", "ж", "и", "к"]
    assert figure(28, "lowerLetter") == "bb"
    assert figure(4, "upperRoman") == "IV"
    assert figure(3, "decimalZero") == "03"
    assert figure(3, "ordinalText") == "3"


def test_a_table_is_one_clause_with_a_real_table():
    made = files.document("1. Затвердити тарифи:")
    table = made.add_table(rows=3, cols=3)
    for row, texts in enumerate(
        (("№", "Послуга", "Ціна"), ("1", "Вивіз", "50"), ("", "", "5 < 6"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    table.cell(1, 1).merge(table.cell(2, 1))
    made.add_paragraph("2. Оприлюднити.")
    clause, node, after = read(made)
    assert (node.kind, node.parent, node.label) == ("table", clause, "табл. 1")
    assert after.label == "п. 2"
    assert node.text == "№\tПослуга\tЦіна\n1\tВивіз\t50\n\t5 < 6"
    html = markup.of_table(node.rows)
    assert '<thead><tr><th scope="col">№</th>' in html
    assert '<td rowspan="2">Вивіз</td>' in html
    assert "<td>5 &lt; 6</td>" in html


def test_cells_merged_across_and_tables_without_headings():
    made = Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "разом"
    table.cell(1, 0).text, table.cell(1, 1).text = "а", "б"
    (node,) = read(made)
    assert node.text == "разом\nа\tб"
    assert markup.of_table(node.rows).startswith('<table><tbody><tr><td colspan="2">разом</td>')


def test_changes_are_read_as_accepted():
    made = files.document("1. Тариф ")
    paragraph = made.paragraphs[0]._p
    for xml in (
        "<w:del><w:r><w:delText>старий</w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t>новий</w:t></w:r></w:ins>",
        "<w:sdt><w:sdtContent><w:r><w:tab/><w:t>діє</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        tag, rest = xml.split(">", 1)
        paragraph.append(parse_xml(f"{tag} {nsdecls('w')}>{rest}"))
    assert printed(made) == ["1. Тариф новий діє"]


def test_text_boxes_and_content_controls_are_read_once():
    made = files.document("1. Поруч рамка.")
    box = "<w:txbxContent><w:p><w:r><w:t>У рамці.</w:t></w:r></w:p></w:txbxContent>"
    made.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
            f'/2006"><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    made.element.body.insert(
        1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>2. У полі.</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert printed(made) == ["1. Поруч рамка.", "У рамці.", "2. У полі."]


def test_parts_are_found_by_their_relations_and_in_the_strict_form():
    data = files.word(files.document("1. Текст."))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict = parts["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    moved = {
        "word/document.xml": None,
        "word/document2.xml": strict,
        "word/_rels/document2.xml.rels": parts["word/_rels/document.xml.rels"],
        **{
            name: parts[name].replace(b"word/document.xml", b"word/document2.xml")
            for name in ("_rels/.rels", "[Content_Types].xml")
        },
    }
    nodes = importing.read(files.rezipped(data, moved)).nodes
    assert [(node.printed, node.text) for node in nodes] == [("1.", "Текст.")]


def test_footnotes_stand_after_the_text():
    data = files.word(files.document("1. Текст."))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="note" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    note = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator"><w:p/></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>Примітка.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    changed = {
        "word/_rels/document.xml.rels": relations.replace(b"</Relationships>", relation.encode()),
        "word/footnotes.xml": note.encode(),
    }
    nodes = importing.read(files.rezipped(data, changed)).nodes
    assert [node.text for node in nodes] == ["Текст.", "Примітка."]


def test_raised_digits_do_not_join_the_number():
    made = Document()
    paragraph = made.add_paragraph("2")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(". Вставлений пункт.")
    (node,) = read(made)
    assert (node.number, node.printed, node.text) == ("2-1", "2¹.", "Вставлений пункт.")


def test_emphasis_is_kept_and_escaped():
    made = Document()
    paragraph = made.add_paragraph("1. Тариф <b> ")
    paragraph.add_run("діє").bold = True
    paragraph.add_run(" завжди")
    (node,) = read(made)
    assert markup.of_text(node.text, node.spans) == "Тариф &lt;b&gt; <b>діє</b> завжди"


def test_headings_by_style_and_by_look():
    made = Document()
    files.heading(made, "РІШЕННЯ")
    made.add_paragraph("Про тарифи")
    made.add_heading("1. Загальні положення", level=2)
    made.add_paragraph("1.1. Тариф діє.")
    files.heading(made, "Прикінцеві норми")
    made.add_paragraph("Далі текст.")
    assert [(node.kind, node.label) for node in read(made)] == [
        ("preamble", "преамбула, абз. 1"),
        ("preamble", "преамбула, абз. 2"),
        ("section", "розд. 1"),
        ("clause", "п. 1.1"),
        ("heading", "розд. 1, «Прикінцеві норми»"),
        ("paragraph", "розд. 1, «Прикінцеві норми», абз. 1"),
    ]
