"""Electronic services: entered by their holder, used month by month, concluded of in public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from core.domain.calendar import KYIV
from core.domain.deadlines import deadlines_of
from core.web.pages import forget_pages
from insights.indicators.measures.services import count_services
from insights.indicators.periods import Period, PeriodKind
from records.models import Conclusion, Service, ServiceUse
from records.services import actions
from tests.meetings.factories import refused
from tests.tokens.conftest import program
from tokens import actions as tokens

pytestmark = pytest.mark.django_db
#: In the middle of a day of Kyiv.
NOON = datetime(2027, 3, 10, 12, tzinfo=KYIV)


@pytest.fixture
def today(clock) -> date:
    forget_pages()
    clock.set(NOON)
    return NOON.date()


def service(by, **fields) -> Service:
    """A service of the officer's department, offered since the middle of January."""
    said = {
        "department_id": next(iter(by.department_ids)),
        "name": "Запис до лікаря",
        "about": "Черга без черги: день і година.",
        "url": "https://likar.example/",
        "since": date(2027, 1, 15),
        "pilot_until": date(2027, 6, 30),
    }
    return actions.add(by=by, fields=said | fields)


def test_the_public_page_tells_use_and_corrections(client, ofi, today):
    made = service(ofi)
    actions.enter_use(made, by=ofi, month=date(2027, 1, 31), number=1200)
    actions.enter_use(made, by=ofi, month=date(2027, 2, 1), number=999)
    with refused("service.reason_missing"):
        actions.enter_use(made, by=ofi, month=date(2027, 2, 1), number=1000)
    actions.enter_use(made, by=ofi, month=date(2027, 2, 1), number=1000, reason="Дублі в журналі")
    again = actions.enter_use(made, by=ofi, month=date(2027, 2, 28), number=1000)
    assert (again.edition, ServiceUse.objects.current().count()) == (2, 2)
    page = client.get(made.get_absolute_url()).text
    for words in ("1\u00a0200", "Дублі в журналі", "999", "30\u00a0червня 2027", "likar.example"):
        assert words in page, words
    assert "Запис до лікаря" in client.get("/services/").text
    assert "Запис до лікаря" not in client.get("/services/?list=ended").text


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (date(2027, 3, 1), "service.month_runs"),
        (date(2026, 12, 31), "service.not_offered_then"),
        (date(2027, 2, 28), None),
        (date(2027, 1, 1), None),
    ],
)
def test_only_months_that_are_over_and_in_which_it_was_offered_have_figures(
    ofi, today, month, code
):
    made = service(ofi)
    if code:
        with refused(code):
            actions.enter_use(made, by=ofi, month=month, number=5)
    else:
        assert actions.enter_use(made, by=ofi, month=month, number=5).month.day == 1


def test_another_department_keeps_nothing_of_it(client, ofi, stranger, today):
    made = service(ofi)
    with refused("service.keepers_only"):
        actions.enter_use(made, by=stranger, month=date(2027, 2, 1), number=5)
    client.force_login(stranger)
    assert client.get(f"/desk/services/{made.pk}/").status_code == 403


def test_a_pilot_is_due_and_goes_on_or_ends_in_public(client, clock, ofi, today):
    made = service(ofi)
    [due] = [each for each in deadlines_of(ofi) if each.kind == "service-pilot"]
    assert (due.due_on, due.of) == (date(2027, 6, 30), made.pk)
    clock.set(datetime(2027, 6, 30, 23, 59, tzinfo=KYIV))
    assert not Service.objects.get().awaits_conclusion
    clock.set(datetime(2027, 7, 1, 0, 0, tzinfo=KYIV))
    assert Service.objects.get().awaits_conclusion
    say = {"by": ofi, "words": "За пів року – 7 200 записів."}
    with refused("service.not_longer"):
        actions.conclude(made, outcome="prolonged", last_day=date(2027, 6, 30), **say)
    actions.conclude(made, outcome="prolonged", last_day=date(2027, 12, 31), **say)
    assert not Service.objects.get().awaits_conclusion
    actions.conclude(made, outcome="permanent", **say)
    assert [each for each in deadlines_of(ofi) if each.kind == "service-pilot"] == []
    with refused("service.no_pilot"):
        actions.conclude(made, outcome="permanent", **say)
    actions.conclude(made, outcome="ended", last_day=date(2027, 7, 31), **say)
    with refused("service.ended"):
        actions.conclude(made, outcome="ended", last_day=date(2027, 8, 31), **say)
    assert "7 200 записів" in client.get(made.get_absolute_url()).text
    assert "Запис до лікаря" in client.get("/services/?list=ended").text
    assert Conclusion.objects.count() == 3


