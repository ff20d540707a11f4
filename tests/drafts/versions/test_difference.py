"""What changed between two texts and between two versions."""

import time
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.models import Clause
from drafts.versions import difference
from drafts.versions.difference import Op, Status

WORDS = st.lists(st.sampled_from(["тариф", "діє", ",", " ", ".", "\n", "з", "1", "<b>", "’"]))
TEXTS = WORDS.map("".join) | st.text(max_size=60)


def shown(old, new):
    return [(op.value[0], text) for op, text in difference.words(old, new)]


def clause(pk, text="", *, key=None, parent=None, marker=""):
    return Clause(pk=pk, key=UUID(int=key or pk), text=text, parent_id=parent, marker=marker)


@pytest.mark.parametrize(
    ("old", "new", "segments"),
    [
        ("", "", []),
        ("те саме", "те саме", [("e", "те саме")]),
        ("", "нове", [("i", "нове")]),
        ("старе", "", [("d", "старе")]),
        (
            "Тариф діє рік.",
            "Тариф діє два роки.",
            [("e", "Тариф діє "), ("d", "рік"), ("i", "два роки"), ("e", ".")],
        ),
        (
            "до 1 березня звітувати",
            "до 15 квітня звітувати",
            [("e", "до "), ("d", "1 березня"), ("i", "15 квітня"), ("e", " звітувати")],
        ),
        ("а б в", "а в", [("e", "а "), ("d", "б "), ("e", "в")]),
    ],
)
def test_words(old, new, segments):
    assert shown(old, new) == segments


@pytest.mark.parametrize(
    ("old", "new", "segments"),
    [
        ("квиток діє 45 хвилин", "квиток діє 60 хвилин", "квиток діє [-45][+60] хвилин"),
        (
            "а" * 20 + " квиток діє 45 хвилин у " + "б" * 20,
            "а" * 20 + " квиток діє 60 хвилин у " + "б" * 20,
            "…квиток діє [-45][+60] хвилин у…",
        ),
        (
            "1 " + "мова " * 9 + "2",
            "3 " + "мова " * 9 + "4",
            "[-1][+3] мова мова…мова мова [-2][+4]",
        ),
        ("так", "так " + "слово " * 9, "так[+ слово слово слово…]"),
        ("", "нове", "[+нове]"),
        ("те саме", "те саме", "те саме"),
    ],
)
def test_a_difference_is_shortened_to_what_changed(old, new, segments):
    signs = {Op.INSERT: "[+{}]", Op.DELETE: "[-{}]", Op.EQUAL: "{}"}
    parts = difference.around_changes(difference.words(old, new), 12, 22)
    assert "".join(signs[op].format(text) for op, text in parts) == segments


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(old, new):
    segments = difference.words(old, new)
    assert "".join(s.text for s in segments if s.op is not Op.INSERT) == old
    assert "".join(s.text for s in segments if s.op is not Op.DELETE) == new
    assert all(s.text for s in segments)
    assert all(a.op != b.op for a, b in pairwise(segments))


@given(TEXTS)
def test_equal_texts_have_no_difference(text):
    assert [s.op for s in difference.words(text, text)] == ([Op.EQUAL] if text else [])


def test_html_is_escaped():
    html = difference.as_html(difference.words("<b>рік</b>\n&", "<b>два</b>\n&"))
    assert html == "&lt;b&gt;<del>рік</del><ins>два</ins>&lt;/b&gt;<br>\n&amp;"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("а б " * 20_000, "б а " * 20_000),
        ("слово " * 3_000, "слово " * 2_900 + "інше"),
        (
            " ".join(f"слово{n}" for n in range(30_000)),
            " ".join(f"слово{n * 7 % 30_000}" for n in range(30_000)),
        ),
        (
            " ".join(f"Речення номер {n}, довге й однакове." for n in range(3_000)),
            " ".join(f"Речення номер {n}, довге й однакове." for n in range(0, 3_000, 2)),
        ),
        ("." * 100_000, "," * 100_000 + "." * 50_000),
    ],
    ids=["swapped", "repetitive", "shuffled", "sentences", "dots"],
)
def test_the_time_is_bounded(old, new):
    started = time.process_time()
    segments = difference.words(old, new)
    assert time.process_time() - started < 5
    assert "".join(s.text for s in segments if s.op is not Op.INSERT) == old
    assert "".join(s.text for s in segments if s.op is not Op.DELETE) == new


def test_long_texts_are_compared_by_sentences_and_in_them_by_words():
    sentences = [f"Речення номер {n} про тарифи, їх розмір і строки." for n in range(2_000)]
    old = " ".join(sentences)
    sentences[1_000] = "Речення номер 1000 про ціни, їх розмір і строки."
    sentences[0] = "Нове."
    sentences[-1] = "Кінець."
    segments = difference.words(old, " ".join(sentences))
    assert [s.text for s in segments if s.op is Op.INSERT] == ["Нове", "ціни", "Кінець"]


def test_versions_clause_by_clause():
    old = [
        clause(1, "Перше", key=101, marker="1."),
        clause(2, "Друге", key=102, marker="2."),
        clause(3, "Третє", key=103, marker="3."),
        clause(4, "Четверте", key=104, marker="4."),
    ]
    new = [
        clause(11, "Четверте", key=104, marker="1."),
        clause(12, "Перше", key=101, marker="2."),
        clause(13, "Вставлене", key=199, marker="3."),
        clause(14, "Третє інакше", key=103, marker="3-1."),
    ]
    changes = difference.clauses(old, new)
    assert [(c.status, (c.new or c.old).text, c.renumbered) for c in changes] == [
        (Status.MOVED, "Четверте", True),
        (Status.UNCHANGED, "Перше", True),
        (Status.REMOVED, "Друге", False),
        (Status.ADDED, "Вставлене", False),
        (Status.CHANGED, "Третє інакше", True),
    ]
    assert changes[-1].html() == "Третє<ins> інакше</ins>"
    assert changes[2].html() == "<del>Друге</del>"


def test_another_parent_is_a_move():
    old = [clause(1, "А"), clause(2, "Б"), clause(3, "в", parent=1)]
    new = [clause(11, "А", key=1), clause(12, "Б", key=2), clause(13, "в", key=3, parent=12)]
    assert [c.status for c in difference.clauses(old, new)] == [
        Status.UNCHANGED,
        Status.UNCHANGED,
        Status.MOVED,
    ]


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 12)))
def test_every_clause_is_in_the_comparison_once(order, kept):
    old = [clause(n, f"текст {n}") for n in range(1, 9)]
    new = [clause(100 + n, f"текст {n}", key=n) for n in order if n in kept]
    new += [clause(100 + n, "новий", key=n) for n in sorted(kept) if n > 8]
    changes = difference.clauses(old, new)
    assert [c.new for c in changes if c.new] == new
    assert sorted(c.old.pk for c in changes if c.old) == list(range(1, 9))
    steady = [c.old.pk for c in changes if c.status is Status.UNCHANGED]
    assert steady == sorted(steady)
