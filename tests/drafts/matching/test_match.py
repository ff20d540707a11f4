"""Which clause of a new version is which of the one before."""

import time
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from drafts.matching.versions import match


@dataclass
class Line:
    text: str
    label: str = ""
    kind: str = "clause"
    key: UUID = field(default_factory=uuid4)


def matched(before, after):
    places = {line.key: at for at, line in enumerate(before)}
    return [places.get(key) for key in match(before, after)]


def test_an_insertion_shifts_numbers_and_not_keys():
    before = [Line("Скликати сесію щомісяця.", "п. 1"), Line("Звітувати про видатки.", "п. 2")]
    after = [
        Line("Скликати сесію щомісяця.", "п. 1"),
        Line("Транслювати засідання в мережі.", "п. 2"),
        Line("Звітувати про видатки і доходи.", "п. 3"),
    ]
    assert matched(before, after) == [0, None, 1]


def test_other_words_under_the_same_number_are_another_clause():
    assert matched([Line("Скликати сесію.", "п. 1")], [Line("Купити трактор.", "п. 1")]) == [None]


def test_a_section_under_another_title_is_the_same():
    assert matched(
        [Line("Загальні положення", "розд. I", "section")], [Line("Основи", "розд. I", "section")]
    ) == [0]
    assert matched([Line("", "дод. 1", "annex")], [Line("", "дод. 1", "annex")]) == [0]


def test_repeated_words_keep_their_numbers_and_then_their_order():
    before = [Line("так", "п. 1"), Line("так", "п. 2"), Line("так", "п. 3")]
    after = [Line("так", "п. 2"), Line("так", "п. 9"), Line("так", "п. 8"), Line("так", "п. 7")]
    assert matched(before, after) == [1, 0, 2, None]


def test_few_words_are_enough_between_the_same_neighbours():
    first, last = Line("Скликати сесію щомісяця.", "п. 1"), Line("Контроль покласти.", "п. 3")
    old = Line("Звітувати раз на рік про видатки бюджету громади.", "п. 2")
    new = Line("Звітувати щокварталу на сайті про борги громади й премії.", "п. 7")
    before = [first, old, last]
    assert matched(before, [Line(first.text), new, Line(last.text)]) == [0, 1, 2]
    stranger = Line("Купити трактор для комунального господарства.", "п. 7")
    assert matched(before, [Line(first.text), stranger, Line(last.text)]) == [0, None, 2]


def test_repeated_words_go_with_their_neighbours():
    before = [Line("Школи."), Line("Щороку."), Line("Лікарні."), Line("Щороку.")]
    after = [Line("Лікарні."), Line("Щороку."), Line("Школи."), Line("Щороку.")]
    assert matched(before, after) == [2, 3, 0, 1]


LINES = st.lists(
    st.builds(
        Line,
        st.lists(st.sampled_from(["тариф", "діє", "рік", "ні"]), max_size=6).map(" ".join),
        st.sampled_from(["п. 1", "п. 2", "п. 3", ""]),
        st.sampled_from(["clause", "section", "table"]),
    ),
    max_size=12,
)


@given(LINES, LINES)
def test_no_key_is_given_twice(before, after):
    keys = [key for key in match(before, after) if key]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {line.key for line in before}


@given(LINES)
def test_the_same_version_matches_itself(lines):
    distinct = {(line.kind, line.label, line.text): line for line in lines if line.text}
    lines = list(distinct.values())
    assert match(lines, lines) == [line.key for line in lines]


def test_the_time_is_bounded():
    same = [Line("державний бюджет", f"п. {n}") for n in range(10_000)]
    other = [Line("державний бюджет міста", f"п. {n * 3}") for n in range(10_000)]
    started = time.process_time()
    match(same, other)
    assert time.process_time() - started < 5
