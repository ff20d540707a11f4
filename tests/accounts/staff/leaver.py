"""An officer who leaves with open work of every kind that passes from a person."""

from __future__ import annotations

from types import SimpleNamespace

from accounts.models import User
from appeals import actions as appeals
from appeals.models import Appeal, State
from city.models import Department
from consultations.dispositions import actions as table
from consultations.remarks import actions as remarks
from tests import factories
from tests.appeals import factories as of_appeals


def give(appeal: Appeal, department: Department, officer: User) -> Appeal:
    """Give an appeal to an officer, as the registrar does."""
    return appeals.assign(appeal, by=of_appeals.registrar(), department=department, officer=officer)


def leaver_with_work(
    department: Department, admin: User, author: User, *, answered: int = 7, proposals: int = 3
) -> SimpleNamespace:
    """An officer with ``answered`` appeals to answer, one to help with, ``proposals`` rows of a
    disposition table, and a role for its consultation; their head, and a colleague to take over."""
    officer = factories.user("leaver", "Калина", "Журавель", role="officer", department=department)
    parks = factories.department("Управління парків", slug="parks")
    consultation = factories.consultation(parks)
    scoped = factories.grant(officer, "officer", department=parks, scope=consultation.topic)
    mine = [
        give(of_appeals.appeal(author, State.IN_WORK, by=department), department, officer)
        for _number in range(answered)
    ]
    helped = of_appeals.appeal(author, State.IN_WORK, by=department)
    appeals.assign(
        helped, by=of_appeals.registrar(), department=department, others=[(department, officer)]
    )
    rows = []
    for number in range(proposals):
        words = f"Пропоную {number} лавки біля кожного майданчика."
        rows.append(remarks.remark(consultation, by=author, text=words).pk)
    table.assign(consultation, rows, by=admin, person_id=officer.pk)
    return SimpleNamespace(
        officer=User.objects.get(pk=officer.pk),
        head=of_appeals.head(department),
        colleague=factories.user("taker", "Остап", "Вишня", role="officer", department=department),
        department=department,
        consultation=consultation,
        scoped=scoped,
        mine=mine,
        helped=helped,
        rows=rows,
    )
