"""Terms: counted when they begin, by the working calendar of the day, and anew when it changes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from appeals.models import Appeal
from city.lists import description as city
from city.models import MartialLawPeriod
from core.domain.calendar import Unit, end_of_day, kyiv, last_date, local_date
from petitions import terms
from petitions.answer import actions as answer_actions
from petitions.events import PetitionChanged
from petitions.life import actions as life_actions
from petitions.life import thresholds as actions
from petitions.models import Petition, State
from tests.petitions import factories

pytestmark = pytest.mark.django_db
SUPPORTED = Petition.Decision.SUPPORTED


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """«2027-04-30 23:59» on the clocks of Kyiv; its second time where there are two."""
    shown = datetime.fromisoformat(text)
    return kyiv(shown.date(), shown.time(), fold=1)


@pytest.fixture
def peace(db):
    MartialLawPeriod.objects.all().delete()


def war(first: str, last: str | None = None) -> None:
    MartialLawPeriod.objects.all().delete()
    MartialLawPeriod.objects.create(
        starts_on=first, ends_on=last, act="Указ про введення воєнного стану"
    )


#: sent at, published by: peacetime, martial law. In 2027 1 May is a Saturday and Easter the Sunday
#: after it: their days off are the 3rd and the 4th. 8 May is a Saturday again: the 10th.
SENT = [
    ("2027-03-15 10:00", "2027-03-17", "2027-03-17"),  # Monday: Wednesday
    ("2027-03-18 09:00", "2027-03-22", "2027-03-22"),  # Thursday: Monday
    ("2027-03-19 23:59", "2027-03-23", "2027-03-23"),  # Friday's last minute
    ("2027-03-20 00:00", "2027-03-23", "2027-03-23"),  # Saturday: its count begins on Monday
    ("2027-04-30 12:00", "2027-05-06", "2027-05-04"),  # four days off in peacetime alone
    ("2027-05-07 12:00", "2027-05-12", "2027-05-11"),  # a holiday on Saturday moves to Monday
    ("2026-12-24 12:00", "2026-12-29", "2026-12-28"),  # 25 December
    # Clocks go forward on 28 March 2027 at 3, and back on 31 October 2027 at 4.
    ("2027-03-26 23:30", "2027-03-30", "2027-03-30"),
    ("2027-03-27 23:30", "2027-03-30", "2027-03-30"),
    ("2027-10-29 23:30", "2027-11-02", "2027-11-02"),
    ("2027-10-31 03:30", "2027-11-02", "2027-11-02"),
]


@pytest.mark.parametrize(("sent", "in_peace", "in_war"), SENT)
def test_published_within_two_working_days(olena, clock, peace, sent, in_peace, in_war):
    clock.set(moment(sent))
    made = life_actions.submit(factories.petition(olena, State.DRAFT), by=olena)
    assert made.publish_due_on == day(in_peace)
    war("2026-01-01")
    made = life_actions.submit(factories.petition(olena, State.DRAFT), by=olena)
    assert made.publish_due_on == day(in_war)


#: published at, how long, the last day of collecting.
COLLECTED = [
    ("2027-02-01 10:00", 3, Unit.MONTHS, "2027-05-05"),  # the first working day after 1 May
    ("2026-11-30 10:00", 3, Unit.MONTHS, "2027-03-01"),  # no 30 February; the 28th is a Sunday
    ("2027-03-15 10:00", 3, Unit.MONTHS, "2027-06-15"),
    ("2027-03-15 10:00", 45, Unit.DAYS, "2027-04-29"),
    ("2027-09-30 23:59", 1, Unit.MONTHS, "2027-11-01"),  # over the night of the long hour
]


@pytest.mark.parametrize(("published", "amount", "unit", "last_day"), COLLECTED)
def test_collected_until_the_end_of_the_last_day(
    olena, mo, clock, peace, published, amount, unit, last_day
):
    factories.procedure(collection=amount, collection_unit=unit)
    clock.set(moment(published))
    made = life_actions.publish(factories.petition(olena, State.MODERATION), by=mo)
    assert made.last_day == day(last_day)
    assert made.closes_at == end_of_day(day(last_day))
    last_second = made.closes_at - timedelta(seconds=1)
    assert local_date(last_second) == day(last_day)
    assert made.is_open_at(last_second)
    assert not made.is_open_at(made.closes_at)


def test_from_enough_signatures_to_the_answer(olena, ofi, department, clock, peace):
    """3 working days to announce the review, 10 to hold it, the next one for the answer."""
    procedure = factories.procedure(threshold=1, plenary=False)
    clock.set(moment("2027-04-22 16:00"))  # a Thursday
    petition = factories.petition(olena, procedure=procedure, department=department)
    factories.signatures(petition, 1, at=moment("2027-04-22 16:00"))
    actions.settle_threshold(petition.pk)
    petition.refresh_from_db()
    assert petition.notice_due_on == day("2027-04-27")
    clock.set(moment("2027-04-27 09:00"))
    made = answer_actions.start_review(petition, by=ofi, department=department)
    # 28, 29, 30 April, 5, 6, 7 and 11, 12, 13, 14 May.
    assert made.review_due_on == day("2027-05-14")
    clock.set(moment("2027-05-07 18:00"))
    made = answer_actions.decide(petition, by=ofi, decision=SUPPORTED)
    assert made.answer_due_on == day("2027-05-11")


#: collecting ended with, answered within a month of it.
ENDED = [
    ("2027-03-15", "2027-04-15"),
    ("2027-01-31", "2027-03-01"),  # no 31 February; the 28th is a Sunday
    ("2027-04-08", "2027-05-11"),  # 8 May is a Saturday and its Monday off
]


@pytest.mark.parametrize("hours", [0, 200])
@pytest.mark.parametrize(("ended", "answer"), ENDED)
def test_an_appeal_is_answered_within_a_month(olena, clock, peace, ended, answer, hours):
    """Of the day on which collecting ended, however late a job comes to tell it."""
    closes_at = end_of_day(day(ended))
    clock.set(closes_at - timedelta(days=30))
    petition = factories.petition(olena, closes_at=closes_at)
    clock.set(closes_at + timedelta(hours=hours))
    assert actions.tell_what_passed() == 1
    petition.refresh_from_db()
    assert petition.answer_due_on is None
    assert last_date(petition.appeal.due_at) == day(answer)


def describe_war(first: str, last: str | None = None) -> None:
    city.describe(
        {"martial_law": [{"starts_on": date.fromisoformat(first), "act": "Указ"}]}
        if last is None
        else {
            "martial_law": [
                {"starts_on": date.fromisoformat(first), "ends_on": day(last), "act": "Указ"}
            ]
        }
    )


def test_running_terms_are_counted_anew_when_martial_law_ends_and_begins(olena, clock, emitted):
    war("2026-01-01")
    clock.set(moment("2027-04-30 12:00"))
    waits = life_actions.submit(factories.petition(olena, State.DRAFT), by=olena)
    assert waits.publish_due_on == day("2027-05-04")
    emitted.clear()
    describe_war("2026-01-01", "2027-04-30")
    waits.refresh_from_db()
    assert waits.publish_due_on == day("2027-05-06")  # the 3rd and the 4th are days off again
    assert PetitionChanged(waits.pk, None) in emitted
    describe_war("2027-05-01")
    waits.refresh_from_db()
    assert waits.publish_due_on == day("2027-05-04")


@pytest.mark.parametrize(
    ("state", "column", "fields"),
    [
        (State.MODERATION, "publish_due_on", {"submitted_at": "2027-04-30 12:00"}),
        (State.REACHED, "notice_due_on", {"reached_at": "2027-04-30 12:00"}),
        (State.REVIEW, "review_due_on", {"review_at": "2027-04-30 12:00"}),
        (State.AGENDA, "review_due_on", {"review_at": "2027-04-30 12:00"}),
        (State.SUPPORTED, "answer_due_on", {"decided_at": "2027-04-30 12:00"}),
    ],
)
def test_each_running_term(olena, clock, peace, state, column, fields):
    clock.set(moment("2027-04-30 18:00"))
    moments = {name: moment(text) for name, text in fields.items()}
    petition = factories.petition(olena, state, **moments)
    term = next(term for term in terms.TERMS if term.runs(petition))
    actions.recount_terms()
    petition.refresh_from_db()
    in_peace = getattr(petition, column)
    describe_war("2026-01-01")
    petition.refresh_from_db()
    assert term.column == column
    assert getattr(petition, column) < in_peace


@pytest.mark.parametrize(
    "state", [State.REFUSED, State.COLLECTING, State.WITHDRAWN, State.ANSWERED]
)
def test_what_is_done_keeps_its_day_and_collecting_its_last(olena, peace, state, emitted):
    petition = factories.petition(olena, state)
    before = Petition.objects.filter(pk=petition.pk).values().get()
    describe_war("2020-01-01")
    assert Petition.objects.filter(pk=petition.pk).values().get() == before
    assert PetitionChanged(petition.pk, None) not in emitted


def test_an_appeals_term_too(olena, clock, peace):
    clock.set(moment("2027-04-09 00:00"))
    factories.petition(
        olena,
        State.NOT_REACHED,
        published_at=moment("2027-02-01 00:00"),
        submitted_at=moment("2027-02-01 00:00"),
        closes_at=end_of_day(day("2027-04-08")),
    )
    actions.tell_what_passed()
    describe_war("2026-01-01")
    appeal = Appeal.objects.get()
    assert last_date(appeal.due_at) == day("2027-05-10")  # a working Monday while it lasts


def test_other_lists_of_the_city_move_nothing(olena, emitted):
    factories.petition(olena, State.REVIEW, review_due_on=day("2020-01-01"))
    city.describe({"theme": [{"slug": "parks", "name": "Парки"}]})
    assert [each.name for each in emitted] == ["CityChanged"]


def test_a_term_is_set_by_kyivs_day_and_not_by_utcs(olena, clock, peace):
    clock.set(kyiv(day("2027-03-16"), time(0, 30)))  # still the 15th in UTC
    made = life_actions.submit(factories.petition(olena, State.DRAFT), by=olena)
    assert made.publish_due_on == day("2027-03-18")


def test_budget(olena, django_assert_max_num_queries):
    for _number in range(3):
        factories.petition(olena, State.REVIEW)
    actions.recount_terms()
    with django_assert_max_num_queries(4):
        assert actions.recount_terms() == 0
