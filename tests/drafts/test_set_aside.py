"""What is no part of a text is set aside at its import, and every word is in one of the two."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafts import importing
from drafts.importing.contents import find_contents
from drafts.importing.set_aside import words_of
from tests.drafts.files import STATUTE, document, word

BODY = STATUTE.format("\t").split("\n")[7:]


def read(data, name=""):
    imported = importing.read(data, name)
    found = imported.set_aside
    assert words_of(imported.nodes) + sum(each.words for each in found) == imported.words
    return [node.label for node in imported.nodes], found


def field(kind):
    return f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(words):
    return f"<w:r {nsdecls('w')}><w:instrText>{words}</w:instrText></w:r>"


def put(paragraph, *runs, at=None):
    for run in runs:
        if at is None:
            paragraph._p.append(parse_xml(run))
        else:
            paragraph._p.insert(at, parse_xml(run))


def with_field(*, is_closed=True, last=""):
    """A statute whose list of contents is Word's field, with a field of each page in it."""
    made = document("СТАТУТ", "Зміст")
    entries = [made.add_paragraph(f"{title} ") for title in ("Перше", "Друге", "Третє")]
    begin = (field("begin"), instruction("TO"), instruction('C \\o "1-3"'), field("separate"))
    for at, run in enumerate(begin):
        put(entries[0], run, at=at)
    for number, entry in enumerate(entries, 3):
        put(entry, field("begin"), instruction("PAGEREF _Toc1 \\h"), field("separate"))
        entry.add_run(str(number))
        put(entry, field("end"))
    end = made.add_paragraph()
    if is_closed:
        put(end, field("end"))
    end.add_run(last)
    for line in BODY:
        made.add_paragraph(line)
    return word(made)


@pytest.mark.parametrize("leader", ["\t", " ....... ", "……"])
def test_typed_contents_before_the_same_titles(leader):
    labels, (found,) = read(STATUTE.format(leader).encode(), "a.txt")
    assert (found.kind, len(found.lines), found.before) == ("contents", 6, 1)
    assert found.lines[0] == "ЗМІСТ"
    assert labels[1:4] == ["розд. I", "ст. 1", "ст. 1, ч. 1"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # The title over two lines, an entry that goes on in the next line, dates around them.
        ("Рік 2026\nПро\nраду 3\nСуд 4\nГерб 5\nРік 2026\nПро раду\nСуд\nГерб", [1, 2, 3, 4]),
        ("Розділ І. Рада 3\nСуд 4\nГерб 5\n1.\nРозділ I\nРада\nСуд\nГерб", [0, 1, 2]),
        # Without pages only under their title.
        ("Зміст\nРада\nСуд\nГерб\n1. Так\nРада\nСуд\nГерб", [0, 1, 2, 3]),
        ("Є:\nРада\nСуд\nГерб\n1. Так\nРада\nСуд\nГерб", []),
        # A table that came line by line.
        ("Разом\n2011\nТариф\n2012\nЗбір\n2013\nРазом\nТариф\nЗбір", []),
        # Two lines alone, ends in numbers that no later line repeats, pages that go back.
        ("Статут 3\nРада 4\n1. Так.\nСтатут\nРада", []),
        ("1. Тариф 3\n2. Збір 4\n3. Податок 5\n4. Кінець.", []),
        ("Статут 9\nРада 5\nСуд 2\n1. Так.\nСтатут\nРада\nСуд", []),
    ],
)
def test_which_lines_are_typed_contents(text, places):
    assert find_contents(text.split("\n")) == places


def test_contents_in_a_table_or_in_one_paragraph():
    rows = "".join(f"<tr><td>{t}</td><td>{p}</td></tr>" for t, p in (("А", 1), ("Б", 2), ("В", 9)))
    body = "<p>1. Так.</p><p>А</p><p>Б</p><p>В</p>"
    _labels, (found,) = read(f"<p>Зміст</p><table>{rows}</table>{body}".encode())
    assert found.lines == ("Зміст", "А\t1", "Б\t2", "В\t9")
    _labels, (found,) = read(f"<p>А 1<br>Б 2<br>В 9</p>{body}".encode())
    assert found.lines == ("А 1", "Б 2", "В 9")


