"""Letters: what the postman, the reader and a screen reader need from the file."""

from __future__ import annotations

import shutil
import subprocess
import tracemalloc

import pytest
from django.utils.translation import override

from accounts.paper.codes import new_code
from accounts.paper.letters import Letter, letters_pdf

pytestmark = pytest.mark.django_db

LETTER = Letter(
    addressee=("Ґалаґан Об’єднаний", "вул. Їжакевича, 4, кв. 2", "м. Рудногірськ"),
    subject="Код для підтвердження",
    paragraphs=("Відкрийте сторінку й укажіть код.", "#let x = *ні* $1$ \\ @ні <ні>"),
    code="4821-0937-5568",
    path="/account/residence/",
)


def text_of(pdf: bytes) -> str:
    """What a reader of the file gets from it."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_every_word_can_be_taken_out_again(settings):
    with override("uk"):
        text = text_of(letters_pdf([LETTER]))
    for words in (*LETTER.addressee, LETTER.subject, *LETTER.paragraphs, LETTER.code):
        assert words in text
    assert settings.CITY["council"] in text
    assert f"{settings.SITE_URL}/account/residence/" in text


def test_it_is_tagged_and_says_its_language():
    with override("uk"):
        pdf = letters_pdf([LETTER])
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf
    assert b"/Lang(uk)" in pdf
    assert b"pdfuaid:part" in pdf


def test_each_letter_is_a_page_with_its_own_code():
    letters = [
        Letter((f"Особа {number}",), "Код", ("Ось код.",), new_code("test")[0], "/account/")
        for number in range(3)
    ]
    pages = text_of(letters_pdf(letters)).split("\f")[:-1]
    assert len(pages) == 3
    for page, letter in zip(pages, letters, strict=True):
        assert letter.code in page
        assert letter.addressee[0] in page


def test_two_hundred_letters_are_one_file_of_modest_size():
    letters = [
        Letter((f"Особа {number}",), "Код", ("Ось код.",) * 4, new_code("test")[0], "/account/")
        for number in range(200)
    ]
    tracemalloc.start()
    pdf = letters_pdf(letters)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert text_of(pdf).count("\f") == 200
    assert len(pdf) < 4 * 2**20
    assert most < 16 * 2**20


def test_the_windows_side_is_the_councils(settings):
    settings.LETTER_WINDOW = "left"
    left = text_of(letters_pdf([LETTER]))
    settings.LETTER_WINDOW = "right"
    right = text_of(letters_pdf([LETTER]))
    indent = [
        next(len(line) - len(line.lstrip()) for line in text.splitlines() if "Їжакевича" in line)
        for text in (left, right)
    ]
    assert indent[0] < 10 < indent[1]


def test_no_letters_are_no_file():
    with pytest.raises(ValueError, match="no letters"):
        letters_pdf([])
