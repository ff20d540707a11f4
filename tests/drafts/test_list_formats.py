"""Numbers whose format the file names: Latin letters, Roman ones, levels of English bylaws."""

from __future__ import annotations

import pytest
from docx import Document

from drafts import importing
from drafts.clauses.tree import arrange
from drafts.importing.markers import recognise
from tests.drafts import files
from tests.drafts.tracked.test_out_and_back import tree
from tests.drafts.tracked.test_tracked_docx import clauses, tracked


def labels(data: bytes, name: str = "a.docx") -> list[str]:
    return [node.label for node in importing.read(data, name).nodes]


def word_lists(*levels: tuple[str, str], items: str) -> bytes:
    """A document with a list; `items` gives the level of each of its paragraphs."""
    made = Document()
    files.define_list(made, 50, *levels)
    for level in items:
        files.listed(made, "Рада вирішує про житло:", 50, int(level))
    return files.word(made)


LATIN = word_lists(("decimal", "%1."), ("lowerLetter", "%2)"), items="01111111111011")
BYLAWS = word_lists(
    *(("upperLetter", "%1."), ("decimal", "%2."), ("lowerLetter", "(%3)"), ("lowerRoman", "%4.")),
    items="0" * 8 + "0123331" + "0123",
)


def test_latin_letters_of_word_stay_latin_and_none_is_lost():
    assert labels(LATIN) == [
        "п. 1",
        *(f"п. 1, підп. «{letter}»" for letter in "abcdefghij"),
        "п. 2",
        *(f"п. 2, підп. «{letter}»" for letter in "ab"),
    ]


def test_levels_of_english_bylaws_hold_each_other():
    assert labels(BYLAWS)[8:] == [
        *("п. «I»", "п. «I», п. 1", "п. «I», п. 1, підп. «a»"),
        *(f"п. «I», п. 1, підп. «a», підп. «{number}»" for number in ("i", "ii", "iii")),
        *("п. «I», п. 2", "п. «J»", "п. «J», п. 1", "п. «J», п. 1, підп. «a»"),
        "п. «J», п. 1, підп. «a», підп. «i»",
    ]


@pytest.mark.parametrize(
    ("form", "pattern", "second"),
    [
        ("decimal", "(%1)", "п. 2"),
        ("decimal", "№ %1", "п. 2"),
        ("decimal", "Питання %1.", "п. 2"),
        ("decimal", "%1", "п. 2"),
        ("decimalZero", "%1.", "п. 02"),
        ("numberInDash", "- %1 -", "п. 2"),
        ("lowerLetter", "%1.", "підп. «b»"),
        ("upperLetter", "%1.", "п. «B»"),
        ("lowerRoman", "(%1)", "підп. «ii»"),
        ("upperRoman", "%1.", "розд. II"),
        ("upperRoman", "%1)", "підп. «II»"),
        ("russianLower", "%1.", "підп. «б»"),
        ("russianUpper", "%1.", "п. «Б»"),
    ],
)
def test_each_format_is_a_number(form, pattern, second):
    made = word_lists((form, pattern), items="00")
    assert labels(made)[1] == second


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("abcde", "abcde"),  # all Latin
        ("абвг", "абвг"),
        ("aбв", "абв"),  # a Latin letter typed in a Ukrainian list
        ("вгдe", "вгде"),
    ],
)
def test_a_typed_letter_is_of_the_alphabet_of_those_beside_it(typed, expected):
    text = "1. Рада:\n" + "\n".join(f"{letter}) житло;" for letter in typed)
    assert labels(text.encode(), "a.txt")[1:] == [f"п. 1, підп. «{letter}»" for letter in expected]


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ('type="A"', ["п. «A»", "п. «B»", "п. «C»"]),
        ('style="list-style-type: lower-alpha"', ["підп. «a»", "підп. «b»", "підп. «c»"]),
        ('style="list-style: upper-roman inside"', ["розд. I", "розд. II", "розд. III"]),
        ('type="i"', ["підп. «i»", "підп. «ii»", "підп. «iii»"]),
        ('type="1"', ["п. 1", "п. 2", "п. 3"]),
    ],
)
def test_a_page_says_how_its_list_counts(says, expected):
    page = f"<ol {says}><li>Рада діє.<li>Рада платить.<li>Рада чекає.</ol>"
    assert labels(page.encode(), "a.html") == expected


def test_a_list_that_shows_no_numbers_has_none():
    page = '<p>1. Так:</p><ol style="list-style: none"><li>перше;<li>друге.</ol>'
    nodes = importing.read(page.encode(), "a.html").nodes
    assert [(node.printed, node.text) for node in nodes[1:]] == [("", "перше;"), ("", "друге.")]


@pytest.mark.django_db
@pytest.mark.parametrize("data", [LATIN, BYLAWS], ids=["latin", "bylaws"])
def test_they_come_back_as_they_went(data):
    sent = clauses(data, name="a.docx")
    assert tree(clauses(tracked(sent, sent), sent)) == tree(sent)
    labels_before = [clause.label for clause in sent]
    arrange(sent)  # as after a repair
    assert [clause.label for clause in sent] == labels_before