def test_the_field_of_word():
    labels, (found,) = read(with_field())
    assert found.lines == ("Зміст", "Перше 3", "Друге 4", "Третє 5")
    assert labels == read("\n".join(["СТАТУТ", *BODY]).encode())[0]


def test_words_after_the_field_in_its_last_paragraph_are_text():
    data = with_field(last="Рада вирішила:")
    assert "Рада вирішила:" in [node.text for node in importing.read(data).nodes]
    assert len(read(data)[1][0].lines) == 4


def test_a_field_without_end_sets_nothing_aside():
    assert not read(with_field(is_closed=False))[1]


def test_styles_and_the_content_control_of_word():
    made = document("СТАТУТ", "Рада", "Суд", *BODY)
    style = made.styles.add_style("toc 1", 1)
    for paragraph in made.paragraphs[1:3]:
        paragraph.style = style
    assert read(word(made))[1][0].lines == ("Рада", "Суд")
    made = document("СТАТУТ", "Рада", *BODY)
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"'
        "/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    made.paragraphs[0]._p.addnext(control)
    control[1].append(made.paragraphs[1]._p)
    assert read(word(made))[1][0].lines == ("Рада",)


PAGE = """<body>{}<p>Положення</p><p>1. Див. <a href="/1">Закон</a>.</p>
<p>2. Є.</p>{}</body>"""
LINKS = '<a href="/a">Рада</a>', '<a href="/b">Суд</a>', '<a href="/c">Герб</a>'


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        ('<nav>Меню <a href="/">Головна</a></nav>', ("Меню Головна",)),
        ('<div role="navigation"><p>Меню</p></div>', ("Меню",)),
        (
            f"<ul><li>{LINKS[0]}<li>Тут<li>{LINKS[1]}<ul><li>{LINKS[2]}</ul></ul>",
            ("• Рада", "• Тут", "• Суд", "• Герб"),
        ),
        (f"<p>{' | '.join(LINKS)}</p>", ("Рада | Суд | Герб",)),
        (f"<table><tr><td>{'<br>'.join(LINKS)}</td></tr></table>", ("Рада", "Суд", "Герб")),
        ("<form>Логін <input>Пароль <input type=password></form>", ("Логін Пароль",)),
    ],
)
def test_the_menu_of_a_page(before, lines):
    labels, (found,) = read(PAGE.format(before, "").encode())
    assert (found.kind, found.lines, found.before) == ("menu", lines, 0)
    assert labels[1:] == ["п. 1", "п. 2"]
    assert read(PAGE.format("", before).encode())[1][0].before == 3


@pytest.mark.parametrize(
    "text",
    [
        "<form><p>1. Так.</p><input type=search>" + "<p>2. Слово.</p>" * 50 + "</form>",
        f"<p>{LINKS[0]}</p><p>{LINKS[1]}</p><p>1. Так.</p>",
        f"<ol><li>{LINKS[0]}<li>{LINKS[1]}<li>{LINKS[2]}</ol>",
        '<nav><a href="/">Головна</a></nav>',  # nothing else: then it is the text
    ],
)
def test_what_is_no_menu(text):
    assert not read(text.encode())[1]


def test_links_to_places_of_the_page_are_contents():
    links = "".join(f'<li><a href="#{n}">{n}. Розділ</a>' for n in range(1, 4))
    assert read(PAGE.format(f"<ul>{links}</ul>", "").encode())[1][0].kind == "contents"
    assert read(PAGE.format(f"<nav><ul>{links}</ul></nav>", "").encode())[1][0].kind == "contents"
