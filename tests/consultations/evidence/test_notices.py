"""Of who was told the record holds counts by the hour, which outlive the mails themselves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.data.actions import erase
from consultations.evidence import actions
from consultations.evidence.kinds import Why
from consultations.evidence.notices import count_notices
from consultations.evidence.queries import path_of
from consultations.evidence.spoken import subject_of
from consultations.remarks import actions as remarks_actions
from core.audit_log import comparing
from core.audit_log.beginning import begin_record
from core.models import AuditRecord
from notifications.models import Sent
from tests import factories
from tests.consultations.evidence.bundles import faults, make_public, things

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(opened, olena, bohdan, clock, settings, tmp_path):
    """Three mails of an hour that is over, about the consultation; one about another."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    begin_record()
    other = factories.consultation(opened.department)
    said = remarks_actions.remark(opened, by=olena, text="Тут бракує ліхтаря")
    for person in (olena, bohdan):
        Sent.objects.create(user=person, event=f"consultations/opened:consultation:{opened.pk}")
    Sent.objects.create(user=olena, event=f"consultations/remark_hidden:{said.pk}:2026")
    Sent.objects.create(user=olena, event=f"consultations/opened:consultation:{other.pk}")
    Sent.objects.create(user=olena, event="petitions/signed:petition:1")
    clock.advance(hours=2)
    return opened


def found(consultation) -> list[str]:
    of = subject_of(consultation.pk)
    (source,) = [each for each in comparing.sources() if of in each.subjects()]
    return list(comparing.find_faults(of, source.things(of)))


def counts(consultation) -> list[dict[str, int]]:
    actions.renew(consultation.pk, Why.FIRST)
    bundle = make_public(consultation)
    assert faults(path_of(bundle)) == []
    return [each["facts"]["counts"] for each in things(bundle, "notice").values()]


def test_an_hour_is_counted_once(told):
    assert count_notices() == 2
    assert count_notices() == 0
    assert counts(told) == [{"consultations/opened": 2, "consultations/remark_hidden": 1}]


def test_an_hour_that_is_not_over_waits(opened, olena):
    begin_record()
    Sent.objects.create(user=olena, event=f"consultations/opened:consultation:{opened.pk}")
    assert count_notices() == 0


def test_counts_outlive_the_mails(told, olena, clock):
    count_notices()
    erase(olena, by=olena)
    clock.advance(hours=3)
    assert found(told) == []
    Sent.objects.all().delete()
    assert counts(told) == [{"consultations/opened": 2, "consultations/remark_hidden": 1}]


def test_what_is_preparing_has_none(preparing, olena, clock):
    Sent.objects.create(user=olena, event=f"consultations/opened:consultation:{preparing.pk}")
    clock.advance(hours=2)
    assert count_notices() == 0


def test_a_comparison_counts_the_mails_of_a_day_once(told, department):
    for _number in range(3):
        factories.consultation(department)
    count_notices()
    with CaptureQueriesContext(connection) as queries:
        list(comparing.find_all_faults())
    asked = [each["sql"] for each in queries if Sent._meta.db_table in each["sql"]]
    assert len(asked) == 1


def test_mails_that_were_made_up_later_are_found(told, charlie, clock):
    count_notices()
    at = Sent.objects.earliest("pk").at
    made_up = Sent.objects.create(
        user=charlie, event=f"consultations/opened:consultation:{told.pk}"
    )
    Sent.objects.filter(pk=made_up.pk).update(at=at + timedelta(seconds=1))
    clock.advance(hours=3)
    (fault,) = found(told)
    assert fault.startswith(f"consultation:{told.pk}: notice ")
    assert fault.endswith("it is not what was recorded")
    assert AuditRecord.objects.filter(kind="notice").count() == 2
