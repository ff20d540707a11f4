"""Outages: measured by the page beat or entered, and the consultations that they extend."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localtime

from consultations import jobs
from consultations.events import ConsultationClosed, DatesChanged, OutageEntered
from consultations.life import actions as life_actions
from consultations.models import DateChange, Outage, State
from consultations.outages import actions, beats, rules
from consultations.remarks import actions as remarks_actions
from core.domain import clock as database_clock
from core.domain.calendar import end_of_day
from tests import factories
from tests.crowds import at_once

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def nobody_told(opened):
    """It opened before, and everybody was told so."""
    opened.opening_told = True
    opened.save(update_fields=["opening_told"])


def away(ends_before_close: timedelta, length: timedelta, opened) -> Outage:
    ended_at = opened.closes_at - ends_before_close
    return Outage.objects.create(began_at=ended_at - length, ended_at=ended_at)


def last_day_of(consultation):
    consultation.refresh_from_db()
    return consultation.last_day


# --- the rule -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "days"), [(59, 0), (60, 0), (61, 1)])
def test_more_than_an_hour_of_the_last_day_extends_it(opened, clock, minutes, days):
    former = opened.last_day
    away(HOUR, minutes * MINUTE, opened)
    clock.set(opened.closes_at - MINUTE)
    actions.extend_for_outages()
    assert last_day_of(opened) == former + days * DAY


def test_of_an_outage_before_the_last_24_hours_only_what_lies_in_them_counts(opened, clock):
    former = opened.last_day
    away(23 * HOUR, 3 * HOUR, opened)
    clock.set(opened.closes_at - MINUTE)
    assert actions.extend_for_outages() == 0
    away(22 * HOUR + 59 * MINUTE, MINUTE, opened)
    assert actions.extend_for_outages() == 1
    assert last_day_of(opened) == former + DAY


def test_outages_add_up_and_what_overlaps_counts_once(opened, clock):
    away(5 * HOUR, 40 * MINUTE, opened)
    away(5 * HOUR, 30 * MINUTE, opened)
    clock.set(opened.closes_at - MINUTE)
    assert actions.extend_for_outages() == 0
    away(3 * HOUR, 21 * MINUTE, opened)
    assert actions.extend_for_outages() == 1
    change = DateChange.objects.get()
    assert change.reason.startswith("Сайт був недоступний загалом 61 хв строку")


@pytest.mark.parametrize(("minutes", "days"), [(-1, 0), (0, 1)])
def test_a_day_of_the_whole_term_extends_it(opened, minutes, days):
    former = opened.last_day
    away(15 * DAY, 14 * HOUR, opened)
    away(13 * DAY, 10 * HOUR + minutes * MINUTE, opened)
    actions.extend_for_outages()
    assert last_day_of(opened) == former + days * DAY


def test_an_outage_before_the_opening_or_after_the_close_is_none_of_its_term(opened, clock):
    for began in (opened.opens_at - 30 * HOUR, opened.closes_at):
        Outage.objects.create(began_at=began, ended_at=began + 30 * HOUR)
    clock.set(opened.closes_at + 31 * HOUR)
    assert actions.extend_for_outages() == 0


def test_the_procedure_says_by_how_many_days(opened, clock):
    former = opened.last_day
    opened.procedure.outage_days = 3
    opened.procedure.save(update_fields=["outage_days"])
    away(HOUR, 2 * HOUR, opened)
    clock.set(opened.closes_at - MINUTE)
    actions.extend_for_outages()
    assert last_day_of(opened) == former + 3 * DAY
    with pytest.raises(IntegrityError), transaction.atomic():
        opened.procedure.outage_days = 0
        opened.procedure.save(update_fields=["outage_days"])


@pytest.mark.parametrize(("late", "days"), [(-1, 0), (0, 1), (1, 2)])
def test_so_many_whole_days_lie_ahead_however_late_it_is_extended(opened, late, days):
    extended = opened.last_day + opened.procedure.outage_days * DAY
    found = rules.last_day_after(opened, [], today=extended + late * DAY)
    assert found == extended + days * DAY


# --- the change of dates --------------------------------------------------------------------------


def test_it_is_an_ordinary_change_of_dates_once(opened, clock, emitted, client):
    outage = away(HOUR, 2 * HOUR, opened)
    former, due = opened.closes_at, opened.report_due_on
    clock.set(former - MINUTE)
    assert [actions.extend_for_outages() for _ in range(3)] == [1, 0, 0]
    change = DateChange.objects.get()
    assert (change.by, change.outage) == (None, outage)
    assert (change.old_closes_at, change.new_closes_at) == (former, former + DAY)
    assert emitted == [DatesChanged(opened.pk, None, change.pk)]
    opened.refresh_from_db()
    assert opened.report_due_on != due
    page = client.get(opened.get_absolute_url()).content.decode()
    assert change.reason in page
    with pytest.raises(IntegrityError), transaction.atomic():
        DateChange.objects.create(
            consultation=opened,
            outage=outage,
            old_opens_at=opened.opens_at,
            old_closes_at=former,
            new_opens_at=opened.opens_at,
            new_closes_at=former,
            reason="Вдруге",
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        DateChange.objects.filter(pk=change.pk).update(outage=None)


def test_after_an_extension_the_count_begins_anew(opened, clock):
    former = opened.last_day
    away(15 * DAY, 25 * HOUR, opened)
    assert actions.extend_for_outages() == 1
    away(13 * DAY, 2 * HOUR, opened)
    assert actions.extend_for_outages() == 0
    opened.refresh_from_db()
    away(HOUR, 61 * MINUTE, opened)
    clock.set(opened.closes_at - MINUTE)
    assert actions.extend_for_outages() == 1
    assert last_day_of(opened) == former + 2 * DAY


def test_the_job_extends_before_it_tells_of_the_close(opened, clock, emitted):
    away(HOUR, 2 * HOUR, opened)
    clock.set(opened.closes_at + MINUTE)
    jobs.tell_what_passed(0)
    assert [type(event) for event in emitted] == [DatesChanged]
    opened.refresh_from_db()
    assert opened.state_at(database_clock.now()) == State.OPEN


def test_what_the_site_was_away_at_the_end_of_opens_again_from_when_it_was_back(
    opened, olena, clock, emitted
):
    former = opened.closes_at
    clock.set(former + MINUTE)
    life_actions.tell_what_passed()
    Outage.objects.create(began_at=former - 2 * HOUR, ended_at=former + 30 * HOUR)
    clock.set(former + 30 * HOUR)
    assert actions.extend_for_outages() == 1
    opened.refresh_from_db()
    assert opened.closes_at == end_of_day((DateChange.objects.get().old_last_day) + 3 * DAY)
    assert not opened.closing_told
    assert remarks_actions.remark(opened, by=olena, text="Тепер сайт працює")
    clock.set(opened.closes_at + MINUTE)
    emitted.clear()
    jobs.tell_what_passed(0)
    assert [type(event) for event in emitted] == [ConsultationClosed]


def test_what_people_were_told_is_over_stays_so_where_the_site_was_there_at_its_end(opened, clock):
    clock.set(opened.closes_at + MINUTE)
    life_actions.tell_what_passed()
    away(MINUTE, 5 * HOUR, opened)
    assert actions.extend_for_outages() == 0


@pytest.mark.parametrize("state", [State.REPORTED, State.WITHDRAWN])
def test_what_is_finished_stays(department, state):
    finished = factories.consultation(department, state, closing_told=True)
    away(-HOUR, 5 * HOUR, finished)
    away(HOUR, 5 * HOUR, finished)
    actions.extend_for_outages()
    assert not DateChange.objects.filter(consultation=finished).exists()


# --- the beat -------------------------------------------------------------------------------------


def test_a_gap_in_the_beat_is_an_outage_once(opened, clock):
    start = database_clock.now()
    clock.stop(start)
    beats.beat()
    clock.stop(start + beats.GAP)
    beats.beat()
    assert not Outage.objects.exists()
    clock.stop(start + beats.GAP + timedelta(hours=2))
    beats.beat()
    beats.beat()
    outage = Outage.objects.get()
    assert (outage.began_at, outage.length) == (start + beats.GAP, timedelta(hours=2))
    assert outage.is_measured
    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.create(began_at=outage.began_at, ended_at=outage.ended_at)


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_come_back_at_once_record_one(clock):
    beats.beat()
    clock.advance(hours=2)
    assert at_once([beats.beat, beats.beat]) == [None, None]
    assert Outage.objects.count() == 1


def test_while_pages_are_away_no_close_is_told(opened, clock, emitted, settings):
    clock.set(opened.closes_at - 2 * HOUR)
    beats.beat()
    clock.set(opened.closes_at + MINUTE)
    settings.PAGE_BEATS = True
    jobs.tell_what_passed(0)
    assert emitted == []
    beats.beat()
    jobs.tell_what_passed(0)
    assert [type(event) for event in emitted] == [DatesChanged]


def test_where_pages_do_not_beat_nothing_waits_for_them(opened, clock, settings):
    beats.beat()
    clock.set(opened.closes_at + MINUTE)
    assert settings.PAGE_BEATS is False
    assert jobs.tell_what_passed(0) is None
    opened.refresh_from_db()
    assert opened.closing_told


# --- entered by hand ------------------------------------------------------------------------------


def enter(by, *, hours: float = 2, what: str = "Не було зв’язку", until: timedelta = HOUR):
    ended_at = database_clock.now() - until
    return actions.enter(
        by=by, began_at=ended_at - timedelta(hours=hours), ended_at=ended_at, what=what
    )


def test_an_administrator_enters_one(opened, admin, clock, emitted):
    clock.set(opened.closes_at - MINUTE)
    outage = enter(admin)
    assert emitted == [OutageEntered(outage.pk, admin.pk)]
    actions.extend_for_outages()
    assert "Не було зв’язку" in DateChange.objects.get().reason


def test_nobody_else_does(ofi, mo, olena, refused):
    for person in (ofi, mo, olena):
        with refused("outage.administrators_only"):
            enter(person)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("outage.ends_before_it_begins", {"hours": 0}),
        ("outage.not_over", {"until": -MINUTE}),
        ("outage.reason_missing", {"what": "  "}),
    ],
)
def test_it_is_over_and_has_a_reason(admin, refused, code, fields):
    with refused(code):
        enter(admin, **fields)


def test_the_desk_lists_them_and_an_administrator_adds_one(client, admin, ofi, olena):
    address = reverse("desk:outages")
    client.force_login(admin)
    ended = localtime(database_clock.now() - HOUR)
    sent = {
        "began_at": f"{ended - 2 * HOUR:%Y-%m-%dT%H:%M}",
        "ended_at": f"{ended:%Y-%m-%dT%H:%M}",
        "what": "Не було зв’язку",
    }
    answer = client.post(reverse("desk:new_outage"), sent)
    assert (answer.status_code, answer.url) == (302, address)
    assert client.post(reverse("desk:new_outage"), sent | {"what": ""}).status_code == 422
    client.force_login(ofi)
    page = client.get(address).content.decode()
    assert "Не було зв’язку" in page
    assert reverse("desk:new_outage") not in page
    assert client.get(reverse("desk:new_outage")).status_code == 403
    client.force_login(olena)
    assert client.get(address).status_code == 403
