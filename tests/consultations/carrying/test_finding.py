"""Where words are found, on texts of known edits: nothing is lost, and what is exact is exact."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.carrying.finding import Finder
from consultations.carrying.models import Method
from drafts.clauses import anchors
from tests.consultations.carrying.conftest import FIRST
from tests.consultations.carrying.judging import Judged, judge, keyed
from tests.consultations.carrying.second_versions import Line, edit

SENTENCES = [line[3:] for line in FIRST.splitlines() if line[:1].isdigit()]
STRANGE = ["Створити відкритий електронний реєстр дозволів і оприлюднювати його щомісяця."]


def lines() -> list[Line]:
    places = ("на площі Копровій", "у мікрорайоні Сонячному", "біля вокзалу", "на Заріччі")
    texts = [f"{text[:-1]} {place}." for place in places for text in SENTENCES]
    return [Line(text, f"п. {number}") for number, text in enumerate(texts, 1)]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_nothing_is_lost_and_exact_is_exact(seed):
    first, judged = lines(), Judged()
    judge(first, edit(first, STRANGE, seed), 40, seed, judged)
    assert sum(judged.table.values()) == judged.total.total() == 40
    assert judged.false_exact == 0


def test_short_words_are_not_found_in_another_clause_by_chance():
    old = Line("Плату за місяць визначає міська рада на пленарному засіданні.", "п. 1")
    new = Line("Договір підписує міська рада.", "п. 1")
    start = old.text.index("міська рада")
    found = Finder([old], [new]).find(old.key, anchors.make(old.text, start, start + 11))
    assert found.method == Method.ORPHAN


def test_a_sentence_that_went_elsewhere_is_found_there():
    old = [
        Line("Стояти можна всюди. Столи ставлять не ближче ніж за два метри від дверей.", "п. 1"),
        Line("Плата за місце сто гривень.", "п. 2"),
    ]
    new = [
        Line("Стояти можна всюди, крім зупинок і переходів.", key=old[0].key),
        Line(
            "Плата за місце сто гривень. Столи ставлять не ближче ніж за два метри від дверей.",
            key=old[1].key,
        ),
    ]
    quote = "Столи ставлять не ближче ніж за два метри від дверей."
    start = old[0].text.index(quote)
    found = Finder(old, new).find(old[0].key, anchors.make(old[0].text, start, start + len(quote)))
    assert (found.method, found.key) == (Method.MOVED, old[1].key)
    assert found.start is not None
    assert new[1].text[found.start : found.end] == quote


def test_what_an_unchanged_clause_had_before_is_no_place_for_a_deleted_one():
    phrase = "у сфері благоустрою населених пунктів громади"
    kept = Line(f"Контроль {phrase} здійснює рада.", "п. 1")
    gone = Line(f"Програми {phrase} затверджує рада.", "п. 2")
    after = [Line(kept.text, "п. 1", key=kept.key)]
    assert Finder([kept, gone], after).find(gone.key, None).method == Method.ORPHAN


def test_matching_gives_each_clause_a_key_of_its_own():
    first = lines()
    second = keyed(first, edit(first, STRANGE, 5).after)
    assert len({line.key for line in second}) == len(second)