@pytest.mark.django_db
def test_a_list_of_one_letter_stays_latin_on_its_way():
    one = word_lists(("decimal", "%1."), ("lowerLetter", "%2)"), items="01")
    sent = clauses(one, name="a.docx")
    assert sent[1].number == "a"
    assert tree(clauses(tracked(sent, sent), sent)) == tree(sent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ARTICLE I\nNAME AND PURPOSE\nSection 1. Name. It is Institute.\nSection 2. It:\n"
            "(a) learns;\n(b) teaches:\n(i) adults;\n(ii) children.\nARTICLE II\n"
            "Section 1. Members:\n1. pay;\n2. vote.",
            ["ст. I", "ст. I, ч. 1", "ст. I, ч. 2", "ст. I, ч. 2, п. «a»", "ст. I, ч. 2, п. «b»"]
            + [f"ст. I, ч. 2, п. «b», п. «{number}»" for number in ("i", "ii")]
            + ["ст. II", "ст. II, ч. 1", "ст. II, ч. 1, п. 1", "ст. II, ч. 1, п. 2"],
        ),
        (
            "Article 1\nEveryone has a right.\nArticle 2\n1. States act.\nSection 3 of it applies.",
            ["ст. 1", "ст. 1, абз. 1", "ст. 2", "ст. 2, ч. 1", "ст. 2, ч. 1, абз. 2"],
        ),
        (
            "Section 1. Scope\n1.1 It applies.\nSection 2. Terms\n2.1 It means.",
            ["розд. 1", "п. 1.1", "розд. 2", "п. 2.1"],
        ),
        (
            "Раздел 1. Общее\nПункт 1. Команда решает.\nПункт 2. Она же платит.\nСтатья 4. Всё",
            ["розд. 1", "п. 1", "п. 2", "ст. 4"],
        ),
        (
            "Rozdział I\nCele\n§ 1\n1. Związek działa.\nRozdział II\nArt. 5. Związek płaci.",
            ["розд. I", "розд. I, § 1", "п. 1", "розд. II", "ст. 5"],
        ),
    ],
    ids=["bylaws", "declaration", "sections", "Russian", "Polish"],
)
def test_words_of_other_languages_name_sections_and_articles(text, expected):
    assert labels(text.encode(), "a.txt") == expected
    sent = clauses(text.encode())
    assert tree(clauses(tracked(sent, sent), sent)) == tree(sent)


@pytest.mark.parametrize(
    "line",
    [
        "Пункт 2 рішення виключити.",
        "Пункт 1. виключити",
        "Section 3 of the Act applies.",
        "Article 5 The Law says otherwise in its second paragraph, too.",
        "Art. 5 Kodeksu karnego stosuje się odpowiednio.",
        "Part of it",
    ],
)
def test_a_sentence_that_names_an_article_is_no_title(line):
    assert recognise(line) is None


def test_word_in_the_pattern_of_a_list_says_what_it_counts():
    data = word_lists(("decimal", "Стаття А-%1."), ("decimal", "%2."), items="0110")
    assert labels(data) == ["ст. А-1", "ст. А-1, ч. 1", "ст. А-1, ч. 2", "ст. А-2"]


def test_sections_of_an_ordinance_stand_in_its_parts():
    lines = ["PART I. DUTIES", "Section 1.01. The board meets:", "(a) in May;", "(b) in June;"]
    lines += ["(c) in July.", "PART II. RIGHTS", "Section 2.01. Members vote:", "(a) once;"]
    lines += ["(b) twice;", "(c) never.", "Section 3.02. Members speak."]
    made = importing.read("\n".join(lines).encode(), "a.txt").nodes
    sections = [node for node in made if node.printed.startswith("Section")]
    assert [node.parent and node.parent.printed for node in sections] == [
        *("PART I.", "PART II.", "PART II.")
    ]


def places(*lines: str) -> list[tuple[str, str]]:
    """The printed numbers of lines of text with those that they stand under."""
    made = importing.read("\n".join(lines).encode(), "a.txt").nodes
    return [(node.printed, node.parent.printed if node.parent else "") for node in made]


def test_paragraph_and_its_first_item_in_one_line_are_two_numbers():
    assert places("§ 3. 1. Rada działa.", "2. Rada radzi.", "§ 4. Rada sprawdza.") == [
        *(("§ 3.", ""), ("1.", "§ 3."), ("2.", "§ 3."), ("§ 4.", "")),
    ]


def test_bracketed_figures_and_capitals_are_lists_of_their_own():
    lines = ["1. The board keeps:", "(a) plans;", "(b) books:", "(1) of guests;", "(2) of ships:"]
    assert places(*lines, "(A) own;", "(B) others;", "(3) of trees;", "(c) keys.") == [
        *(("1.", ""), ("(a)", "1."), ("(b)", "1."), ("(1)", "(b)"), ("(2)", "(b)")),
        *(("(A)", "(2)"), ("(B)", "(2)"), ("(3)", "(b)"), ("(c)", "1.")),
    ]


def test_one_bracketed_figure_is_a_remark():
    assert places("1. Рада діє.", "(1) Примітка до пункту.")[1] == ("", "1.")


def test_number_without_a_dot_is_one_where_its_own_parts_follow():
    lines = ["1 Права", "1.1 Рада діє.", "2 Обов’язки", "2.1 Рада звітує.", "2.2 Рада радиться."]
    assert places(*lines) == [
        *(("1", ""), ("1.1", "1"), ("2", ""), ("2.1", "2"), ("2.2", "2")),
    ]
    assert places("1. Рада діє.", "12 осіб обирають.", "13.1. Голова.")[1] == ("", "1.")


def test_numbers_with_zeros_before_them_are_a_list_of_their_own():
    made = Document()
    files.define_list(made, 50, ("decimal", "%1."))
    files.define_list(made, 60, ("decimalZero", "%1."))
    for listed in (50, *[60] * 11, 50, 50):
        files.listed(made, "Рада вирішує про житло:", listed, 0)
    nodes = importing.read(files.word(made), "a.docx").nodes
    assert [node.depth for node in nodes] == [0, *[1] * 11, 0, 0]
    assert [node.printed for node in nodes][9:] == ["09.", "10.", "11.", "2.", "3."]
