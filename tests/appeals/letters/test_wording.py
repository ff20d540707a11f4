"""What each letter about an appeal says, to whom and by which article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from appeals.letters.wording import Applicant, Facts, LetterKind, compose, has_greeting
from appeals.models import Appeal, Refusal
from appeals.register.journal import JournalRow
from appeals.register.journal_document import journal_document
from appeals.requests.letters import FeeFacts, RefusalFacts
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
    fee=FeeFacts(
        pages=64,
        price=Decimal("2.50"),
        total=Decimal("160.00"),
        account="IBAN UA00",
        pay_by=date(2026, 12, 18),
        days_left=3,
    ),
)
#: A refusal of all of it, by its point of the closed list.
REFUSAL = RefusalFacts("not_held", "Такого обліку рада не веде.", "Журавель Калина, спеціалістка")
REQUEST = replace(FACTS, is_request=True)


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Шановна Олено Петрівно!", True),
        ("  вельмишановний пане Іване,\n\nяму залатано.", True),
        ("Добрий день! Яму залатано.", True),
        ("Доброго дня\n\nЯму залатано.", True),
        ("Шановні заявники! Яму залатано.", True),
        ("Шановний міський голова доручив залатати яму. Це зроблено.", False),
        ("Добрий день для ремонту настав 3 грудня.", False),
        ("Яму залатано. Шановна Олено, дякуємо!", False),
        ("", False),
    ],
)
def test_words_that_greet(words, is_one):
    assert has_greeting(words) is is_one


def test_nobody_is_greeted_twice():
    typed = replace(FACTS, words="Шановна пані Олено!\n\nЯму залатано.", greets=True)
    assert "Шановна Олено Петрівно!" not in text_of(typed)
    assert text_of(typed).count("Шановна") == 1


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
        (replace(REQUEST, kind=LetterKind.POSTPONED), "шоста і сьома статті 22"),
        (replace(REQUEST, kind=LetterKind.FEE), "частина друга статті 21"),
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
    assert letter.addressee == ["Адресат: Служба відновлення в області"]
    person = replace(FACTS, kind=LetterKind.COVERING, forwarded_to="Шевченко Тарас Григорович")
    assert compose(person).addressee == ["Шевченку Тарасу Григоровичу"]
    assert letter.reply_to is None
    assert "заявник: Коваль Олена Петрівна" in letter_text(letter)


def test_the_covering_letter_says_on_how_many_sheets_the_copy_is():
    covering = replace(FACTS, kind=LetterKind.COVERING, sheets=2, outgoing="126/вих-2026")
    text = text_of(covering)
    assert "Додаток: копія звернення на 2 арк. в 1 прим." in text
    assert "04.12.2026 № 126/вих-2026" in text
    assert "копія запиту на інформацію на 2 арк." in text_of(replace(covering, is_request=True))


def test_a_decision_of_the_head_says_who_when_and_its_number():
    for kind, ground in ((LetterKind.REFUSED, "repeated"), (LetterKind.EXTENDED, "")):
        text = text_of(replace(FACTS, kind=kind, ground=ground, outgoing="125/вих-2026"))
        assert (
            "Рішення прийняв(ла): директор департаменту Тарас ШЕВЧЕНКО, 04.12.2026, "
            "№ 125/вих-2026." in text
        )
    kept_without = replace(
        FACTS, kind=LetterKind.REFUSED, ground="repeated", signature=Signature("", "")
    )
    assert "Рішення прийняв керівник." in text_of(kept_without)


@pytest.mark.parametrize(
    ("ground", "point"), [(ground, n) for n, ground in enumerate(Refusal.Ground, start=1)]
)
def test_a_refusal_has_the_contents_of_the_law(ground, point):
    """2939-VI art. 22(4): who is responsible, with the post; date; ground; complaint; signature."""
    test = {"interest": "права інших", "harm": "розкриє діагноз", "balance": "досить сум"}
    refusal = replace(REFUSAL, ground=ground, **(test if ground == "restricted" else {}))
    letter = compose(replace(REQUEST, refusal=refusal))
    assert letter.subject == "Про відмову в задоволенні запиту на інформацію"
    text = letter_text(letter)
    assert f"Підстава: пункт {point} частини першої статті 22 Закону України" in text
    assert "Мотиви: Такого обліку рада не веде." in text
    assert "Дата відмови: 04.12.2026." in text
    assert "Особа, відповідальна за розгляд запиту: Журавель Калина, спеціалістка." in text
    assert "оскаржити до його керівника, вищого органу або суду (стаття 23" in text
    assert "Директор департаменту\nТарас ШЕВЧЕНКО" in text
    for words in test.values():
        assert (words in text) == (ground == "restricted")
    assert "Яму залатано" not in text


def test_a_part_is_refused_and_the_rest_given():
    """2939-VI art. 6(8)."""
    test = {"interest": "права інших", "harm": "розкриє діагноз", "balance": "досить сум"}
    refusal = replace(REFUSAL, ground="restricted", part="адреси", **test)
    letter = compose(replace(REQUEST, refusal=refusal, words="Суми – у таблиці."))
    text = letter_text(letter)
    assert letter.subject == "Про відмову в задоволенні запиту на інформацію в частині"
    assert "відмовлено в такій частині: адреси" in text
    assert "обмеженню підлягає інформація, а не документ" in text
    assert "Суми – у таблиці." in text


def test_a_postponement_has_the_contents_of_the_law():
    """2939-VI art. 22(7)."""
    postponed = replace(
        REQUEST, kind=LetterKind.POSTPONED, words="Пожежа.", responsible="Журавель Калина, посада"
    )
    text = text_of(postponed)
    assert "Про відстрочку в задоволенні запиту на інформацію" in text
    assert "Причини: Пожежа." in text
    assert "не пізніше 11.01.2027 включно" in text
    assert "Дата надсилання повідомлення про відстрочку: 04.12.2026." in text
    assert "Особа, відповідальна за розгляд запиту: Журавель Калина, посада." in text
    assert "стаття 23" in text


def test_the_fee_is_told_with_pages_price_sum_and_account():
    """2939-VI art. 21."""
    text = text_of(replace(REQUEST, kind=LetterKind.FEE))
    for words in ("сторінок: 64", "сторінки: 2,50 грн", "сплати: 160,00 грн", "IBAN UA00"):
        assert words in text
    assert "Сплатити не пізніше: 18.12.2026" in text


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
            "Заявникам (Батьки учнів гімназії № 2)",
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
