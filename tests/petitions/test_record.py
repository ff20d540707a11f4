"""What of a petition is recorded, and that what somebody changes by SQL is found."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from core.audit_log.beginning import begin_record
from core.audit_log.comparing import find_faults
from core.domain.retention import period_of
from core.models import AuditRecord
from petitions.answer import actions
from petitions.life import actions as life_actions
from petitions.models import Petition, State
from petitions.record import subject_of, things_of
from tests.petitions import factories

pytestmark = pytest.mark.django_db
ANSWER = {"asked": "Поставити лавки.", "decided": "Поставимо.", "signed_as": "Міський голова"}


def found(petition) -> list[str]:
    fresh = Petition.objects.get(pk=petition.pk)
    return list(find_faults(subject_of(petition.pk), things_of(fresh)))


def rows(kind: str) -> list[dict]:
    return [json.loads(row.line) for row in AuditRecord.objects.filter(kind=kind).order_by("pk")]


@pytest.fixture
def answered(olena, ofi, department):
    petition = factories.petition(olena, State.SUPPORTED, department=department)
    begin_record()
    actions.answer(petition, by=ofi, **ANSWER)
    return petition


def test_each_step_leaves_its_row(answered, olena):
    assert found(answered) == []
    steps = [row["facts"] for row in rows("petition")]
    assert [bool(step["answered_at"]) for step in steps] == [False, True]
    assert len(rows("answer")) == len(rows("author")) == 1
    for line in AuditRecord.objects.values_list("line", flat=True):
        assert answered.author_name not in line and answered.title not in line


def test_a_publication_and_a_refusal_are_recorded(olena, mo):
    assert not AuditRecord.objects.exists()
    life_actions.publish(factories.petition(olena, State.MODERATION), by=mo)
    assert [row["facts"]["refused_at"] for row in rows("petition")] == [None]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("petition SET published_at = published_at - interval '30 d'", "petition"),
        ("petition SET closes_at = closes_at + interval '30 d'", "petition"),
        ("petition SET decision = 'not_supported'", "petition"),
        ("petition SET text = 'Інше'", "petition"),
        ("petition SET author_name = 'Інша Людина'", "author"),
        ("petition SET author_name = ''", "author"),
        ("answer SET decided = 'Не поставимо'", "answer"),
        ("answer SET at = at - interval '9 d'", "answer"),
    ],
)
def test_what_the_sites_role_changes_is_found(answered, change, kind):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE petitions_{change}")
    (fault,) = found(answered)
    assert fault.startswith(f"{subject_of(answered.pk)}: {kind} ")


def test_a_name_that_went_after_its_term_is_no_fault(answered, olena, clock):
    olena.erased_at = answered.published_at
    type(olena).objects.filter(pk=olena.pk).update(
        erased_at=answered.published_at,
        given_name="",
        family_name="",
        is_active=False,
        password="!",
    )
    Petition.objects.update(author_name="")
    assert len(found(answered)) == 1
    clock.advance(days=period_of("petition_authors") // timedelta(days=1) + 1)
    assert found(answered) == []
