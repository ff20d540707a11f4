"""The procedures of law that every installation starts with."""

from __future__ import annotations

import pytest

from city.models import MartialLawPeriod
from consultations.models import Procedure
from consultations.procedures import presets

pytestmark = pytest.mark.django_db


def test_every_preset_is_a_valid_procedure():
    presets.install(Procedure.objects)
    for procedure in Procedure.objects.all():
        procedure.full_clean()
        assert procedure.shortest_period
        assert procedure.report_period
        assert procedure.report_must_hold
        recommended = procedure.martial_law_duty == Procedure.Duty.RECOMMENDED
        assert bool(procedure.martial_law_basis) == recommended


def test_what_the_council_changed_stays():
    presets.install(Procedure.objects)
    changed = Procedure.objects.get(code="draft-decision")
    changed.shortest = 12
    changed.save()
    presets.install(Procedure.objects)
    changed.refresh_from_db()
    assert changed.shortest == 12
    assert Procedure.objects.count() == len(presets.PROCEDURES)


def test_martial_law_goes_on_until_the_council_records_its_end():
    period = MartialLawPeriod.objects.filter(starts_on="2022-02-24").first()
    # Absent only where tests with real transactions have emptied the tables.
    assert period is None or period.ends_on is None
