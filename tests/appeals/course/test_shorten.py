"""A term shortened on the applicant's written demand (393/96-ВР art. 20)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from appeals import actions, terms
from appeals.desk.clocks import legal_terms_of
from appeals.models import Entry, State
from city.calendar import work_calendar
from core.domain import clock as database_clock
from core.domain.calendar import end_of_day, last_date, local_date
from core.models import AuditEntry
from tests.appeals import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_work(olena, department):
    return factories.appeal(olena, State.IN_WORK, by=department)


def working_day(days: int):
    return work_calendar().next_working_day(local_date(database_clock.now()) + timedelta(days=days))


def shorten(appeal, by, until, reason="Заявниця від’їздить"):
    actions.shorten(appeal, by=by, until=until, reason=reason)
    appeal.refresh_from_db()
    return appeal


def test_the_clock_follows_and_the_applicant_reads_why(in_work):
    clerk, until = factories.registrar(), working_day(5)
    shorten(in_work, clerk, until)
    assert (in_work.term, in_work.due_at) == ("shortened", end_of_day(until))
    entry = Entry.objects.get(appeal=in_work, kind="shortened", internal=False)
    assert entry.words == f"{until:%d.%m.%Y}: Заявниця від’їздить"
    (main,) = legal_terms_of(in_work, database_clock.now(), work_calendar())
    assert (main.due_on, main.article) == (until, "393/96-ВР ст. 20")
    told = AuditEntry.objects.get(event="AppealShortened", ids__appeal_id=in_work.pk)
    assert told.actor == clerk.pk


def test_what_is_answered_after_that_day_is_late(in_work, clock):
    until = working_day(3)
    shorten(in_work, factories.registrar(), until)
    clock.set(end_of_day(until))
    answer = factories.answered(in_work)
    assert answer.due_at <= answer.sent_at
    in_work.refresh_from_db()
    assert in_work.is_late_at(database_clock.now())


def test_it_is_never_longer_than_the_present_one(in_work):
    clerk, last = factories.registrar(), last_date(in_work.due_at)
    for until, code in (
        (last, "appeal.not_shorter"),
        (last + timedelta(days=1), "appeal.not_shorter"),
        (local_date(database_clock.now()) - timedelta(days=1), "appeal.day_is_over"),
        (_day_off(), "appeal.day_off"),
    ):
        with factories.refused(code):
            shorten(in_work, clerk, until)
    with factories.refused("appeal.reason_missing"):
        shorten(in_work, clerk, working_day(3), reason=" ")
    # Once more, and still only shorter.
    shorten(in_work, clerk, working_day(8))
    with factories.refused("appeal.not_shorter"):
        shorten(in_work, clerk, working_day(8))
    shorten(in_work, clerk, working_day(4))


def _day_off():
    """A Sunday within the term; martial law or peace, it is none."""
    day = local_date(database_clock.now()) + timedelta(days=3)
    return day + timedelta(days=6 - day.weekday())


def test_another_calendar_does_not_move_what_was_promised(in_work):
    until = working_day(5)
    shorten(in_work, factories.registrar(), until)
    actions.recount_terms()
    in_work.refresh_from_db()
    assert last_date(in_work.due_at) == until


def test_an_extended_one_may_be_shortened_and_is_not_extended_twice(in_work, department):
    boss = factories.head(department)
    last = terms.EXTENDED.last_day(in_work.received_at, work_calendar())
    actions.extend(in_work, by=factories.mayor(), until=last, reason="Бо")
    in_work.refresh_from_db()
    shorten(in_work, boss, working_day(10))
    with factories.refused("appeal.cannot_be_extended"):
        actions.extend(in_work, by=factories.mayor(), until=last, reason="Бо")


def test_a_shortened_one_is_extended_within_the_lawful_term_alone(in_work, department):
    boss = factories.head(department)
    shorten(in_work, boss, working_day(5))
    last = terms.EXTENDED.last_day(in_work.received_at, work_calendar())
    beyond = work_calendar().next_working_day(last + timedelta(days=1))
    with factories.refused("appeal.extended_too_far"):
        actions.extend(in_work, by=factories.mayor(), until=beyond, reason="Бо")
    actions.extend(in_work, by=factories.mayor(), until=last, reason="Бо")
    in_work.refresh_from_db()
    assert in_work.term == "extended"


def test_a_request_is_not_shortened(olena, department):
    made = factories.appeal(olena, State.IN_WORK, by=department, kind="request")
    with factories.refused("appeal.request_not_shortened"):
        shorten(made, factories.registrar(), working_day(1))


def test_by_the_form_of_the_desk(client, in_work, department):
    client.force_login(factories.head(department))
    address = f"/desk/appeals/{in_work.pk}/shorten/"
    assert address in client.get(f"/desk/appeals/{in_work.pk}/").text
    sent = {"until": last_date(in_work.due_at).isoformat(), "reason": "Лікування"}
    found = client.post(address, sent)
    assert found.status_code == 422
    assert "until" in found.context["form"].errors
    assert "Лікування" in found.text
    assert client.post(address, sent | {"until": working_day(4).isoformat()}).status_code == 302
    in_work.refresh_from_db()
    assert in_work.term == "shortened"
