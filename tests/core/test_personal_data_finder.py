"""Personal data in a text: found where they are, and nothing else touched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iso7064 import mod_97_10
from stdnum.ua import edrpou, rntrc

from core.domain.personal_data_finder import Found, Kind, find_personal_data, redact

#: Words that are nobody's, and numbers that are no codes.
TEXT = """
просимо полагодити освітлення на розі біля магазину після дощу темно і небезпечно для дітей
рішення від 12.05.2021 № 123-р складає 4,5 тис. грн за 3 дні о 18:30 кошторис 1200 гривень
відповідно до статті 20 закону, будь ласка! дякую. (фото додаю) тричі на тиждень
"""
WORDS = TEXT.split()

noise = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
digits = st.integers(0, 9).map(str)


def numbers(length: int) -> st.SearchStrategy[str]:
    return st.lists(digits, min_size=length, max_size=length).map("".join)


@st.composite
def rnokpps(draw: st.DrawFn) -> str:
    """The code of somebody born between 1930 and 2020: its first five digits are the day."""
    day = date(1930, 1, 1) + timedelta(days=draw(st.integers(0, 32_000)))
    body = f"{(day - date(1899, 12, 31)).days:05d}{draw(numbers(4))}"
    return body + rntrc.calc_check_digit(body + "0")


@st.composite
def ibans(draw: st.DrawFn) -> str:
    account = draw(numbers(25))
    code = f"UA{mod_97_10.calc_check_digits(account + 'UA')}{account}"
    if draw(st.booleans()):
        code = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    return code


@st.composite
def phones(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(["067", "050", "093", "063", "098", "056", "044"]))
    a, b, c = (draw(st.integers(10**n, 10 ** (n + 1) - 1)) for n in (2, 1, 1))
    form = draw(
        st.sampled_from(
            [
                "+38{area}{a}{b}{c}",
                "+38 ({area}) {a}-{b}-{c}",
                "38{area}{a}{b}{c}",
                "({area}) {a} {b} {c}",
                "{area} {a} {b} {c}",
                "{area}-{a}-{b}-{c}",
                "{area}{a}{b}{c}",
                "8 {area} {a} {b} {c}",
            ]
        )
    )
    return form.format(area=area, a=a, b=b, c=c)


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = draw(st.sampled_from("45")) + draw(numbers(14))
    code = body + luhn.calc_check_digit(body)
    return code if draw(st.booleans()) else " ".join(code[at : at + 4] for at in (0, 4, 8, 12))


@st.composite
def edrpous(draw: st.DrawFn) -> str:
    body = draw(numbers(7).filter(lambda body: body.strip("0")))
    return body + edrpou.calc_check_digit(body + "0")


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (Kind.RNOKPP, rnokpps()),
        (Kind.IBAN, ibans()),
        (Kind.PHONE, phones()),
        (Kind.CARD, cards()),
        (Kind.EDRPOU, edrpous()),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_each_valid_code_is_found_where_it_is(kind, codes):
    @given(noise, codes, noise, st.sampled_from([" ", "\n", ", ", ": ", " («"]))
    def check(before, code, after, gap):
        start = len(before) + len(gap)
        found = find_personal_data(f"{before}{gap}{code}; {after}")
        spans = {(piece.start, piece.end): piece.kind for piece in found}
        assert spans == {(start, start + len(code)): kind}

    check()


def test_a_sum_before_a_card_does_not_hide_it():
    text = "сплатив 1200 4000 0000 0000 0002"
    assert [text[piece.start : piece.end] for piece in find_personal_data(text)] == [
        "4000 0000 0000 0002"
    ]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_a_text_without_any_stays_as_it_is(text):
    assert find_personal_data(text) == []
    assert redact(text, []) == text


@given(st.text(max_size=200))
def test_pieces_are_of_the_text_in_order_and_apart(text):
    at = 0
    for piece in find_personal_data(text):
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end
    redact(text, find_personal_data(text))


@pytest.mark.parametrize(
    "text",
    [
        "2839303957",  # the last digit does not fit
        "UA213223130000026007233566009",
        "4149 4993 1234 5670",
        "00000000 і 0000000000",
        "рахунок на 12 000 000 000 грн",
        "рішення № 1234/2026 від 27.11.2026",
        "площа 3 гектари, 12 кв. м",
        "Верховна Рада України, Кабінет Міністрів, Закон України, Кривий Ріг",
        "На вулиці Івана Франка яма, у парку Шевченка темно",
        "На вул. Рудній 27 листопада не було світла",
        "Мороз пошкодив трубу. Надія на ремонт є. Віра зникла.",
    ],
)
def test_what_only_looks_like_it(text):
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    ("text", "kinds", "redacted"),
    [
        (
            "Я, Коваль Олена Петрівна, живу на вул. Їжакевича, 4, кв. 2, olena@ukr.net.",
            [Kind.NAME, Kind.ADDRESS, Kind.EMAIL],
            "Я, [прізвище та ім’я], живу на [адреса], [електронна пошта].",
        ),
        (
            "Мій сусід Ткаченко шумить. Ткаченка бачили вчора.",
            [Kind.NAME, Kind.NAME],
            "Мій сусід [прізвище] шумить. [прізвище] бачили вчора.",
        ),
        (
            "Директор Т. Г. Шевченко відмовив, а Гончар О. П. ні.",
            [Kind.NAME, Kind.NAME],
            "Директор [прізвище та ім’я] відмовив, а [прізвище та ім’я] ні.",
        ),
        ("Шановний Тарасе Григоровичу!", [Kind.NAME], "Шановний [ім’я]!"),
        (
            "Мар’яні Косач-Квітці та Нечую-Левицькому Івану не відповіли.",
            [Kind.NAME, Kind.NAME],
            "[прізвище та ім’я] та [прізвище та ім’я] не відповіли.",
        ),
        (
            "Народилася 12 травня 1961 року, чоловік 01.02.1955 р.н., донька 1999 р.н.",
            [Kind.BIRTH] * 3,
            "Народилася [дата народження] року, чоловік [дата народження] р.н., "
            "донька [дата народження] р.н.",
        ),
        (
            "Паспорт АН 123456, ID-картка 001234567, запис 19900412-01234, авто АЕ 1234 ВК",
            [Kind.DOCUMENT, Kind.DOCUMENT, Kind.DOCUMENT, Kind.PLATE],
            "Паспорт [документ], ID-картка [документ], запис [документ], авто [номер автомобіля]",
        ),
        (
            "вул. Січових стрільців, 7; просп. 200-річчя Кривого Рогу, буд. 12-А; Рудна вулиця, 15",
            [Kind.ADDRESS] * 3,
            "[адреса]; [адреса]; [адреса]",
        ),
    ],
)
def test_what_people_write(text, kinds, redacted):
    found = find_personal_data(text)
    assert [piece.kind for piece in found] == kinds
    assert redact(text, found) == redacted


def test_only_what_is_chosen_is_replaced():
    text = "Коваль Олена, тел. 067 123 45 67"
    name, phone = find_personal_data(text)
    assert redact(text, [phone]) == "Коваль Олена, тел. [телефон]"
    assert redact(text, [name]) == "[прізвище та ім’я], тел. 067 123 45 67"


@pytest.mark.parametrize(
    "chosen",
    [
        [Found(0, 5, Kind.NAME, ""), Found(3, 8, Kind.NAME, "")],
        [Found(5, 99, Kind.NAME, "")],
        [Found(-3, 2, Kind.NAME, "")],
    ],
)
def test_pieces_of_another_text_are_refused(chosen):
    with pytest.raises(ValueError, match="pieces"):
        redact("десять літер", chosen)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_label(kind):
    assert str(kind.label)
