"""A decision on a ground of the law is entered before the report; everybody reads it at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from city.models import MartialLawPeriod
from consultations.decisions import actions
from consultations.decisions.models import Decision
from consultations.evidence.actions import renew
from consultations.evidence.kinds import Why
from consultations.evidence.queries import path_of
from consultations.life import actions as life_actions
from consultations.models import Procedure, State
from core.audit_log.beginning import begin_record
from core.audit_log.comparing import find_all_faults
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from tests import factories
from tests.consultations.evidence.bundles import faults, make_public, things

pytestmark = pytest.mark.django_db


def today() -> date:
    return local_date(database_clock.now())


def fields(**others):
    return {"outcome": "adopted", "number": "12", "decided_on": today(), **others}


@pytest.fixture
def opened(department):
    return factories.consultation(department, State.OPEN)


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.OPEN, State.CLOSED])
def test_it_is_entered_with_its_ground_and_not_without(department, ofi, refused, state):
    running = factories.consultation(department, state)
    with refused("decision.before_report"):
        actions.enter(running, by=ofi, fields=fields())
    with refused("decision.no_such_ground"):
        actions.enter(running, by=ofi, fields=fields(early_ground="haste"))
    made = actions.enter(running, by=ofi, fields=fields(early_ground="urgent"))
    running.refresh_from_db()
    assert running.is_decided_early
    with refused("decision.entered_already"):
        actions.enter(running, by=ofi, fields=fields(early_ground="urgent"))
    with refused("decision.before_report"):  # the ground is not taken away again
        actions.change(made, by=ofi, fields=fields(early_ground=""), reason="Описка.")
    actions.change(made, by=ofi, fields=fields(early_ground="urgent", number="13"), reason="№.")


def test_martial_law_is_a_ground_while_it_lasts(opened, ofi, refused):
    MartialLawPeriod.objects.all().delete()
    with refused("decision.no_martial_law"):
        actions.enter(opened, by=ofi, fields=fields(early_ground="martial_law"))
    MartialLawPeriod.objects.create(starts_on=date(2022, 2, 24))
    Procedure.objects.update(martial_law_duty=Procedure.Duty.RECOMMENDED)
    assert actions.enter(opened, by=ofi, fields=fields(early_ground="martial_law"))


def test_what_the_procedure_asks_beside_the_report_is_asked(department, ofi, refused):
    """3841-IX art. 16 frees from the report (18(1)); 1160-IV art. 36 from nothing."""
    running = factories.public_consultation(department, State.OPEN)
    assert actions.enter(running, by=ofi, fields=fields(early_ground="urgent"))
    MartialLawPeriod.objects.all().delete()
    procedure = factories.procedure("regulatory-act")
    regulatory = factories.consultation(
        department, State.OPEN, procedure=procedure, checklist=procedure.checklist
    )
    with refused("consultation.lacks"):
        actions.enter(regulatory, by=ofi, fields=fields(early_ground="urgent"))


def test_everybody_reads_it_at_once_and_after_the_report(client, opened, ofi):
    address = reverse("consultations:decision", args=[opened.pk])
    assert "№ 12" not in client.get(address).text
    assert client.get(reverse("api:decision", args=[opened.pk])).status_code == 404
    actions.enter(opened, by=ofi, fields=fields(early_ground="urgent"))
    for page in (address, opened.get_absolute_url()):
        text = client.get(page).text
        assert "№ 12" in text
        assert "3841-IX, ст. 16" in text
    told = client.get(reverse("api:decision", args=[opened.pk])).json()
    assert (told["early_ground"], told["number"]) == ("urgent", "12")
    assert "№ 12" in client.get(reverse("acts:list")).text
    life_actions.withdraw(opened, by=ofi, reason="Акт уже діє.")
    assert "3841-IX, ст. 16" in client.get(address).text


def test_the_desk_offers_it_before_the_report(client, opened, ofi):
    client.force_login(ofi)
    address = reverse("desk:decision", args=[opened.pk])
    assert f'href="{address}"' in client.get(reverse("desk:detail", args=[opened.pk])).text
    sent = fields(decided_on=today().isoformat())
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'id="id_early_ground_error"' in answer.text
    assert client.post(address, sent | {"early_ground": "urgent"}).status_code == 302
    assert Decision.objects.get().early_ground == "urgent"


def test_others_do_not_enter_it(opened, olena, stranger, refused):
    for person in (olena, stranger):
        with refused("consultation.officers_only"):
            actions.enter(opened, by=person, fields=fields(early_ground="urgent"))


def test_postgresql_holds_ground_and_mark(opened, ofi):
    values = {"consultation": opened, "by": ofi, **fields()}
    opened.is_decided_early = True
    opened.save(update_fields=["is_decided_early"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**values)  # no ground, whatever the day
    opened.is_decided_early = False
    opened.save(update_fields=["is_decided_early"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**values, early_ground="urgent")  # nobody would read it
    with pytest.raises(IntegrityError), transaction.atomic():
        late = {**values, "decided_on": opened.last_day + timedelta(days=1)}
        Decision.objects.create(**late)


def test_record_bundle_and_page_agree(client, opened, ofi, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    begin_record()
    renew(opened.pk, Why.FIRST)
    make_public(opened)
    made = actions.enter(opened, by=ofi, fields=fields(early_ground="urgent"))
    assert list(find_all_faults()) == []
    call_command("verify_audit")
    bundle = make_public(opened)
    assert faults(path_of(bundle)) == []
    said = things(bundle, "decision")[made.pk]
    assert said["facts"]["early_ground"] == "urgent"
    assert said["texts"]["words"]["value"]["number"] == "12"
    told = client.get(reverse("api:decision", args=[opened.pk])).json()
    assert said["facts"]["decided_on"] == told["decided_on"]
    Decision.objects.filter(pk=made.pk).update(early_ground="martial_law")
    assert any("decision" in fault for fault in find_all_faults())
