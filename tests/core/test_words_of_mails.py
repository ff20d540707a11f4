"""Greeting and quotation marks of mails; streets, quarters and periods in sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from accounts.data.queries import words_of
from core.domain.quarters import name_quarter
from core.domain.street_cases import to_accusative, to_instrumental
from core.web.mail import draw, nest_quotes

STREETS = [
    ("вулиця Шахтарська", "вулицю Шахтарську", "вулицею Шахтарською"),
    ("вулиця Літня", "вулицю Літню", "вулицею Літньою"),
    ("вулиця Нова Садова", "вулицю Нову Садову", "вулицею Новою Садовою"),
    ("вулиця Героїв Праці", "вулицю Героїв Праці", "вулицею Героїв Праці"),
    ("проспект Миру", "проспект Миру", "проспектом Миру"),
    ("провулок Тихий", "провулок Тихий", "провулком Тихим"),
    ("вулиця 8 Березня", "вулицю 8 Березня", "вулицею 8 Березня"),
    ("вулиця Тараса Шевченка", "вулицю Тараса Шевченка", "вулицею Тараса Шевченка"),
    ("вулиця Гагаріна", "вулицю Гагаріна", "вулицею Гагаріна"),
    ("вулиця Пирогова", "вулицю Пирогова", "вулицею Пирогова"),
    ("вулиця Рудна", "вулицю Рудну", "вулицею Рудною"),
    ("провулок Івана Франка", "провулок Івана Франка", "провулком Івана Франка"),
    ("Шахтарська вулиця", "Шахтарську вулицю", "Шахтарською вулицею"),
    ("Центральний ринок", "Центральний ринок", "Центральний ринок"),
]


@pytest.mark.parametrize(("name", "accusative", "instrumental"), STREETS)
def test_streets_are_declined_where_it_is_sure(name, accusative, instrumental):
    assert (to_accusative(name), to_instrumental(name)) == (accusative, instrumental)


def test_quotes_within_quotes_are_the_inner_ones():
    assert nest_quotes("(«Агенція «Обрій»») і «Б»") == "(«Агенція „Обрій“») і «Б»"
    for unpaired in ("«Обрій", "»а« «б»", "немає"):
        assert nest_quotes(unpaired) == unpaired


def test_three_years_with_a_leap_day_are_three_years():
    said = [words_of(timedelta(days=days)) for days in (30, 364, 365, 366, 367, 1096)]
    assert said == ["30 днів", "364 дні", "1 рік", "1 рік", "367 днів", "3 роки"]


def test_quarters_are_named_as_people_read_them():
    assert name_quarter(2026, 3) == "III квартал 2026"
    with override("en"):
        assert name_quarter(2026, 4) == "Q4 2026"


@pytest.mark.django_db
def test_a_mail_greets_and_keeps_its_address_in_the_text():
    words = draw("press/ended", {"accreditation": {"outlet": "«Обрій»"}, "path": "/press/"})
    assert words.text.startswith("Добрий день!\n\n")
    assert "<p>Добрий день!</p>" in words.html
    official = draw("appeals/letter", {"appeal": {"label": "1"}, "letter": "Шановна Олено!"})
    assert official.text.startswith("Шановна Олено!")
