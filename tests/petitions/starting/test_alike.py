"""Petitions that ask for much the same are found in whatever words one asks."""

from __future__ import annotations

import pytest

from core.db.search import document
from petitions.models import State
from petitions.starting.likeness import MOST_SHOWN, alike
from tests.petitions import factories

pytestmark = pytest.mark.django_db

TITLES = (
    "Облаштувати велодоріжку на проспекті Гірників",
    "Відремонтувати дорогу на вулиці Шахтарській",
    "Зберегти парк імені Мершавцева від забудови",
    "Проєкт реконструкції площі Визволення: винести на громадське обговорення",
    "Повернути нічні тролейбуси на маршрут № 3",
    "Встановити пандус біля поліклініки № 5",
    "Заборонити феєрверки під час воєнного стану",
    "Дитячий майданчик у дворі будинку 14 на вулиці Соборності",
    "Освітлення пішохідної алеї у сквері Шевченка",
)


def post(author, title, state=State.COLLECTING, **fields):
    return factories.petition(
        author, state, title=title, search=document(A=title, B="Так буде краще."), **fields
    )


@pytest.fixture
def petitions(olena):
    return {title: post(olena, title) for title in TITLES}


def titles(typed: str) -> list[str]:
    return [each.petition.title for each in alike(typed)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # The same in other forms of the words.
        ("Велодоріжка на проспекті Гірників", 0),
        ("Прошу зробити велодоріжку по проспекту Гірників", 0),
        ("Ремонт дороги на Шахтарській", 1),
        ("Ремонту доріг на вулиці Шахтарській", 1),
        ("Збереження парку Мершавцева", 2),
        ("Захистити парк ім. Мершавцева від забудови", 2),
        # The orthography before 2019.
        ("Проект реконструкції площі Визволення", 3),
        ("Нічний тролейбус № 3", 4),
        ("Пандуси в поліклініці № 5", 5),
        ("Заборона феєрверків", 6),
        ("Заборонити фейєрверки під час війни та воєнного стану", 6),
        ("Дитячі майданчики на Соборності", 7),
        ("Освітити алею у сквері Шевченка", 8),
        # Slips of the finger.
        ("Облаштувати велодорижку на проспекті Гірників", 0),
        ("Встановити пандус біля поліклінники № 5", 5),
    ],
)
def test_the_same_in_other_words_is_found_first(petitions, typed, meant):
    assert titles(typed)[:1] == [TITLES[meant]]


@pytest.mark.parametrize(
    "typed",
    [
        # Share but the words that half of all petitions have.
        "Облаштувати зупинку на вулиці Купріна",
        "Встановити світлофор біля школи",
        "Прошу організувати продаж молока на вулиці Героїв",
        "Збудувати басейн",
        # Too little to look for.
        "",
        "Пет",
        "що це таке",
        "!!! ???",
        "Прошу на вулиці",
    ],
)
def test_another_matter_is_not_found(petitions, typed):
    assert titles(typed) == []


def test_drafts_and_what_is_being_checked_are_nobodys_business(olena):
    for state in (State.DRAFT, State.MODERATION, State.REFUSED):
        post(olena, "Облаштувати велодоріжку на проспекті Гірників", state)
    assert titles("Велодоріжка на проспекті Гірників") == []


@pytest.mark.parametrize("state", [State.ANSWERED, State.NOT_REACHED, State.NOT_SUPPORTED])
def test_past_ones_are_found_with_what_became_of_them(olena, state):
    post(olena, "Облаштувати велодоріжку на проспекті Гірників", state)
    assert titles("Велодоріжка на проспекті Гірників") != []


def test_the_petition_itself_is_left_out(olena):
    own = post(olena, TITLES[0])
    assert alike(TITLES[0], but=own.pk) == []


def test_not_more_than_one_can_read_at_the_same_cost(olena, django_assert_num_queries):
    for number in range(MOST_SHOWN + 3):
        post(olena, f"Велодоріжка номер {number}")
    with django_assert_num_queries(5):  # two of them the transaction's
        found = alike("Велодоріжка")
        assert len(found) == MOST_SHOWN
        assert [each.petition.total.counted for each in found] == [0] * MOST_SHOWN
        assert {each.petition.procedure.threshold for each in found} == {1000}


def test_a_title_of_any_length_is_answered(petitions):
    assert titles("велодоріжка " * 5000) == titles("велодоріжка " * 25) == [TITLES[0]]
    assert titles("'); DROP TABLE petitions_petition; -- велодоріжка <b>Гірників") == [TITLES[0]]


def test_what_can_be_signed_comes_before_what_is_past(olena):
    title = "Облаштувати велодоріжку на проспекті Гірників"
    for state in (State.COLLECTING, State.ANSWERED, State.WITHDRAWN):
        post(olena, title, state)
    assert [each.is_open for each in alike(title)] == [True, False, False]
