"""Greeting and quotation marks of mails; streets, quarters and periods in sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from accounts.data.queries import words_of
from core.domain.street_cases import to_accusative, to_instrumental
from core.domain.typography import name_quarter, nested
from core.web.mail import draw

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
    ("вулиця Зоряна", "вулицю Зоряну", "вулицею Зоряною"),
    ("вулиця Червона", "вулицю Червону", "вулицею Червоною"),
    ("провулок 1-й Садовий", "провулок 1-й Садовий", "провулком 1-м Садовим"),
    ("вулиця 2-га Рудна", "вулицю 2-гу Рудну", "вулицею 2-ю Рудною"),
    ("вулиця 40-річчя Перемоги", "вулицю 40-річчя Перемоги", "вулицею 40-річчя Перемоги"),
    ("Шахтарська вулиця", "Шахтарську вулицю", "Шахтарською вулицею"),
    ("Центральний ринок", "Центральний ринок", "Центральний ринок"),
]


@pytest.mark.parametrize(("name", "accusative", "instrumental"), STREETS)
def test_streets_are_declined_where_it_is_sure(name, accusative, instrumental):
    assert (to_accusative(name), to_instrumental(name)) == (accusative, instrumental)


def test_quotes_within_quotes_are_the_inner_ones():
    assert nested("Агенція «Обрій» і «Б»") == "Агенція „Обрій“ і „Б“"
    for unpaired in ("«Обрій", "»а« «б»", "немає"):
        assert nested(unpaired) == unpaired
    with override("en"):
        assert nested("Агенція «Обрій»") == "Агенція «Обрій»"


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
    assert (
        "«ТОВ «Обрій»»"
        in draw("appeals/letter", {"appeal": {"label": "1"}, "letter": "Про «ТОВ «Обрій»»"}).text
    ), "what an officer has written stays"


@pytest.mark.django_db
def test_a_title_is_nested_where_it_is_put_in_and_nothing_else():
    title = "Про «Сад», «Парк» і :)"
    told = {"poll": {"pk": 1, "title": title}, "until": "1 грудня"}
    assert "«Про „Сад“, „Парк“ і :)»" in draw("votes/opened", told).text
    with override("en"):
        assert "«Про «Сад», «Парк» і :)»" in draw("votes/opened", told).text
    hidden = {"poll": {"pk": 1, "title": "«Сад"}, "text": {"question": {"text": "Який «Сад»?"}}}
    assert "Який „Сад“?" in draw("votes/text_hidden", hidden).text, "beside an unpaired mark, too"
