"""Four names of each gender in the cases in which letters have them: the addressee in the dative,
the greeting in the vocative, who complains in the genitive; and they are left out of what is
published in any of them. By the orthography of 2019."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from appeals.filing.complaining import text_of
from appeals.letters.wording import Applicant, LetterKind, compose
from appeals.models import State
from appeals.publishing.suggestions import leave_out, suggest
from core.domain import clock
from core.export.official_letter import letter_pdf
from tests.appeals import factories
from tests.appeals.letters.test_wording import FACTS
from tests.core.export.structure import structure_of

pytestmark = pytest.mark.django_db

#: Nominative, dative, genitive, greeting.
NAMES = {
    "man": (
        "Шевченко Тарас Григорович",
        "Шевченку Тарасу Григоровичу",
        "Шевченка Тараса Григоровича",
        "Шановний Тарасе Григоровичу!",
    ),
    "man, two parts": (
        "Нечуй-Левицький Іван Семенович",
        "Нечую-Левицькому Івану Семеновичу",
        "Нечуя-Левицького Івана Семеновича",
        "Шановний Іване Семеновичу!",
    ),
    "man, apostrophes": (
        "Дем’яненко В’ячеслав Лук’янович",
        "Дем’яненку В’ячеславу Лук’яновичу",
        "Дем’яненка В’ячеслава Лук’яновича",
        "Шановний В’ячеславе Лук’яновичу!",
    ),
    "man, not declined": (
        "Черних Петро Іванович",
        "Черних Петру Івановичу",
        "Черних Петра Івановича",
        "Шановний Петре Івановичу!",
    ),
    "woman, not declined": (
        "Ткаченко Надія Сергіївна",
        "Ткаченко Надії Сергіївні",
        "Ткаченко Надії Сергіївни",
        "Шановна Надіє Сергіївно!",
    ),
    "woman": (
        "Коваль Олена Петрівна",
        "Коваль Олені Петрівні",
        "Коваль Олени Петрівни",
        "Шановна Олено Петрівно!",
    ),
    "woman, two parts": (
        "Косач-Квітка Лариса Петрівна",
        "Косач-Квітці Ларисі Петрівні",
        "Косач-Квітки Лариси Петрівни",
        "Шановна Ларисо Петрівно!",
    ),
    "woman, apostrophes": (
        "Лук’янова Мар’яна Дем’янівна",
        "Лук’яновій Мар’яні Дем’янівні",
        "Лук’янової Мар’яни Дем’янівни",
        "Шановна Мар’яно Дем’янівно!",
    ),
}


@pytest.mark.parametrize("who", NAMES)
def test_the_letter_read_back_addresses_and_greets_them(who):
    name, dative, _genitive, greeting = NAMES[who]
    applicant = Applicant(name, "вул. Рудна, 4")
    made = letter_pdf(compose(replace(FACTS, applicant=applicant)))
    assert b"pdfuaid:part" in made
    reader = PdfReader(BytesIO(made))
    read = [words for _tag, words in structure_of(reader)]
    assert f"{dative} вул. Рудна, 4" in read
    assert greeting in read
    assert reader.root_object["/MarkInfo"]["/Marked"]
    # To another body they are named as they are.
    covering = compose(replace(FACTS, kind=LetterKind.COVERING, applicant=applicant))
    assert f"(заявник: {name})" in covering.paragraphs[0]


@pytest.mark.parametrize("who", NAMES)
def test_who_complains_stands_in_the_genitive(who):
    name, _dative, genitive, _greeting = NAMES[who]
    appeal = factories.filed(name=name).appeal
    text = text_of(appeal, None, clock.now())
    assert f"Від: {genitive}\n" in text
    assert text.rstrip().endswith(f"  {name}")  # who signs it


@pytest.mark.parametrize("who", NAMES)
def test_the_name_is_left_out_of_what_is_published_in_each_case(who):
    name, dative, genitive, _greeting = NAMES[who]
    appeal = factories.filed(name=name).appeal
    for form in (name, dative, genitive, name.upper()):
        text = f"Відповіли так: {form} допоможуть."
        pieces = {each.piece for each in suggest([text], appeal)}
        left = leave_out(text, pieces, appeal)
        assert not [word for word in form.split() if word in left], left


def test_an_answered_complaint_says_of_whom_it_is_and_what_of():
    appeal = factories.appeal(state=State.ANSWERED, name="Швець Андрій Юрійович")
    text = text_of(appeal, appeal.answers.get(), clock.now())
    assert "Від: Шевця Андрія Юрійовича" in text
    assert appeal.label in text
    assert "за підписом: Керівник підрозділу «" in text
