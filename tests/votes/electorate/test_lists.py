"""Lists of people as offices have them: what is understood, and why a line is not."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.domain.email_addresses import to_comparable
from core.domain.rules import Refused
from votes.electorate import lists
from votes.electorate.lists import read_list, text_of

OLENA, BOHDAN = ("Олена Коваль", "olena@viche.example"), ("Богдан Лис", "")
TEXT = "Олена Коваль;olena@viche.example\nБогдан Лис;\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("cp1251"),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", ",").encode(),
        '"Олена Коваль";"olena@viche.example"\n"Богдан Лис";""\n'.encode(),
        "Олена Коваль;olena@viche.example;;\n\nБогдан Лис\n".encode(),
        f"ПІБ;E-mail\n{TEXT}".encode(),
        "  Олена   Коваль ; OLENA@Viche.Example \nБогдан Лис;".encode(),
        "olena@viche.example;Олена Коваль\nБогдан Лис".encode(),
    ],
)
def test_what_spreadsheets_and_people_write(data):
    read = read_list(text_of(data))
    assert read.people == [OLENA, BOHDAN]
    assert read.wrong == []
    assert read.without_email == 1


def test_a_name_may_hold_what_parts_cells_elsewhere():
    assert read_list("Коваль, Олена;olena@viche.example").people[0][0] == "Коваль, Олена"
    assert read_list('"Коваль, Олена",olena@viche.example').people[0][0] == "Коваль, Олена"
    assert read_list('"ТОВ ""Тераса""";a@viche.example').people[0][0] == 'ТОВ "Тераса"'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";olena@viche.example", "The name is missing."),
        ("Олена;olena@", "This is not an e-mail address."),
        ("Олена;olena", "This is not an e-mail address."),
        (f"Олена;{'я' * 300}@viche.example", "No mail can be sent to this address."),
        ("Олена;ｏlena@viche.example", "No mail can be sent to this address."),
        ("Соня;sonya@vi\u200bche.example", "This address is on the list already."),
        ("1234;olena@viche.example", "This is not a name."),
        (f"{'я' * 201};olena@viche.example", "The name is longer than 200 characters."),
        ("Олена;olena@viche.example;вул. Рудна", "There is more than a name and an e-mail"),
        ("Соня;SONYA@viche.example", "This address is on the list already."),
        ("Марко Лис", "Somebody of this name without e-mail is on the list"),
        ("Інша;first@viche.example", "This address stands in line 1 already."),
        ("ПЕТРО  Лис", "This name stands in line 2 already"),
    ],
)
def test_a_line_that_is_not_taken_says_its_number_and_why(line, reason):
    known = [("Соня", "sonya@viche.example"), ("Марко Лис", "")]
    text = f"Перша;first@viche.example\nПетро Лис;\n{line}\nОстання;last@viche.example"
    with translation.override("en"):
        read = read_list(text, known=known)
        (wrong,) = read.wrong
        assert str(wrong.reason).startswith(reason)
    assert [name for name, _email in read.people] == ["Перша", "Петро Лис", "Остання"]
    assert wrong.number == 3


def test_two_of_one_name_with_addresses_are_two():
    read = read_list("Олена;one@viche.example\nОлена;two@viche.example")
    assert len(read.people) == 2


def test_a_formula_is_a_name_like_others_and_comes_back_from_our_files():
    assert read_list("'=СУМА(Олена)").people == [("=СУМА(Олена)", "")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04xlsx", "list.workbook"),
        (b"\xd0\xcf\x11\xe0xls", "list.workbook"),
        (b"a\x00b;c", "list.not_text"),
        (b"\xff\xfea", "list.not_text"),
        (b"a" * (lists.MAX_BYTES + 1), "list.too_large"),
    ],
)
def test_a_file_that_is_no_list(data, code):
    with pytest.raises(Refused) as refused:
        text_of(data)
    assert refused.value.verdict.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "list.empty"),
        (" \n;;\nName;E-mail", "list.empty"),
        ("Олена\n" * (lists.MOST_LINES + 1), "list.too_long"),
        ("я" * lists.MAX_BYTES, "list.too_large"),
    ],
)
def test_a_text_that_is_no_list(text, code):
    with pytest.raises(Refused) as refused:
        read_list(text)
    assert refused.value.verdict.code == code


PEOPLE = st.text(
    st.characters(categories=["L", "Zs", "P", "S", "N"]) | st.sampled_from(";,\t\"'=@\n\r"),
    max_size=200,
)


@given(PEOPLE)
def test_whatever_comes_is_read_or_refused_and_what_was_read_reads_again(text):
    try:
        read = read_list(text)
    except Refused as refused:
        assert refused.verdict.code == "list.empty"
    else:
        for name, email in read.people:
            assert 0 < len(name) <= lists.LONGEST_NAME
            assert email == to_comparable(email)
        if read.people:
            assert read_list(read.as_text).people == read.people


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Olena@Viche.Example ", "olena@viche.example"),
        ("olena@громада.укр", "olena@xn--80aahf2bln.xn--j1amh"),
        ("olena@xn--80aahf2bln.xn--j1amh", "olena@xn--80aahf2bln.xn--j1amh"),
        ("olena@vi\u00adche.example", "olena@viche.example"),
        ("olena+x@viche.example", "olena+x@viche.example"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(written, kept):
    assert to_comparable(written) == kept
