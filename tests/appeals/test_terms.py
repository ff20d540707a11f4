"""Terms of law: each by a table of its own, in peace and under martial law, over nights of 23 and
of 25 hours; when an answer is late; extensions; what another calendar moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals import actions, terms
from appeals.desk.clocks import legal_terms_of
from appeals.models import Answer, Appeal, Entry, State
from appeals.register import journal
from city.lists import actions as lists_actions
from city.models import Change, MartialLawPeriod
from core.domain.calendar import PEACETIME, WorkCalendar, kyiv
from tests.appeals import factories

pytestmark = pytest.mark.django_db
WAR = WorkCalendar([(date(2022, 2, 24), None)])


def moment(text: str) -> datetime:
    """«2027-04-30 23:59» on the clocks of Kyiv; its second time where there are two."""
    shown = datetime.fromisoformat(text)
    return kyiv(shown.date(), shown.time(), fold=1)


@pytest.fixture
def peace(db):
    MartialLawPeriod.objects.all().delete()


def war() -> None:
    MartialLawPeriod.objects.all().delete()
    MartialLawPeriod.objects.create(starts_on="2022-02-24", act="Указ № 64/2022")


#: article, term, received at, last day in peace, last day under martial law. In 2027 1 May is a
#: Saturday and Easter the Sunday after it: their days off are the 3rd and the 4th. 8 May is a
#: Saturday again: the 10th. Clocks go forward on 28 March 2027 at 3, back on 31 October at 4.
LAST_DAYS = [
    ("393/96-ВР ст. 20", "month", "2027-03-15 10:00", "2027-04-15", "2027-04-15"),
    ("393/96-ВР ст. 20", "month", "2027-01-31 10:00", "2027-03-01", "2027-03-01"),  # 28: Sunday
    ("393/96-ВР ст. 20", "month", "2028-01-31 10:00", "2028-02-29", "2028-02-29"),
    ("393/96-ВР ст. 20", "month", "2027-04-01 10:00", "2027-05-05", "2027-05-03"),
    ("393/96-ВР ст. 20", "month", "2027-09-30 23:59", "2027-11-01", "2027-11-01"),
    ("393/96-ВР ст. 20", "month", "2026-12-31 23:59", "2027-02-01", "2027-02-01"),
    ("393/96-ВР ст. 20", "month", "2027-01-01 00:00", "2027-02-01", "2027-02-01"),
    ("393/96-ВР ст. 20", "simple", "2027-03-15 10:00", "2027-03-30", "2027-03-30"),
    ("393/96-ВР ст. 20", "simple", "2027-04-16 10:00", "2027-05-05", "2027-05-03"),
    ("393/96-ВР ст. 20", "simple", "2027-06-13 10:00", "2027-06-29", "2027-06-28"),
    # The longest that a day asked for can be: the term that the law gives.
    ("393/96-ВР ст. 20", "shortened", "2027-03-15 10:00", "2027-04-15", "2027-04-15"),
    ("393/96-ВР ст. 20", "extended", "2027-03-15 10:00", "2027-04-29", "2027-04-29"),
    # «Не може перевищувати сорока п'яти днів»: the 45th is a Saturday, a Sunday, a holiday.
    ("393/96-ВР ст. 20", "extended", "2026-11-11 10:00", "2026-12-24", "2026-12-25"),
    ("393/96-ВР ст. 20", "extended", "2027-03-18 10:00", "2027-04-30", "2027-04-30"),
    ("393/96-ВР ст. 20", "extended", "2027-05-14 10:00", "2027-06-25", "2027-06-28"),
    ("2939-VI ст. 20 ч. 1", "request", "2027-03-15 10:00", "2027-03-22", "2027-03-22"),
    ("2939-VI ст. 20 ч. 1", "request", "2027-03-19 23:59", "2027-03-26", "2027-03-26"),
    ("2939-VI ст. 20 ч. 1", "request", "2027-03-20 00:00", "2027-03-26", "2027-03-26"),
    ("2939-VI ст. 20 ч. 1", "request", "2027-03-04 16:00", "2027-03-12", "2027-03-11"),  # 8 March
    ("2939-VI ст. 20 ч. 1", "request", "2027-04-30 12:00", "2027-05-12", "2027-05-07"),
    ("2939-VI ст. 20 ч. 1", "request", "2026-12-23 12:00", "2026-12-31", "2026-12-30"),
    ("2939-VI ст. 20 ч. 1", "request", "2027-03-26 23:30", "2027-04-02", "2027-04-02"),
    ("2939-VI ст. 20 ч. 1", "request", "2027-03-28 02:30", "2027-04-02", "2027-04-02"),
    ("2939-VI ст. 20 ч. 1", "request", "2027-10-31 03:30", "2027-11-05", "2027-11-05"),
    ("2939-VI ст. 20 ч. 4", "request_extended", "2027-03-15 10:00", "2027-04-12", "2027-04-12"),
    ("2939-VI ст. 20 ч. 4", "request_extended", "2027-04-12 10:00", "2027-05-13", "2027-05-10"),
    ("393/96-ВР ст. 5", "return_malformed", "2027-03-15 10:00", "2027-03-25", "2027-03-25"),
    ("393/96-ВР ст. 5", "return_malformed", "2027-04-21 10:00", "2027-05-05", "2027-05-03"),
    ("393/96-ВР ст. 7", "return_insufficient", "2027-03-15 10:00", "2027-03-22", "2027-03-22"),
    ("393/96-ВР ст. 7", "return_insufficient", "2027-03-03 10:00", "2027-03-09", "2027-03-08"),
    ("393/96-ВР ст. 7", "forward", "2027-03-16 10:00", "2027-03-22", "2027-03-22"),  # Sunday
    # A complaint of the answer: within a month of knowing it; and what runs from then.
    ("393/96-ВР ст. 17", "reopening", "2027-03-15 10:00", "2027-04-15", "2027-04-15"),
    ("393/96-ВР ст. 17", "reopening", "2027-04-01 10:00", "2027-05-05", "2027-05-03"),
    ("393/96-ВР ст. 20", "reopened", "2027-01-31 10:00", "2027-03-01", "2027-03-01"),
    ("2939-VI ст. 20 ч. 1", "request_reopened", "2027-03-04 16:00", "2027-03-12", "2027-03-11"),
]


@pytest.mark.parametrize(("article", "code", "received", "in_peace", "in_war"), LAST_DAYS)
def test_the_last_day(article, code, received, in_peace, in_war):
    term = {**terms.TERMS, **terms.OFFICE_TERMS}[code]
    assert term.article == article
    start = moment(received)
    assert term.last_day(start, PEACETIME).isoformat() == in_peace
    assert term.last_day(start, WAR).isoformat() == in_war
    # It is in time to the end of that day, and late from midnight on.
    assert term.end(start, WAR) == moment(f"{in_war} 00:00") + timedelta(days=1)


def test_no_term_is_left_out_of_the_table():
    """The 48 hours have one of their own; two have the day that a letter names (test_requests)."""
    others = {terms.URGENT.code, terms.POSTPONED.code, terms.FEE.code}
    assert {code for _article, code, *_days in LAST_DAYS} | others == {
        *terms.TERMS,
        *terms.OFFICE_TERMS,
    }


@pytest.mark.parametrize(
    ("received", "late"),
    [
        ("2027-03-15 10:00", "2027-03-17 10:00"),
        ("2027-03-27 12:00", "2027-03-29 13:00"),  # one hour was skipped
        ("2027-10-30 12:00", "2027-11-01 11:00"),  # one hour came twice
        ("2027-05-01 12:00", "2027-05-03 12:00"),  # days off do not stop it
    ],
)
def test_48_hours_are_hours(received, late):
    """2939-VI art. 20(2)."""
    end = terms.URGENT.end(moment(received), PEACETIME)
    assert end.astimezone(UTC) == moment(late).astimezone(UTC)
    assert end.astimezone(UTC) - moment(received).astimezone(UTC) == timedelta(hours=48)


@pytest.mark.parametrize(
    ("received", "in_peace", "in_war"),
    [
        ("2027-03-15 00:00", "2027-03-15", "2027-03-15"),
        ("2027-03-15 16:59", "2027-03-15", "2027-03-15"),
        ("2027-03-15 17:00", "2027-03-16", "2027-03-16"),
        ("2027-03-19 17:00", "2027-03-22", "2027-03-22"),  # Friday evening
        ("2027-03-20 09:00", "2027-03-22", "2027-03-22"),
        ("2027-03-08 09:00", "2027-03-09", "2027-03-08"),  # a holiday in peace alone
        ("2027-04-30 18:00", "2027-05-05", "2027-05-03"),
        ("2027-03-28 04:00", "2027-03-29", "2027-03-29"),
        ("2027-10-31 03:30", "2027-11-01", "2027-11-01"),
    ],
)
def test_the_day_of_registration(received, in_peace, in_war):
    """КМУ 348 п. 2: on the day of receipt; after hours and on days off, the next working day."""
    at = moment(received)
    assert terms.registration_day(at, PEACETIME).isoformat() == in_peace
    assert terms.registration_day(at, WAR).isoformat() == in_war


def test_what_came_in_the_evening_is_due_from_its_receipt(clock, peace, olena):
    """Registered on Monday, counted from Friday («від дня їх надходження», art. 20)."""
    clock.set(moment("2027-03-19 18:00"))
    appeal = factories.filed(olena).appeal
    assert appeal.registered_on == date(2027, 3, 22)
    assert factories.until(appeal) == "2027-04-19"


def test_a_letter_of_last_week_is_due_from_its_receipt(clock, peace):
    clock.set(moment("2027-03-22 10:00"))
    appeal = actions.file(
        by=factories.registrar(),
        via=Appeal.Via.LETTER,
        received_at=moment("2027-03-18 10:00"),
        **factories.WORDS,
    ).appeal
    assert appeal.registered_on == date(2027, 3, 22)
    assert factories.until(appeal) == "2027-04-19"  # 18 April is a Sunday


@pytest.mark.parametrize(
    ("answered", "is_late"), [("2027-03-22 23:59", False), ("2027-03-23 00:00", True)]
)
def test_a_request_answered_in_the_last_minute_is_in_time(clock, peace, olena, answered, is_late):
    """2939-VI art. 20(1): to the last minute of the fifth working day, not a minute later."""
    clock.set(moment("2027-03-15 10:00"))
    appeal = factories.appeal(olena, State.IN_WORK, kind=Appeal.Kind.REQUEST)
    clock.set(moment(answered))
    found = list(Appeal.objects.late())
    factories.answered(appeal)
    appeal.refresh_from_db()
    assert (found == [appeal]) is is_late
    assert appeal.is_late_at(moment("2030-01-01 00:00")) is is_late
    assert not Appeal.objects.late().exists()


# --- Extensions -----------------------------------------------------------------------------------


@pytest.fixture
def considered(clock, peace, olena):
    clock.set(moment("2027-03-15 10:00"))
    return lambda kind, **fields: factories.appeal(olena, State.IN_WORK, kind=kind, **fields)


@pytest.mark.parametrize(
    ("kind", "until", "code"),
    [
        ("application", "2027-04-29", ""),  # the 45th day
        ("application", "2027-04-30", "appeal.extended_too_far"),
        ("application", "2027-04-16", ""),
        ("application", "2027-04-15", "appeal.not_longer"),
        ("application", "2027-04-24", "appeal.day_off"),
        ("request", "2027-04-12", ""),  # the 20th working day
        ("request", "2027-04-13", "appeal.extended_too_far"),
        ("request", "2027-03-22", "appeal.not_longer"),
    ],
)
def test_how_far_it_is_extended(considered, kind, until, code):
    appeal = considered(kind)
    boss = factories.who_extends(appeal)
    if code:
        with factories.refused(code):
            actions.extend(appeal, by=boss, until=date.fromisoformat(until), reason="Обстеження")
        return
    appeal = actions.extend(appeal, by=boss, until=date.fromisoformat(until), reason="Обстеження")
    assert factories.until(appeal) == until
    assert ": Обстеження" in Entry.objects.filter(appeal=appeal).last().words
    with factories.refused("appeal.cannot_be_extended"):
        actions.extend(appeal, by=boss, until=date.fromisoformat(until), reason="Ще раз")


@pytest.mark.parametrize(
    ("kind", "at", "allowed"),
    [
        ("request", "2027-03-22 23:59", True),
        ("request", "2027-03-23 00:00", False),  # the notice is due within the five days
        ("application", "2027-04-15 23:59", True),
        ("application", "2027-04-16 00:00", False),
    ],
)
def test_it_is_extended_while_it_runs(considered, clock, kind, at, allowed):
    appeal = considered(kind)
    clock.set(moment(at))
    boss = factories.who_extends(appeal)

    def extend() -> None:
        actions.extend(
            appeal, by=boss, until=date(2027, 4, 12 + 8 * (kind != "request")), reason="…"
        )

    if allowed:
        extend()
    else:
        with factories.refused("appeal.extended_too_late"):
            extend()


def test_48_hours_are_not_extended(considered):
    appeal = considered("request", is_urgent=True)
    assert appeal.term == "urgent"
    with factories.refused("appeal.cannot_be_extended"):
        actions.extend(
            appeal, by=factories.head(appeal.department), until=date(2027, 4, 12), reason="…"
        )


@pytest.mark.parametrize(
    ("ground", "at", "allowed"),
    [
        ("malformed", "2027-03-25 23:59", True),
        ("malformed", "2027-03-26 00:00", False),
        ("insufficient", "2027-03-22 23:59", True),
        ("insufficient", "2027-03-23 00:00", False),
    ],
)
def test_until_when_it_is_returned(clock, peace, olena, ground, at, allowed):
    clock.set(moment("2027-03-15 10:00"))
    appeal = factories.filed(olena).appeal
    clock.set(moment(at))
    if allowed:
        actions.return_(appeal, by=factories.registrar(), ground=ground, note="Немає адреси.")
        return
    with factories.refused("appeal.return_too_late"):
        actions.return_(appeal, by=factories.registrar(), ground=ground, note="Немає адреси.")


# --- Another calendar -----------------------------------------------------------------------------


def test_martial_law_moves_terms_that_run(clock, peace, olena, admin):
    clock.set(moment("2027-04-30 12:00"))
    running = factories.filed(olena, kind=Appeal.Kind.REQUEST).appeal
    closed = factories.appeal(olena, State.ANSWERED, kind=Appeal.Kind.REQUEST)
    promised = factories.appeal(olena, State.IN_WORK, kind=Appeal.Kind.REQUEST)
    boss = factories.head(promised.department)
    promised = actions.extend(promised, by=boss, until=date(2027, 5, 20), reason="Багато даних")
    assert factories.until(running) == "2027-05-12"

    shown = actions.find_moved_terms(WAR)
    assert [(each.pk, each.title) for each in shown] == [(running.pk, running.label)]
    assert shown[0].days == {"due_at": (date(2027, 5, 12), date(2027, 5, 7))}
    war()
    assert actions.recount_terms(by=admin.pk) == 1
    for appeal, until in (
        (running, "2027-05-07"),
        (closed, "2027-05-12"),
        (promised, "2027-05-20"),
    ):
        appeal.refresh_from_db()
        assert factories.until(appeal) == until
    trace = Change.objects.get(table="appeal")
    assert trace.values == {"due_at": ["2027-05-12", "2027-05-07"]}
    assert trace.by == admin.pk
    told = Entry.objects.filter(appeal=running, internal=False).last()
    assert (told.kind, told.words) == ("recounted", "07.05.2027")
    assert actions.recount_terms(by=admin.pk) == 0


def test_the_desk_recounts_by_itself(clock, peace, olena, admin):
    """A period of martial law that is entered there moves the terms of appeals too."""
    clock.set(moment("2027-04-30 12:00"))
    running = factories.filed(olena, kind=Appeal.Kind.REQUEST).appeal
    lists_actions.add(
        "martial_law",
        {"starts_on": date(2022, 2, 24), "ends_on": None, "act": "Указ № 64/2022"},
        by=admin,
    )
    running.refresh_from_db()
    assert factories.until(running) == "2027-05-07"


def test_counting_anew_reads_no_texts_and_writes_once(clock, peace, olena, admin):
    clock.set(moment("2027-04-30 12:00"))
    for _one in range(3):
        factories.filed(olena, kind=Appeal.Kind.REQUEST)
    with CaptureQueriesContext(connection) as queries:
        assert len(actions.find_moved_terms(WAR)) == 3
        war()
        assert actions.recount_terms(by=admin.pk) == 3
    asked = [query["sql"] for query in queries]
    assert not any('"appeals_appeal"."text"' in sql for sql in asked)
    assert sum(sql.startswith('UPDATE "appeals_appeal"') for sql in asked) == 1
    assert Entry.objects.filter(kind="recounted", words="07.05.2027").count() == 3


def test_what_is_filed_or_answered_meanwhile_asks_for_no_second_look(
    clock, peace, olena, admin, client
):
    """The preview of another calendar is confirmed though appeals come and go."""
    clock.set(moment("2027-04-29 12:00"))
    answered = factories.appeal(olena, State.IN_WORK, kind=Appeal.Kind.REQUEST)
    clock.set(moment("2027-04-30 12:00"))
    factories.filed(olena, kind=Appeal.Kind.REQUEST)
    client.force_login(admin)
    address = reverse("city_desk:new_period")
    period = {"starts_on": "2022-02-24", "ends_on": "", "act": "Указ № 64/2022"}
    shown = client.post(address, period)
    assert len(shown.context["moved"]) == 2
    period["seen"] = shown.context["form"]["seen"].value()
    # One like those that were shown, and one less of them.
    late = factories.filed(olena, kind=Appeal.Kind.REQUEST).appeal
    factories.answered(answered)
    # The first one of another day: what becomes of its days was not shown.
    clock.set(moment("2027-05-07 12:00"))
    other = factories.filed(olena, kind=Appeal.Kind.REQUEST).appeal
    client.force_login(admin)
    again = client.post(address, period)
    assert again.status_code == 200
    period["seen"] = again.context["form"]["seen"].value()
    factories.filed(olena, kind=Appeal.Kind.REQUEST)
    assert client.post(address, period).status_code == 302
    late.refresh_from_db()
    other.refresh_from_db()
    assert factories.until(late) == "2027-05-07"
    assert factories.until(other) == "2027-05-14"


def test_an_answer_that_was_late_stays_late(clock, peace, olena):
    clock.set(moment("2027-03-15 10:00"))
    appeal = factories.appeal(olena, State.IN_WORK)
    clock.set(moment("2027-05-05 10:00"))
    factories.answered(appeal)
    actions.reopen(appeal, by=olena, reason="Не світять.")
    clock.set(moment("2027-05-06 10:00"))
    factories.answered(appeal)
    appeal.refresh_from_db()
    now = moment("2027-05-07 10:00")
    assert not appeal.is_late_at(now)
    first, second = appeal.answers.all()
    assert first.due_at == moment("2027-04-16 00:00")
    assert second.due_at == appeal.due_at
    assert list(Answer.objects.late()) == [first]
    found = legal_terms_of(appeal, now, PEACETIME, [first, second])
    assert [each.was_late for each in found] == [True, False]
    (row,) = journal.journal(factories.registrar())
    assert row.is_late == "!"
