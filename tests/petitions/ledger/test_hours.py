"""The chain of hours: lines that are cut from the end of a ledger are missed within the day."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from core.domain.chain import BEGINNING, canonical, fingerprint
from petitions.ledger import hours
from petitions.ledger.checking import faults
from petitions.models import Day, Entry, Hour
from tests.petitions.factories import petition, signatures
from tests.petitions.ledger.test_append import counted
from tests.petitions.ledger.test_verify import rewrite

pytestmark = pytest.mark.django_db

#: Ten past ten in Kyiv, in winter.
MORNING = datetime(2031, 2, 5, 8, 10, tzinfo=UTC)


@pytest.fixture
def one(olena, clock):
    """A petition with a line in each of three hours, whose lines are out; the day is not over."""
    clock.set(MORNING)
    one = petition(olena)
    for number in (3, 2, 4):
        signatures(one, number)
        assert counted(one) == 1
        clock.advance(hours=1)
        hours.close_hours()
    return one


def said() -> list[dict]:
    return [json.loads(hour.body) for hour in Hour.objects.order_by("hour")]


def cut(one, number: int) -> None:
    """Take the lines from ``number`` on away, as the owner of the database can."""
    rewrite("DELETE FROM petitions_entry WHERE petition_id = %s AND number >= %s", one.pk, number)


def test_each_hour_names_its_lines_its_days_head_so_far_and_the_hour_before(one, clock):
    first, second, third = said()
    assert first["previous"] == BEGINNING
    assert [each["hour"][11:] for each in said()] == [f"{h}:00:00+02:00" for h in (10, 11, 12)]
    assert {each["day"] for each in said()} == {"2031-02-05"}
    line = one.ledger.get(number=2)
    assert second["heads"] == {str(one.pk): {"hash": line.hash, "number": 2}}
    assert len({first["head"], second["head"], third["head"]}) == 3
    clock.advance(hours=1)
    assert hours.close_hours() == 1
    (quiet,) = said()[3:]
    assert quiet["heads"] == {} and quiet["head"] == third["head"]
    bodies = [hour.body for hour in Hour.objects.order_by("hour")]
    assert [each["previous"] for each in said()[1:]] == [fingerprint(body) for body in bodies[:-1]]
    assert list(faults()) == []


def test_an_hour_is_closed_five_minutes_after_its_end_and_once(one, clock):
    clock.set(MORNING + timedelta(hours=3, minutes=54, seconds=50))
    assert hours.close_hours() == 0
    clock.advance(seconds=20)
    assert hours.close_hours() == 1
    assert hours.close_hours() == 0


def test_the_last_hour_of_a_day_has_the_days_own_head(one, clock):
    bodies = dict(Day.objects.values_list("day", "body"))
    clock.advance(days=1)
    assert hours.close_hours() == 24
    (day,) = Day.objects.order_by("day")
    last = next(each for each in said() if each["hour"].startswith("2031-02-05T23"))
    assert last["head"] == day.hash
    assert set(json.loads(day.body)) == {"day", "heads", "previous"}, "days are as they were"
    assert bodies == {}
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("moment", "number"), [("2031-03-30", 23), ("2031-10-26", 25)], ids=["spring", "autumn"]
)
def test_days_of_23_and_25_hours(olena, clock, moment, number):
    clock.set(datetime.fromisoformat(f"{moment}T00:00:00+00:00") - timedelta(hours=4))
    one = petition(olena)
    for hour in (1, 5, 30):
        signatures(one, 1)
        assert counted(one) == 1
        clock.advance(hours=hour)
        hours.close_hours()
    own = [each["hour"] for each in said() if each["day"] == moment]
    assert len(own) == len(set(own)) == number
    assert list(faults()) == []


def test_a_cut_tail_is_reported_by_its_hour_before_the_day_is_over(one):
    assert not Day.objects.exists()
    cut(one, 3)
    told = list(faults())
    assert any(
        each.startswith("hour 2031-02-05T12:00:00+02:00: ")
        and f"petition {one.pk} had line 3 then, and it ends with line 2: it was cut" in each
        for each in told
    ), told
    assert not any(each.startswith("hour 2031-02-05T11") for each in told)
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", stdout=out, stderr=err)
    assert "2031-02-05T12:00:00+02:00" in out.getvalue()
    with pytest.raises(SystemExit):
        call_command("verify_ledger", one.pk, stdout=out, stderr=err)


def test_a_tail_that_is_cut_and_grown_anew_is_another_ledger(one, clock):
    cut(one, 2)
    clock.set(MORNING + timedelta(hours=1, minutes=10))
    assert counted(one) == 1
    clock.set(MORNING + timedelta(hours=3))
    told = "\n".join(faults())
    assert (
        f"hour 2031-02-05T11:00:00+02:00: it was closed with another ledger of petition {one.pk}"
        in told
    )
    assert "hour 2031-02-05T12:00:00+02:00: the ledger of petition" in told


def test_a_ledger_that_is_gone_is_reported(one):
    cut(one, 1)
    assert "nothing of it is left: it was cut" in "\n".join(faults())


def forge(number: int, **more: object) -> None:
    hour = Hour.objects.order_by("hour")[number]
    body = canonical(json.loads(hour.body) | more)
    rewrite(
        "UPDATE petitions_hour SET body = %s, hash = %s WHERE hour = %s",
        body,
        fingerprint(body),
        hour.hour,
    )


def test_hours_that_were_changed_or_taken_away_are_found(one, clock):
    forge(0, heads={})
    told = "\n".join(faults())
    assert "hour 2031-02-05T10:00:00+02:00: it was closed with another ledger" in told
    assert "hour 2031-02-05T11:00:00+02:00: it does not continue the hour before" in told
    rewrite("DELETE FROM petitions_hour WHERE hour = %s", Hour.objects.order_by("hour")[1].hour)
    assert "hour 2031-02-05T12:00:00+02:00: the hour before it is missing" in "\n".join(faults())


def test_the_last_hours_are_missed(one, clock):
    rewrite("DELETE FROM petitions_hour WHERE hour = %s", Hour.objects.latest("hour").hour)
    clock.advance(minutes=30)
    assert "hour 2031-02-05T12:00:00+02:00: it is over, and is missing" in "\n".join(faults())


def test_a_head_that_was_forged_is_found(one):
    forge(2, head="0" * 64)
    assert list(faults()) == [
        "hour 2031-02-05T12:00:00+02:00: the head of 2031-02-05 was another one then"
    ]


@pytest.mark.parametrize(
    "change", [lambda: Hour.objects.all().delete(), lambda: Hour.objects.update(hash="")]
)
def test_the_database_refuses_to_change_an_hour(one, change):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        change()


def test_without_a_ledger_there_are_no_hours(db):
    assert not Entry.objects.exists()
    assert hours.close_hours() == 0


def test_the_first_line_of_all_may_come_right_after_midnight(olena, clock):
    """The hour before it belongs to a day that has no head, and never gets one."""
    clock.set(datetime(2031, 2, 4, 22, 10, tzinfo=UTC))
    one = petition(olena)
    signatures(one, 3)
    counted(one)
    clock.advance(minutes=10)
    assert hours.close_hours() == 0
    clock.advance(hours=1)
    assert hours.close_hours() == 1
    assert list(faults()) == []
