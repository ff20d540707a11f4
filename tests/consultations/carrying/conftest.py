"""A consultation whose draft gets a second version of known edits."""

from __future__ import annotations

import io

import pytest

from consultations.carrying import actions
from consultations.models import Carrying, State
from consultations.remarks import actions as remarks
from consultations.text import actions as text_actions
from drafts.clauses import anchors
from drafts.models import Clause
from tests import factories

FIRST = """Про порядок роботи літніх майданчиків

Керуючись Законом України «Про місцеве самоврядування в Україні», міська рада вирішила:

1. Затвердити перелік місць, у яких можна розміщувати літні майданчики на вулицях міста.
2. Установити, що майданчик працює щодня з восьмої ранку до двадцять другої години вечора.
3. Власник майданчика прибирає територію навколо нього двічі на день за власний кошт.
4. Музика на майданчику лунає не гучніше за норми, які визначає санітарна служба міста.
5. За порушення порядку власник сплачує штраф, розмір якого встановлює виконавчий комітет.
6. Контроль за виконанням рішення покласти на постійну комісію з питань благоустрою.
"""
#: 1 is new; the former 1 is 2 with the same words; 2 is reworded and becomes 3; 3 is split into
#: 4 and 5; 5 and 4 are joined (6), which goes on as 4, the longer one; 6 is gone.
SECOND = """Про порядок роботи літніх майданчиків

Керуючись Законом України «Про місцеве самоврядування в Україні», міська рада вирішила:

1. Створити відкритий електронний реєстр дозволів і оприлюднювати його щомісяця.
2. Затвердити перелік місць, у яких можна розміщувати літні майданчики на вулицях міста.
3. Установити, що майданчик працює щодня з дев’ятої ранку до двадцять третьої години вечора.
4. Власник майданчика прибирає територію навколо нього
5. Двічі на день за власний кошт вивозить сміття.
6. За порушення порядку власник сплачує штраф, розмір якого встановлює виконавчий комітет. \
Музика на майданчику лунає не гучніше за норми, які визначає санітарна служба міста.
"""


@pytest.fixture
def opened(department):
    made = factories.consultation(department, State.OPEN)
    made.draft = factories.draft(FIRST)
    made.save(update_fields=["draft"])
    return made


def clause_of(consultation, number: str, version: int = 1) -> Clause:
    return Clause.objects.get(
        version__draft=consultation.draft, version__number=version, number=number
    )


def say(consultation, by, number: str, quote: str = "", text: str = "Не так."):
    """A remark on a clause of version 1, or on words of it."""
    clause = clause_of(consultation, number)
    selector = None
    if quote:
        start = clause.text.index(quote)
        selector = anchors.make(clause.text, start, start + len(quote))
    return remarks.remark(consultation, by=by, text=text, clause_id=clause.pk, quote=selector)


def publish(consultation, by, text: str = SECOND):
    """The next version, with the job that carries the remarks not yet done."""
    text_actions.import_text(consultation, by=by, file=io.BytesIO(text.encode()), name="n.txt")
    return text_actions.publish_text(consultation, by=by)


def carry(consultation) -> int:
    """What the job does."""
    newest = Carrying.objects.filter(consultation=consultation).latest("pk")
    return actions.carry(newest.pk)
