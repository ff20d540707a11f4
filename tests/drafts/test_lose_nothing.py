"""Whatever the text: nothing is lost, the tree is a tree, the page's text is the clause's."""

import re
import time
from collections import Counter
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import importing
from drafts.importing import ImportRefused, markup
from drafts.importing.blocks import Block, Span
from drafts.importing.set_aside import words_of
from tests.drafts.files import DECISION, STATUTE, document, word

MARKERS = st.sampled_from(
    ["1.", "2.", "3.", "1.1.", "2.1", "1)", "2)", "2-1)", "а)", "б)", "I.", "ІІ.", "Розділ I"]
    + ["Глава 2", "§ 1", "Стаття 5.", "Стаття 6", "Додаток 1", "Додаток ІІ", "Додаток"]
    + ["ЗАТВЕРДЖЕНО", "–", "«3.", ""]
    + ["ЗМІСТ", "Розділ I 1", "Розділ I 2", "Глава 2 3", "Стаття 6 4", "ЗАТВЕРДЖЕНО 5"]
    + ['"Стаття 7.', '"2)', "4. ЗАГАЛЬНІ", "{Пункт", "до рішення", "ПОЛОЖЕННЯ", "В. ПРИКЛАД"]
)
WORD = re.compile(r"\w+")
WORDS = st.lists(
    st.sampled_from(
        ["Рада", "вирішує", "тариф:", "діє.", "«так»", 'ні";', "ПРО ВСЕ", "№ 5", "<b>"]
    ),
    max_size=5,
).map(" ".join)
LINES = st.tuples(MARKERS, WORDS).map(" ".join) | st.text(max_size=30)
TEXTS = st.lists(LINES, min_size=1, max_size=40).map("\n".join)


def visible(text):
    """What can be seen of a text, without white space."""
    hidden = "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
    return "".join(re.sub(hidden, " ", text).split()).replace(" ", "")


def imported_from(text):
    try:
        return importing.read(text.encode(), "рішення.txt")
    except ImportRefused:
        return None


def nodes_of(text):
    imported = imported_from(text)
    return imported and imported.nodes


def joined_words(imported):
    """All words of a file, those of the text first."""
    nodes = [f"{node.printed} {node.text}" for node in imported.nodes]
    return "\n".join([*nodes, *(line for each in imported.set_aside for line in each.lines)])


def counted(imported):
    """Words of the text and words set aside are those of the file."""
    aside = sum(each.words for each in imported.set_aside)
    assert words_of(imported.nodes) + aside == imported.words


@given(TEXTS)
def test_the_clauses_joined_are_the_text(text):
    imported = imported_from(text)
    if imported is None:
        return
    counted(imported)
    # Each run of lines set aside stands before its clause, and nothing else is anywhere else.
    pieces = [[f"{node.printed} {node.text}"] for node in imported.nodes] + [[]]
    for each in reversed(imported.set_aside):
        pieces[each.before][:0] = each.lines
    assert visible(" ".join(line for piece in pieces for line in piece)) == visible(text)


@pytest.mark.parametrize("text", [DECISION, STATUTE.format("\t"), STATUTE.format(" ... ")])
def test_every_word_is_in_the_text_or_set_aside(text):
    titles = "".join(f'<li><a href="/{n}">Посилання {n}</a>' for n in range(4))
    page = f"<html><nav><ul>{titles}</ul></nav><pre>{text}</pre><ul>{titles}</ul></html>"
    menus = [f"Посилання {n}" for n in range(4)] * 2
    for data, words in (
        (text.encode(), text),
        (word(document(*text.split("\n"))), text),
        (page.encode(), "\n".join([text, *menus])),
    ):
        imported = importing.read(data)
        found = Counter(WORD.findall(joined_words(imported)))
        assert found == Counter(WORD.findall(words))
        counted(imported)
    assert {each.kind for each in imported.set_aside} >= {"menu"}


@given(TEXTS)
def test_no_two_clauses_have_one_label(text):
    labels = [node.label for node in nodes_of(text) or ()]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@given(TEXTS)
def test_the_tree_is_a_tree_in_document_order(text):
    chain = []
    for node in nodes_of(text) or ():
        assert node.depth <= len(chain)
        del chain[node.depth :]
        assert node.parent is (chain[-1] if chain else None)
        assert len(node.label) <= 200
        assert node.depth < 20
        chain.append(node)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_the_text_of_the_markup_is_the_text(text, places):
    (block, *_) = importing.read_plain_text(text) or [Block("")]
    text = block.text
    spans = [
        Span(min(a, b), min(max(a, b), len(text)), "biu"[a % 3])
        for a, b in places
        if min(a, b) < min(max(a, b), len(text))
    ]
    html = markup.of_text(text, spans)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text
    marked = sorted({(s.tag, at) for s in spans for at in range(s.start, s.end)})
    read = sorted({(s.tag, at) for s in markup.spans_of(html) for at in range(s.start, s.end)})
    assert read == marked


@pytest.mark.cpu(6)  # a hundred Word files, written and read
@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=8))
def test_word_documents_lose_nothing(lines):
    nodes = importing.read(word(document(*lines))).nodes
    joined = " ".join(f"{node.printed} {node.text}" for node in nodes)
    assert visible(joined) == visible(" ".join(lines))


@given(st.binary(max_size=400))
def test_whatever_the_bytes_they_are_read_or_refused(data):
    for head in (b"", b"<html>", b"<p>", b"# a\n\n", b"PK\x03\x04"):
        try:
            importing.read(head + data)
        except ImportRefused:
            continue


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "1. " * 200_000,
        "(" * 500_000,
        "1.1.1.1.1.1.1.1." * 30_000,
        "Додаток 1\n" * 20_000,
        "ЗАТВЕРДЖЕНО\n" * 20_000,
        "ЗМІСТ\n" * 20_000,
        "<ul><li>" * 90 + "<a href=/a>а</a>" * 20_000,
        "І. ІВАНЕНКО\n" * 20_000,
        "1) а:\n" * 20_000,
        '"1. а\n' * 20_000,
        "\n".join(f"{n % 999 + 1}. а" for n in range(20_000)),
        "ПОЛОЖЕННЯ\n" * 20_000,
        "**" * 300_000,
        "[" * 100_000,
        "*а " * 200_000,
        ("`" * 1_000 + "а`") * 200,
        "> " * 100_000,
        "<p>" * 100_000,
        "<div>" * 300_000,
        "<p>" + "<b>" * 50_000 + "а",
        "<table><tr><td>" * 3_000 + "а",
        "<ol><li>" * 5_000 + "а",
        "<p>" + "а<br>" * 100_000,
        "<p>" + "<b>а</b>в" * 20_000,
        "<!--" * 100_000,
        "<p><a href=" + "'" * 400_000,
        "|" * 100_000 + "\n" + "|-" * 100_000 + "|\n",
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)
def test_the_time_is_bounded(text):
    started = time.process_time()
    for name in ("a.txt", "a.md"):
        try:
            importing.read(text.encode(), name)
        except ImportRefused:
            continue
    assert time.process_time() - started < 10
