"""What each letter about an appeal says, to whom and by which article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from appeals.journal import JournalRow
from appeals.letters.journal import journal_document
from appeals.letters.wording import Applicant, Facts, LetterKind, compose
from appeals.models import Appeal
from core.export.official_letter import Sender, Signature, letter_pdf, letter_text
from core.export.pdf import pdf
from tests.core.export.structure import structure_of

pytestmark = pytest.mark.django_db

FACTS = Facts(
    kind=LetterKind.ANSWER,
    is_request=False,
    number="12-27.11.2026",
    registered_on=date(2026, 11, 27),
    applicant=Applicant("Коваль Олена Петрівна", "вул. Рудна, 4", "olena@viche.example"),
    day=date(2026, 12, 4),
    sender=Sender("Департамент доріг"),
    signature=Signature("Директор департаменту", "Тарас ШЕВЧЕНКО"),
    executor="Іван Мельник, (056) 111-22-33",
    words="Яму залатано 3 грудня.",
    ground="",
    forwarded_to="Служба відновлення в області",
    until=date(2027, 1, 11),
)
REQUEST = replace(FACTS, is_request=True)


def text_of(facts: Facts) -> str:
    return letter_text(compose(facts))


def test_the_answer_goes_to_its_applicant_by_name():
    text = text_of(FACTS)
    assert "Коваль Олені Петрівні\nвул. Рудна, 4\nolena@viche.example" in text
    assert "Шановна Олено Петрівно!" in text
    assert "На № 12-27.11.2026 від 27.11.2026" in text
    assert "Про розгляд звернення" in text
    assert "Яму залатано 3 грудня." in text
    assert "Директор департаменту\nТарас ШЕВЧЕНКО" in text
    assert text.rstrip().endswith("Іван Мельник, (056) 111-22-33")


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("is_request", [False, True])
def test_each_letter_is_one_tagged_page_that_says_what_its_text_says(kind, is_request):
    ground = {LetterKind.RETURNED: "malformed", LetterKind.REFUSED: "repeated"}.get(kind, "")
    letter = compose(replace(FACTS, kind=kind, is_request=is_request, ground=ground))
    reader = PdfReader(BytesIO(letter_pdf(letter)))
    read = " ".join(words for _tag, words in structure_of(reader))
    assert reader.root_object["/Lang"] == "uk"
    assert reader.metadata.title == letter.subject
    assert len(reader.pages) == 1
    for block in letter_text(letter).split("\n"):
        assert " ".join(block.split()) in read
    assert "None" not in read


@pytest.mark.parametrize(
    ("facts", "article"),
    [
        (FACTS, "статті 16 і 17"),
        (REQUEST, "стаття 23"),
        (replace(FACTS, kind=LetterKind.EXTENDED), "стаття 20"),
        (replace(REQUEST, kind=LetterKind.EXTENDED), "частина четверта статті 20"),
        (replace(FACTS, kind=LetterKind.FORWARDED), "частина третя статті 7"),
        (replace(REQUEST, kind=LetterKind.FORWARDED), "частина третя статті 22"),
        (replace(FACTS, kind=LetterKind.COVERING), "частини третьої статті 7"),
        (replace(FACTS, kind=LetterKind.RETURNED, ground="malformed"), "вимог статті 5"),
        (replace(FACTS, kind=LetterKind.RETURNED, ground="insufficient"), "третя статті 7"),
        (replace(REQUEST, kind=LetterKind.RETURNED, ground="malformed"), "пункт 4"),
        (replace(FACTS, kind=LetterKind.REFUSED, ground="anonymous"), "перша статті 8"),
        (replace(FACTS, kind=LetterKind.REFUSED, ground="repeated"), "друга статті 8"),
        (replace(FACTS, kind=LetterKind.REFUSED, ground="out_of_time"), "статтею 17"),
        (replace(FACTS, kind=LetterKind.REFUSED, ground="incapable"), "другої статті 8"),
        (replace(FACTS, kind=LetterKind.MOVED), "стаття 12"),
    ],
)
def test_each_letter_names_its_article(facts, article):
    assert article in text_of(facts)


def test_every_ground_has_its_words():
    for ground in Appeal.ReturnedFor:
        assert "повертаємо" in text_of(replace(FACTS, kind=LetterKind.RETURNED, ground=ground))
    for ground in Appeal.RefusedFor:
        text = text_of(replace(FACTS, kind=LetterKind.REFUSED, ground=ground))
        assert "залишено без розгляду" in text
        assert "можна оскаржити" in text


def test_an_extension_tells_until_when_and_why():
    text = text_of(replace(FACTS, kind=LetterKind.EXTENDED, words="Чекаємо на експертизу."))
    assert "не пізніше 11.01.2027" in text
    assert "Причина: Чекаємо на експертизу." in text


def test_the_covering_letter_goes_to_the_body_and_names_the_applicant():
    letter = compose(replace(FACTS, kind=LetterKind.COVERING, words=""))
    assert letter.addressee == ["Служба відновлення в області"]
    assert letter.reply_to is None
    assert "заявник: Коваль Олена Петрівна" in letter_text(letter)


@pytest.mark.parametrize(
    ("applicant", "first", "greeting"),
    [
        (Applicant("Шевченко Тарас Григорович"), "Шевченку Тарасу", "Шановний Тарасе"),
        (Applicant("John Smith"), "John Smith", "Добрий день!"),
        (Applicant("Коваль О. П."), "Коваль О. П.", "Добрий день!"),
        (Applicant(""), "Заявникові", "Добрий день!"),
        (Applicant("", organisation="ТОВ «Руда»"), "ТОВ «Руда»", "Добрий день!"),
        (
            Applicant("Коваль Олена Петрівна", people=12),
            "Коваль Олені Петрівні та іншим заявникам",
            "Шановні заявники!",
        ),
        (
            Applicant("Батьки учнів гімназії № 2", people=12),
            "Батьки учнів гімназії № 2 та інші заявники",
            "Шановні заявники!",
        ),
    ],
)
def test_whoever_it_is_they_are_addressed_without_a_fault(applicant, first, greeting):
    letter = compose(replace(FACTS, applicant=applicant))
    assert letter.addressee[0].startswith(first)
    assert letter.greeting.startswith(greeting)


ROW = JournalRow(
    number=12,
    registered_on=date(2026, 11, 27),
    received_on=date(2026, 11, 27),
    kind="скарга",
    via="через сайт",
    name="=1+1",
    residence="вул. Рудна, 4",
    people=1,
    privileged="",
    category="",
    theme="",
    subject="Яма на дорозі",
    department="Департамент доріг",
    officer="",
    due_on=date(2026, 12, 28),
    extended_on=None,
    state="надано відповідь",
    result="задоволено",
    ending="",
    closed_on=date(2026, 12, 4),
    is_late="",
)


def test_the_journal_is_a_tagged_table_across_the_sheet():
    rows = [ROW, replace(ROW, people=3, closed_on=None)] * 30
    made = pdf(journal_document(rows, date(2026, 11, 1), date(2026, 11, 30)))
    reader = PdfReader(BytesIO(made))
    page = reader.pages[0].mediabox
    assert page.width > page.height
    assert "01.11.2026 – 30.11.2026" in reader.metadata.title
    found = structure_of(reader)
    assert sum(tag == "TR" for tag, _words in found) == 61
    assert ("TD", "=1+1 вул. Рудна, 4") in found
    assert ("TD", "=1+1 вул. Рудна, 4 осіб: 3") in found
