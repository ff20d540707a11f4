"""The council's own procedures, put in and corrected by its administrator (manage.py load_city)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError

from consultations.life import actions
from consultations.models import Procedure, State
from tests import factories

pytestmark = pytest.mark.django_db

EXAMPLE = Path(__file__).parents[3] / "deploy" / "city.example.toml"


def row(code: str, **columns: str) -> str:
    return (
        "[[procedure]]\n"
        + f'code = "{code}"\n'
        + "".join(f"{name} = {value}\n" for name, value in columns.items())
    )


def test_the_example_is_a_procedure(load):
    _before, block = EXAMPLE.read_text(encoding="utf-8").split("# [[procedure]]\n")
    load("[[procedure]]\n" + block.replace("# ", ""))
    made = Procedure.objects.get(code="own-order")
    assert (str(made.shortest_period), made.in_force) == ("15 робочих днів", True)
    assert made.report_must_hold == ["які пропозиції враховано", "які відхилено і чому"]


def test_one_that_nobody_used_is_corrected(load):
    load(row("draft-decision", shortest="14"))
    assert Procedure.objects.get(code="draft-decision").shortest == 14


def test_what_was_announced_under_it_was_promised(load, department):
    consultation = factories.consultation(department)
    code = consultation.procedure.code
    with pytest.raises(CommandError, match="оголошено"):
        load(row(code, shortest="3"))
    assert Procedure.objects.get(code=code).shortest == consultation.procedure.shortest
    load(row(code, shortest=str(consultation.procedure.shortest), note='"Діє далі."'))
    assert Procedure.objects.get(code=code).note == "Діє далі."


def test_what_runs_goes_on_when_its_procedure_is_out_of_force(load, department, ofi, refused):
    running = factories.consultation(department)
    load(row(running.procedure.code, in_force="false"))
    later = running.last_day + timedelta(days=7)
    running.refresh_from_db()
    actions.change_dates(
        running, by=ofi, opens_on=running.opens_on, last_day=later, reason="Канікули."
    )
    running.refresh_from_db()
    assert running.last_day == later
    fresh = factories.consultation(department, state=State.PREPARING)
    with refused("procedure.not_in_force"):
        actions.announce(fresh, by=ofi)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"shortest_unit": '"weeks"'}, "weeks"),
        ({"participants": '"friends"'}, "friends"),
        ({"min_age": "12"}, "12"),
        ({"colour": '"red"'}, "colour"),
        ({"in_force": '"yes"'}, "in_force"),
        ({"report_must_hold": "[1]"}, "report_must_hold"),
    ],
)
def test_nonsense_is_refused_in_words(load, columns, said):
    with pytest.raises(CommandError, match=said):
        load(row("draft-decision", **columns))
