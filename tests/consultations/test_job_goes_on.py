"""Jobs of each minute: a consultation in which they fail holds no other one up, and is reported."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from consultations.carrying import actions as carrying
from consultations.models import Carrying, Place, Remark, State
from consultations.register.numbering import number_remarks
from consultations.remarks import actions as speaking
from consultations.repeats.actions import fold_repeats
from core.domain.each import run_for_each
from tests import factories
from tests.consultations.carrying.conftest import FIRST, publish, say

pytestmark = pytest.mark.django_db


def break_writes(table: str, consultation) -> None:
    """Let every write of this consultation to the table fail."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE FUNCTION break_{table}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
            CREATE TRIGGER break_{table} BEFORE UPDATE ON {table} FOR EACH ROW
            WHEN (NEW.consultation_id = {consultation.pk}) EXECUTE FUNCTION break_{table}();
        """)


@pytest.fixture
def both(department):
    """Two open consultations: in the first one the job is going to fail."""
    made = []
    for _number in range(2):
        consultation = factories.consultation(department, State.OPEN)
        consultation.draft = factories.draft(FIRST)
        consultation.save(update_fields=["draft"])
        made.append(consultation)
    return made


def test_each_is_worked_on_and_each_failure_reported(caplog):
    done = []

    def work(number: int) -> int:
        if number % 2:
            raise ValueError(number)
        done.append(number)
        return number

    with pytest.raises(ExceptionGroup) as raised:
        run_for_each(range(5), work, what="Counting")
    assert done == [0, 2, 4]
    assert [str(each) for each in raised.value.exceptions] == ["1", "3"]
    assert [record.getMessage() for record in caplog.records] == [
        "Counting of 1 failed",
        "Counting of 3 failed",
    ]
    assert run_for_each([2, 4], work, what="Counting") == 6


def test_numbering(both, olena):
    for consultation in both:
        speaking.remark(consultation, by=olena, text="Слово")
    break_writes("consultations_remark", both[0])
    with pytest.raises(ExceptionGroup) as raised:
        number_remarks()
    assert raised.group_contains(DatabaseError)
    assert list(Remark.objects.order_by("pk").values_list("number", flat=True)) == [None, 1]
    # A report waits for its own consultation's numbers alone.
    assert number_remarks(of=both[1].pk) == 0


def test_folding(both, olena, bohdan):
    words = "Зробіть, будь ласка, літній майданчик біля фонтана до одинадцятої вечора у свята"
    for consultation in both:
        for person in (olena, bohdan):
            speaking.remark(consultation, by=person, text=words)
    number_remarks()
    break_writes("consultations_repeatsketch", both[0])
    with pytest.raises(ExceptionGroup):
        fold_repeats(window=False)
    folded = Remark.objects.filter(folded_into__isnull=False)
    assert [each.consultation_id for each in folded] == [both[1].pk]


def test_carrying(both, olena, ofi):
    for consultation in both:
        say(consultation, olena, "1")
        publish(consultation, ofi)
    break_writes("consultations_carrying", both[0])
    with pytest.raises(ExceptionGroup):
        carrying.carry_late()
    assert [place.remark.consultation_id for place in Place.objects.all()] == [both[1].pk]
    assert Carrying.objects.get(consultation=both[0]).finished_at is None
