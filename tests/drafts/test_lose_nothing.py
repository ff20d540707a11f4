"""Whatever the text: nothing is lost, the tree is a tree, the page's text is the clause's."""

import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts import importing
from drafts.importing import ImportRefused, markup
from drafts.importing.blocks import Block, Span
from tests.drafts.files import document, word

MARKERS = st.sampled_from(
    ["1.", "2.", "3.", "1.1.", "2.1", "1)", "2)", "2-1)", "а)", "б)", "I.", "ІІ.", "Розділ I"]
    + ["Глава 2", "§ 1", "Стаття 5.", "Стаття 6", "Додаток 1", "Додаток ІІ", "Додаток"]
    + ["ЗАТВЕРДЖЕНО", "–", "«3.", ""]
    + ['"Стаття 7.', '"2)', "4. ЗАГАЛЬНІ", "{Пункт", "до рішення", "ПОЛОЖЕННЯ", "В. ПРИКЛАД"]
)
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


def nodes_of(text):
    try:
        return importing.read(text.encode(), "рішення.txt").nodes
    except ImportRefused:
        return None


@given(TEXTS)
def test_the_clauses_joined_are_the_text(text):
    nodes = nodes_of(text)
    if nodes is None:
        return
    joined = " ".join(f"{node.printed} {node.text}" for node in nodes)
    assert visible(joined) == visible(text)


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
    (block, *_) = importing.text.read(text) or [Block("")]
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
