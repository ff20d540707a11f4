"""A letter on the council's form: its PDF, and the plain text of the same words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from core.export.official_letter import (
    Arms,
    OfficialLetter,
    Reply,
    Sender,
    Signature,
    letter_pdf,
    letter_text,
)
from tests.core.export.structure import structure_of

pytestmark = pytest.mark.django_db

ARMS = Arms(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 24"><path d="M0 0h20v24z"/></svg>',
    "image/svg+xml",
)
#: Words that are markup of typst and of HTML, and are none here.
MARKUP = "#let x = *ні* $1$ \\ @ні <b>ні</b> = ні"

LETTER = OfficialLetter(
    subject="Про ремонт дороги на вул. Їжакевича",
    day=date(2026, 11, 27),
    number="15-20.11.2026",
    reply_to=Reply("12-20.11.2026", date(2026, 11, 20)),
    addressee=("Ґалаґан Об’єднаній Петрівні", "вул. Їжакевича, 4, кв. 2"),
    greeting="Шановна Об’єднано Петрівно!",
    paragraphs=["Роботи виконають до 1 грудня.\n\nСередній абзац.\nДругий рядок.", MARKUP],
    signature=Signature("Директор департаменту", "Тарас ШЕВЧЕНКО"),
    sender=Sender("Департамент доріг", "пл. Рудна, 1", "(056) 123-45-67", "roads@rada.example"),
    enclosures=["копія акта", "фото"],
    note="Відповідь можна оскаржити.",
    executor="Олена Коваль, (056) 111-22-33",
)


def words_of(made: bytes) -> str:
    return " ".join(text for _tag, text in structure_of(PdfReader(BytesIO(made))))


def test_the_file_is_tagged_in_ukrainian_and_has_a_title():
    with translation.override("en"):  # the reader's language does not matter
        made = letter_pdf(LETTER, ARMS)
    reader = PdfReader(BytesIO(made))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "uk"
    assert reader.metadata.title == LETTER.subject
    assert b"pdfuaid:part" in made
    assert ("H1", LETTER.subject) in structure_of(reader)
    assert len(reader.pages) == 1


def test_every_word_of_the_letter_can_be_read_in_both(settings):
    made, text = words_of(letter_pdf(LETTER)), letter_text(LETTER)
    for words in (
        settings.CITY["council"],
        LETTER.sender.department,
        LETTER.sender.address,
        "27.11.2026 № 15-20.11.2026",
        "На № 12-20.11.2026 від 20.11.2026",
        *LETTER.addressee,
        LETTER.greeting,
        "Роботи виконають до 1 грудня.",
        MARKUP,
        "1. копія акта",
        LETTER.signature.post,
        LETTER.signature.name,
        LETTER.note,
        LETTER.executor,
    ):
        assert words in made
        assert words in text


def test_paragraphs_are_those_that_empty_lines_part():
    found = structure_of(PdfReader(BytesIO(letter_pdf(LETTER))))
    assert ("P", "Роботи виконають до 1 грудня.") in found
    assert ("P", "Середній абзац. Другий рядок.") in found
    assert "\n\nСередній абзац.\nДругий рядок.\n\n" in letter_text(LETTER)


def test_what_the_department_lacks_is_the_council_s(settings):
    letter = replace(LETTER, sender=Sender(), number="", reply_to=None, enclosures=(), note="")
    text = letter_text(letter)
    assert settings.CITY["address"] in text
    assert "№" not in text
    assert "Додат" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    "arms", [Arms(b"nonsense", "image/png"), Arms(b"<svg", "image/svg+xml"), Arms(b"", "text/html")]
)
def test_arms_that_cannot_be_drawn_stop_no_letter(arms):
    assert LETTER.greeting in words_of(letter_pdf(LETTER, arms))


def test_a_sign_that_the_type_lacks_and_one_that_is_none_stop_no_letter():
    letter = replace(LETTER, paragraphs=["Дякую 😀 \x00\u202e 漢"], subject="\x00 ")
    assert "Дякую □" in words_of(letter_pdf(letter))


def test_a_long_letter_has_numbered_pages():
    letter = replace(LETTER, paragraphs=["слово " * 400] * 8)
    reader = PdfReader(BytesIO(letter_pdf(letter)))
    assert len(reader.pages) > 1
    assert f"1 / {len(reader.pages)}" in reader.pages[0].extract_text()
