"""The text of a PDF: its paragraphs come back, and each word is in the tree or set aside."""

from collections import Counter

import hypothesis
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from drafts import importing
from drafts.importing.set_aside import RUNNING, words_of
from tests.drafts import files, pdfs

WORDS = ("1.", "а)", "Рада", "вирішує", "тариф:", "діє.", "«так»", "№ 5", "–", "ПОЛОЖЕННЯ", "3")
DEMO = sorted((settings.BASE_DIR / "demo").glob("**/v[1-9].txt"))


def set_aside(imported):
    assert {each.kind for each in imported.set_aside} == {RUNNING}
    return [line for each in imported.set_aside for line in each.lines]


def as_text(imported):
    return [(node.label, f"{node.printed} {node.text}".split()) for node in imported.nodes]


@pytest.mark.parametrize("path", DEMO, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("hyphenate", [True, False], ids=["divided", "whole"])
def test_a_draft_set_as_a_pdf_has_the_same_clauses(path, hyphenate):
    source = pdfs.lines(path.read_text().splitlines())
    data = pdfs.typeset(source, page=pdfs.NUMBERED, hyphenate=hyphenate)
    read = importing.read(data, "рішення.pdf")
    assert as_text(read) == as_text(importing.read(path.read_bytes(), path.name))
    assert read.format == "pdf"
    numbers = set_aside(read)
    assert numbers == [str(at + 1) for at in range(len(numbers))]
    assert words_of(read.nodes) + len(numbers) == read.words
    if not hyphenate:
        assert read.pdf_reading.hyphens == 0


def test_what_repeats_at_the_edges_is_set_aside_and_counted():
    page = (
        "header: [Рішення Рудногірської міської ради #h(1fr) Проєкт], "
        "footer: align(center, context [— #counter(page).display() —])"
    )
    text = [
        *files.DECISION.split("\n"),
        *(f"{n}. Пункт {'слово ' * 60}кінець." for n in range(1, 40)),
    ]
    read = importing.read(pdfs.typeset(pdfs.lines(text), page=page))
    lines = set_aside(read)
    pages = len(lines) // 2
    assert pages > 2
    head = "Рішення Рудногірської міської ради Проєкт"
    assert lines == [line for n in range(1, pages + 1) for line in (head, f"— {n} —")]
    assert words_of(read.nodes) + (5 + 1) * pages == read.words
    first, *between, last = read.set_aside
    assert (first.lines, first.before) == ((head,), 0)
    assert (last.lines, last.before) == ((f"— {pages} —",), len(read.nodes))
    # A paragraph that goes on over the edge stands before it.
    assert [each.before for each in between] == sorted({each.before for each in between})
    assert all(each.lines[1] == head for each in between)
    words = Counter(word for _, words in as_text(read) for word in words)
    assert words == Counter(" ".join(text).split())


RULE = (
    "Власник тварини забезпечує її утримання відповідно до цих Правил, прибирає за нею на вулицях "
    "і в парках та дбає про безпеку інших людей."
)


def clauses(*numbers):
    return [f"{number} {RULE * 3}" for number in numbers]


def of(source, **settings):
    return importing.read(pdfs.typeset(source, **settings))


def test_columns_are_read_one_after_the_other_also_where_they_end():
    texts = clauses(*(f"{n}." for n in range(1, 14)))
    columns = f"#columns(2, gutter: 8mm)[\n{pdfs.lines(texts)}\n]"
    read = of(f"{pdfs.lines(['ПРАВИЛА'])}\n\n{columns}", page=pdfs.NUMBERED)
    title, *rest = read.nodes
    assert title.text == "ПРАВИЛА"
    assert [f"{node.printed} {node.text}" for node in rest] == texts
    assert set_aside(read) == ["1", "2"]  # the second one has half of a column


def test_words_side_by_side_are_one_line():
    people = "\n\n".join(
        f"#par[ПРИКЛАД Олесь #h(2cm) \u2013 член комісії, депутат {n}]" for n in range(9)
    )
    _first, *read = of(f"{pdfs.lines([RULE])}\n\n{people}", spacing="1.2em").nodes
    assert [node.text for node in read] == [
        f"ПРИКЛАД Олесь – член комісії, депутат {n}" for n in range(9)
    ]


TABLE = """
#table(columns: (auto, 1fr, 2cm), stroke: 0.5pt,
  table.header([№], [Назва послуги], [Тариф, грн]),
  [1], [Вивезення відходів із багатоквартирних будинків та приватного сектору щотижня], [120],
  ..range(2, 60).map(n => ([#n], [Полив], [#(n * 2)])).flatten(),
  table.cell(colspan: 2)[Разом], [151])
"""


def test_a_table_goes_on_over_pages_with_its_heading_once():
    read = of(f"{pdfs.lines(['1. Тарифи:'])}\n{TABLE}\n{pdfs.lines(['2. Контроль.'])}")
    before, table, after = read.nodes
    assert (before.text, table.kind, after.text) == ("Тарифи:", "table", "Контроль.")
    texts = [[cell.text for cell in row] for row in table.rows]
    assert texts[:2] == [
        ["№", "Назва послуги", "Тариф, грн"],
        ["1", "Вивезення відходів із багатоквартирних будинків та приватного сектору щотижня"]
        + ["120"],
    ]
    assert texts[2:-1] == [[str(n), "Полив", str(n * 2)] for n in range(2, 60)]
    assert [(cell.text, cell.colspan) for cell in table.rows[-1]] == [("Разом", 2), ("151", 1)]
    assert [(each.lines, each.before) for each in read.set_aside] == [
        (("№ Назва послуги Тариф, грн",), 2)
    ]


def test_a_note_at_the_foot_does_not_divide_a_paragraph():
    long = f"1. {RULE * 5}#footnote[Закон України від 1 січня 2020 року.] {RULE * 40}"
    read = of(f'#par[#{{"1. "}}{long[3:]}]\n\n{pdfs.lines(["2. Контроль."])}')
    first, note, second = read.nodes
    assert first.text == f"{RULE * 5}¹ {RULE * 40}"
    assert note.text == "¹Закон України від 1 січня 2020 року."
    assert second.printed == "2."


def test_numbers_of_lists_and_annexes_give_their_labels():
    texts = ["1. Парки:", "1.1. великі:", "1) з озером;", "а) глибоким;", "б) мілким;", "2) інші."]
    annex = "#pagebreak()\n#align(right)[Додаток 1 \\ до рішення міської ради]\n\n"
    read = of(
        f"{pdfs.lines(texts)}\n{annex}{pdfs.lines(['ПЕРЕЛІК', '1. Сквер.'])}", page=pdfs.NUMBERED
    )
    assert [node.label for node in read.nodes] == [
        *("п. 1", "п. 1.1", "п. 1.1, підп. 1", "п. 1.1, підп. 1, підп. «а»"),
        *(
            "п. 1.1, підп. 1, підп. «б»",
            "п. 1.1, підп. 2",
            "дод. 1",
            "дод. 1, назва",
            "дод. 1, п. 1",
        ),
    ]


def test_the_order_in_which_it_was_drawn_does_not_matter():
    low, high = pdfs.written(b"2. Last.", top=400), pdfs.written(b"1. First.", top=700)
    read = importing.read(pdfs.drawn(low + high))
    assert [node.text for node in read.nodes] == ["First.", "Last."]


def test_letters_that_are_drawn_twice_are_read_once():
    bold = pdfs.written(b"1. First.") + b"1 0 0 1 0.3 0 cm " + pdfs.written(b"1. First.")
    (node,) = importing.read(pdfs.drawn(bold)).nodes
    assert node.text == "First."


def test_turned_words_are_read_after_the_others():
    turned = b"BT /F 11 Tf 0 1 -1 0 500 100 Tm (Approved by the council) Tj ET "
    read = importing.read(pdfs.drawn(pdfs.written(b"1. First.") + turned))
    assert [node.text for node in read.nodes] == ["First.", "Approved by the council"]


@pytest.mark.cpu(6)  # a PDF for each example, and a child that reads it
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), min_size=1, max_size=12))
@hypothesis.settings(max_examples=8)
def test_no_word_is_lost(paragraphs):
    texts = [RULE, *(" ".join(words) for words in paragraphs)]
    read = of(pdfs.lines(texts), page=pdfs.NUMBERED, hyphenate=False)
    there = Counter(word for _, words in as_text(read) for word in words)
    aside = Counter(word for line in set_aside(read) for word in line.split())
    assert words_of(read.nodes) + aside.total() == read.words
    pages = Counter(str(n + 1) for n in range(aside.total()))
    assert there + aside == Counter(" ".join(texts).split()) + pages
