"""A business's request for information (2939-VI art. 20): in time to the last minute of its fifth
working day, late a minute after, also where martial law begins or ends meanwhile and over the
nights in which clocks change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from appeals import actions
from appeals.models import Answer, Appeal, State
from appeals.register import journal
from city.lists import actions as lists_actions
from city.models import MartialLawPeriod
from core.domain.calendar import kyiv
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DECREE = {"starts_on": date(2022, 2, 24), "act": "Указ № 64/2022"}


def at(text: str) -> datetime:
    """«2027-10-31 03:30» on the clocks of Kyiv, the second time where they show it twice."""
    shown = datetime.fromisoformat(text)
    return kyiv(shown.date(), shown.time(), fold=1)


def begins(on: str) -> Any:
    """The desk enters that martial law began on that day, and goes on."""
    period = {**DECREE, "starts_on": date.fromisoformat(on), "ends_on": None}
    return lambda admin: lists_actions.add("martial_law", period, by=admin)


def ends(on: str) -> Any:
    """The desk enters its last day."""
    last = date.fromisoformat(on)
    return lambda admin: lists_actions.change(
        MartialLawPeriod.objects.get(), {"ends_on": last}, by=admin
    )


#: What it is about; received; whether martial law lasts then; what the desk enters later, and
#: when; the first moment that is late, in UTC. In 2027 8 March is a Monday, a day off in peace;
#: clocks go forward in the night to 28 March (UTC+2 to +3), back in the night to 31 October.
CASES = {
    "peace": ("2027-03-04 16:00", False, None, "2027-03-12T22:00Z"),
    "martial law": ("2027-03-04 16:00", True, None, "2027-03-11T22:00Z"),
    "it ends before a holiday": (
        *("2027-03-04 16:00", True),
        ("2027-03-05 10:00", ends("2027-03-07")),
        "2027-03-12T22:00Z",
    ),
    "it ends with the holiday": (
        *("2027-03-04 16:00", True),
        ("2027-03-09 10:00", ends("2027-03-08")),
        "2027-03-11T22:00Z",
    ),
    "it begins on the holiday": (
        *("2027-03-04 16:00", False),
        ("2027-03-08 09:00", begins("2027-03-08")),
        "2027-03-11T22:00Z",
    ),
    "clocks go forward": ("2027-03-24 12:00", False, None, "2027-03-31T21:00Z"),
    "received in the hour before": ("2027-03-28 02:30", False, None, "2027-04-02T21:00Z"),
    "clocks go back": ("2027-10-28 12:00", True, None, "2027-11-04T22:00Z"),
    "received in the hour that came twice": ("2027-10-31 03:30", True, None, "2027-11-05T22:00Z"),
}


@pytest.fixture
def request_of(clock, firm, admin):
    """``request_of(received, martial_law)``: one of the firm's company, considered then."""
    company = people.organisation("ТОВ «Руда»", firm)

    def make(received: str, *, martial_law: bool) -> Appeal:
        MartialLawPeriod.objects.all().delete()
        if martial_law:
            MartialLawPeriod.objects.create(**DECREE)
        clock.set(at(received))
        appeal = factories.appeal(
            firm, State.IN_WORK, kind=Appeal.Kind.REQUEST, organisation_id=company.pk
        )
        assert appeal.organisation == company
        return appeal

    return make


@pytest.mark.parametrize("minute", ["last", "next"])
@pytest.mark.parametrize("case", CASES)
def test_the_last_minute_of_the_fifth_working_day(clock, request_of, admin, case, minute):
    received, martial_law, change, late_from = CASES[case]
    appeal = request_of(received, martial_law=martial_law)
    if change is not None:
        entered, enter = change
        clock.set(at(entered))
        enter(admin)
        appeal.refresh_from_db()
    late = datetime.fromisoformat(late_from)
    assert appeal.due_at == late

    clock.set(late - MINUTE if minute == "last" else late)
    is_late = minute == "next"
    assert Appeal.objects.late().exists() is is_late
    answer = factories.answered(appeal)
    appeal.refresh_from_db()
    assert timedelta() <= answer.sent_at - (late - MINUTE * (not is_late)) < MINUTE
    assert Answer.objects.late().exists() is is_late
    assert appeal.is_late_at(late + timedelta(days=365)) is is_late
    (row,) = journal.journal(factories.registrar())
    assert row.is_late == ("!" if is_late else "")


@pytest.mark.parametrize(("before", "is_late"), [(MINUTE, False), (timedelta(), True)])
def test_the_desk_sends_it_then_and_its_applicant_reads_whether_it_was_late(
    client, clock, request_of, firm, before, is_late
):
    appeal = request_of("2027-03-24 12:00", martial_law=False)
    boss = factories.head(appeal.department)
    actions.draft_answer(appeal, by=boss, text="План додаємо.", result="satisfied")
    actions.approve(appeal, by=boss)
    clock.set(at("2027-04-01 00:00") - before)
    client.force_login(boss, lasts=7200)
    sent = client.post(reverse("appeals_desk:send", args=[appeal.pk]), {"how": "page"})
    assert sent.status_code == 302
    client.force_login(firm)
    page = client.get(appeal.get_absolute_url()).text
    assert "План додаємо." in page
    assert ("Його розглянули з порушенням строку." in page) is is_late


def test_no_other_business_and_no_colleague_reads_it(client, request_of, bohdan):
    appeal = request_of("2027-03-24 12:00", martial_law=False)
    people.organisation("ТОВ «Сусід»", bohdan)
    client.force_login(bohdan)
    assert client.get(appeal.get_absolute_url()).status_code == 404
    people.mandate(bohdan, appeal.organisation)
    assert client.get(appeal.get_absolute_url()).status_code == 404
