"""A petition without enough signatures that was answered as an appeal, for the walk of pages."""

from __future__ import annotations

from accounts.models import User
from appeals import actions
from appeals.models import Appeal
from city.models import Department
from petitions.models import Petition
from tests.appeals import factories as appeals
from tests.petitions import factories


def build(author: User, department: Department) -> Petition:
    """Handed over with whatever else has closed; its author has the answer."""
    petition = factories.as_appeal(
        author, signed=3, department=department, title="Парковка для велосипедів"
    )
    appeal = Appeal.objects.get(pk=petition.appeal_id)
    actions.accept(appeal, by=appeals.registrar(), department=department)
    appeals.answered(Appeal.objects.get(pk=appeal.pk), "Парковку збудуємо навесні.")
    return petition
