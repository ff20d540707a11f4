"""Names in a letter: the dative of its addressee, the vocative of its greeting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.name_cases import Gender, greet, to_dative

MEN = [
    ("Шевченко Тарас Григорович", "Шевченку Тарасу Григоровичу", "Тарасе Григоровичу"),
    ("Кравець Ілля Ігорович", "Кравцю Іллі Ігоровичу", "Ілле Ігоровичу"),
    ("Зелінський Микола Лукич", "Зелінському Миколі Лукичу", "Миколо Лукичу"),
    ("Груша Олег Хомич", "Груші Олегу Хомичу", "Олегу Хомичу"),
    ("Швець Андрій Юрійович", "Шевцю Андрію Юрійовичу", "Андрію Юрійовичу"),
]
WOMEN = [
    ("Коваль Олена Петрівна", "Коваль Олені Петрівні", "Олено Петрівно"),
    ("Зелінська Любов Іллівна", "Зелінській Любові Іллівні", "Любове Іллівно"),
    ("Ткаченко Надія Сергіївна", "Ткаченко Надії Сергіївні", "Надіє Сергіївно"),
    ("Ткаченко Надія Лукинічна", "Ткаченко Надії Лукинічні", "Надіє Лукинічно"),
    ("Квітка Ольга Лук’янівна", "Квітці Ользі Лук’янівні", "Ольго Лук’янівно"),
]


@pytest.mark.parametrize(("name", "dative", "greeting"), MEN)
def test_names_of_men(name, dative, greeting):
    assert to_dative(name) == dative
    assert greet(name) == (greeting, Gender.MASCULINE)


@pytest.mark.parametrize(("name", "dative", "greeting"), WOMEN)
def test_names_of_women(name, dative, greeting):
    assert to_dative(name) == dative
    assert greet(name) == (greeting, Gender.FEMININE)


@pytest.mark.parametrize(
    ("name", "dative"),
    [
        ("Нечуй-Левицький Іван Семенович", "Нечую-Левицькому Івану Семеновичу"),
        ("Косач-Квітка Лариса Петрівна", "Косач-Квітці Ларисі Петрівні"),
        ("Драй-Хмара Михайло Опанасович", "Драй-Хмарі Михайлу Опанасовичу"),
        ("О’Коннор Мар’яна Ігорівна", "О’Коннор Мар’яні Ігорівні"),
        ("КОВАЛЬ ІВАН ПЕТРОВИЧ", "КОВАЛЮ ІВАНУ ПЕТРОВИЧУ"),
    ],
)
def test_names_of_two_parts_an_apostrophe_and_capitals(name, dative):
    assert to_dative(name) == dative


@pytest.mark.parametrize(
    ("name", "dative"),
    [
        ("Тарас Григорович Шевченко", "Тарасу Григоровичу Шевченку"),
        ("Максимович Іван Петрович", "Максимовичу Івану Петровичу"),
        ("Олена Коваль", "Олені Коваль"),
        ("Олена Північна", "Олені Північній"),
        ("Коваль Олена", "Коваль Олені"),
        ("Павло Тичина", "Павлу Тичині"),
    ],
)
def test_the_order_of_a_name_is_found_and_kept(name, dative):
    assert to_dative(name) == dative


def test_without_a_patronymic_the_surname_stays_in_the_nominative():
    assert greet("Павло Тичина") == ("Павле Тичина", Gender.MASCULINE)


@pytest.mark.parametrize(
    "name",
    [
        "Шевченко Т. Г.",  # initials
        "Т. Г. Шевченко",
        "John Smith",
        "Müller Jürgen",
        "Нгуєн Тхань Хоа",  # no patronymic
        "Алієв Гейдар Алі огли",
        "Саша Романюк",  # a man or a woman
        "Роман Іван",  # two first names
        "Максимович Іван",  # a surname or a patronymic
        "Коваль Олена Петрович",  # its parts disagree
        "Олена",
        "ТОВ «Ромашка»",
        "",
    ],
)
def test_a_name_that_is_not_sure_stays_as_it_is(name):
    assert to_dative(name) == name
    assert greet(name) is None


@given(st.text(max_size=60))
def test_anything_typed_as_a_name_is_answered(text):
    assert isinstance(to_dative(text), str)
    assert greet(text) is None or to_dative(text)