@pytest.mark.parametrize(
    ("ended", "expected"), [(date(2027, 12, 30), []), (date(2027, 12, 31), [1]), (None, [1])]
)
def test_the_indicator_counts_what_can_be_used_on_the_last_day(ofi, today, ended, expected):
    made = service(ofi)
    service(ofi, name="Ще один", since=date(2027, 3, 1), pilot_until=None)
    Service.objects.filter(name="Ще один").update(since=date(2028, 1, 1))
    Service.objects.filter(pk=made.pk).update(ended_on=ended)
    period = Period(PeriodKind.YEAR, date(2027, 1, 1))
    assert [each.value for each in count_services(period)] == expected


def test_an_officer_does_all_of_it_in_forms(client, ofi, today):
    client.force_login(ofi)
    assert "Конструктор" not in client.get("/desk/services/").text
    said = {
        "department": next(iter(ofi.department_ids)),
        "name": "Карта ремонтів",
        "about": "Де перекрито вулиці.",
        "url": "https://karta.example/",
        "since": "01.02.2027",
        "pilot_until": "",
    }
    answer = client.post("/desk/services/new/", said)
    made = Service.objects.get()
    assert answer.url == f"/desk/services/{made.pk}/"
    address = f"/desk/services/{made.pk}/use/"
    assert "Лютий 2027" in client.get(address).text
    wrong = client.post(address, {"month": "2027-02-01", "number": "-1"})
    assert wrong.status_code == 422
    sent = {"month": "2027-02-01", "number": "310"}
    assert client.post(address, sent).status_code == 302
    assert "310" in client.get(f"/desk/services/{made.pk}/").text


def test_a_program_of_the_department_tells_a_month(ofi, stranger, today):
    made = service(ofi)
    given = {"name": "Лічильник", "days": 30}
    address = f"/api/v1/services/{made.pk}/uses/"
    month = {"month": "2027-02", "number": 40}

    def post(by, scope: str, sent: dict, key: str = "") -> Any:
        client = program(tokens.create(by, scopes=[scope], **given)[1])
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(address, sent, content_type="application/json", headers=headers)

    assert post(ofi, "me:read", month).json()["code"] == "token.scope"
    assert post(stranger, "services:write", month).json()["code"] == "service.keepers_only"
    first = post(ofi, "services:write", month, key="february-of-the-year-2027")
    assert first.json().get("edition") == 1, first.json()
    assert (
        post(ofi, "services:write", month, key="february-of-the-year-2027").json() == first.json()
    )
    assert post(ofi, "services:write", month).json() == first.json(), "the same changes nothing"
    other = post(ofi, "services:write", {"month": "2027-02", "number": 41})
    assert (other.status_code, other.json()["code"]) == (422, "service.reason_missing")
    for wrong in ("2027-13", "2027-2", "1999-01", "лютий"):
        assert post(ofi, "services:write", {"month": wrong, "number": 1}).status_code == 422
    listed = program(tokens.create(ofi, scopes=["me:read"], **given)[1]).get("/api/v1/services/")
    [one] = listed.json()["results"]
    assert (one["name"], one["pilot_until"]) == ("Запис до лікаря", "2027-06-30")
