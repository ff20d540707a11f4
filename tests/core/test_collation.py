"""Ukrainian order, the same in Python and in PostgreSQL."""

import random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core.db.collation import KEY_LENGTH, key

ALPHABET = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"

# Each list is in its right order.
ORDERED = [
    list(ALPHABET),
    list(ALPHABET.lower()),
    ["Гаврилюк", "Ганжа", "Ґалаґан", "Ґудзь", "Дем’янець"],
    ["єдність", "єнот", "жаба", "ива", "ім’я", "їжак", "йод", "калина"],
    ["п. 1", "п. 1.1", "п. 1.2", "п. 1.10", "п. 2", "п. 2.1", "п. 10", "п. 10.1", "п. 100"],
    ["Додаток 2", "Додаток 2а", "Додаток 2б", "Додаток 10"],
    ["1 травня", "9 травня", "10 травня", "Архітекторів", "Zelena"],
    ["Кривий Ріг", "Кривий Яр", "Криворіжжя", "Кривуля"],
    ["вул. Мирна", "вул. Миру, 2", "вул. Миру, 12", "вул. Миру, 12а", "вул. Миру, 102"],
    ["пята", "п’ята", "пятий"],
    ["рада", "Рада", "РАДА", "радар"],
    ["замок", "за́мок", "замочок"],
    ["яблуко", "apple", "banana", "école", "omega", "ωμέγα"],
    ["ежевика", "ёлка", "єдність", "жук"],
    ["«Антена»", "Бульвар", "«Весна»", "— Ґанок"],
    ["007", "8", "0010"],
]


@pytest.fixture(params=ORDERED, ids=lambda words: words[0])
def ordered(request):
    return request.param


def test_python_sorts_by_the_key(ordered):
    shuffled = ordered.copy()
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=key) == ordered
    assert len({key(word) for word in ordered}) == len(ordered)


def test_postgresql_sorts_by_the_key(db, ordered):
    rows = ordered[::-1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[], %s::text[]) AS row (name, key)"
            ' ORDER BY key COLLATE "C"',
            [rows, [key(name) for name in rows]],
        )
        assert [name for (name,) in cursor] == ordered


@pytest.mark.parametrize(
    "same",
    [
        ["вул. Миру", "вул Миру", "«вул.  Миру»", "вул-Миру"],
        ["п'ять", "п’ять", "пʼять", "п`ять", "п´ять"],
        ["№ 5", "5", "05."],
        ["сло\u00adво", "слово"],
        ["и\u0306од", "йод"],  # й of two code points
        ["Ⅳ розділ", "IV розділ"],
    ],
)
def test_these_do_not_differ(same):
    assert len({key(text) for text in same}) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("п’ять", "пятьох"), ("Обʼєкт", "обєкти"), ("МІСТ", "міста"), ("за́мок", "замокти")],
)
def test_apostrophe_accent_and_case_matter_least(first, second):
    assert key(first) < key(second)


def test_a_text_without_words_has_an_empty_key():
    assert key("") == key(" — ") == ""


@given(st.text(max_size=300))
def test_any_text_gives_a_bounded_key_that_a_column_can_hold(text):
    found = key(text)
    assert len(found) <= KEY_LENGTH
    assert "\x00" not in found
    found.encode()


@given(st.text(ALPHABET + ALPHABET.lower(), max_size=12), st.text(ALPHABET.lower(), min_size=1))
def test_a_beginning_comes_before_what_it_begins(text, more):
    assert key(text) < key(text + more)


@given(st.lists(st.text(ALPHABET.lower(), max_size=8), min_size=2, max_size=2))
def test_words_are_compared_letter_by_letter(words):
    places = [[ALPHABET.lower().index(letter) for letter in word] for word in words]
    assert (key(words[0]) < key(words[1])) == (places[0] < places[1])


@given(st.integers(0, 10**40), st.integers(0, 10**40))
def test_numbers_are_compared_by_value(a, b):
    assert (key(f"п. {a}") < key(f"п. {b}")) == (a < b)


@given(st.text(max_size=30), st.text(max_size=30))
def test_bytes_and_characters_agree(a, b):
    assert (key(a) < key(b)) == (key(a).encode() < key(b).encode())
