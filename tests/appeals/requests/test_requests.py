"""Requests for information: refused by a ground of the law, postponed, paid for (2939-VI)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from appeals import actions, terms
from appeals.models import Answer, Appeal, CopyFee, OutgoingLetter, Refusal, State
from appeals.requests import rules
from appeals.requests.rules import CopyTariff, Grounds
from city.calendar import work_calendar
from city.models import Council, MartialLawPeriod
from core.domain import clock as database_clock
from core.domain.calendar import PEACETIME, end_of_day, last_date, local_date
from tests import factories as people
from tests.appeals import factories
from tests.appeals.answers.test_answer import sent_form
from tests.appeals.test_rules import (
    FACTS,
    HEADS,
    NOW,
    PEOPLE,
    RESPONDING,
    WORKING,
    appeal,
)

TEST = {"interest": "Права інших.", "harm": "Розкриє діагноз.", "balance": "Досить сум."}
NOT_HELD = Grounds("not_held", "Такого обліку рада не веде.")
RESTRICTED = Grounds("restricted", "Без згоди осіб.", **TEST)
SOMEBODY = "Журавель Калина, спеціалістка"
REFUSING = {"text": "", "responsible": SOMEBODY, "fee": None}
TARIFF = CopyTariff(Decimal("2.50"), "IBAN UA00")
PAY_BY = PEACETIME.next_working_day(local_date(NOW) + timedelta(days=7))
FEE = {"calendar": PEACETIME, "fee": None, "tariff": TARIFF, "pages": 11, "pay_by": PAY_BY}
LATER = PEACETIME.next_working_day(local_date(NOW) + timedelta(days=35))
UNPAID = CopyFee(pages=11, pay_by=PAY_BY, asked_at=NOW)


def request(state: State = State.IN_WORK, **fields) -> Appeal:
    about = {"kind": "request", "about_person_id": None, "term": "request"}
    return appeal(state, **{**about, **fields})


# --- Rules ----------------------------------------------------------------------------------------

ROLES = [
    (rules.refuse_request, {"why": NOT_HELD, **REFUSING}, WORKING),
    (
        rules.postpone,
        {"calendar": PEACETIME, "until": LATER, "reason": "Пожежа", "responsible": SOMEBODY},
        HEADS,
    ),
    (rules.ask_fee, {**FEE, "is_exempt": False}, RESPONDING),
    (rules.record_payment, {"fee": UNPAID, "paid_on": local_date(NOW)}, RESPONDING),
]


@pytest.mark.parametrize(("rule", "asked", "who"), ROLES, ids=[row[0].__name__ for row in ROLES])
@pytest.mark.parametrize("state", State)
def test_who_may_in_which_state(rule, asked, who, state):
    made = request(state)
    found = {name for name, user in PEOPLE.items() if rule(user, made, **FACTS, **asked)}
    impartial = {name for name in PEOPLE if "that it is about" in name}
    considered = state in {State.IN_WORK, State.REOPENED}
    # The request is about nobody: whoever else is named so holds their role like others.
    assert found - impartial == (who if considered else set())


@pytest.mark.parametrize(
    ("why", "asked", "code", "field"),
    [
        (NOT_HELD, {}, "", ""),
        (Grounds("incomplete", "Немає опису."), {}, "", ""),
        (RESTRICTED, {}, "", ""),
        (Grounds("secret", "Бо."), {}, "appeal.ground_missing", "ground"),
        (Grounds("", "Бо."), {}, "appeal.ground_missing", "ground"),
        (replace(NOT_HELD, reason=" "), {}, "appeal.reason_missing", "reason"),
        (replace(RESTRICTED, interest=""), {}, "appeal.test_missing", "interest"),
        (replace(RESTRICTED, harm=" "), {}, "appeal.test_missing", "harm"),
        (replace(RESTRICTED, balance=""), {}, "appeal.test_missing", "balance"),
        (replace(RESTRICTED, part="Адреси"), {"text": "Суми."}, "", ""),
        (replace(RESTRICTED, part="Адреси"), {}, "appeal.part_and_answer", "text"),
        (RESTRICTED, {"text": "Суми."}, "appeal.part_and_answer", "part"),
        (Grounds("unpaid", "Не сплачено."), {}, "appeal.not_unpaid", "ground"),
        (Grounds("unpaid", "Не сплачено."), {"fee": UNPAID}, "appeal.not_unpaid", "ground"),
        (NOT_HELD, {"responsible": ""}, "appeal.responsible_without_a_post", ""),
    ],
)
def test_on_which_grounds_it_is_refused(why, asked, code, field):
    """2939-VI arts 6(2), 22(1), 22(4)."""
    verdict = rules.refuse_request(
        PEOPLE["officer"], request(), **FACTS, **{"why": why, **REFUSING, **asked}
    )
    assert (verdict.code, verdict.params.get("field", "")) == (code, field)


def test_unpaid_is_what_was_not_paid_by_its_last_day():
    why, user = Grounds("unpaid", "Не сплачено."), PEOPLE["officer"]
    facts = {"involved": FACTS["involved"], "why": why, **REFUSING, "fee": UNPAID}
    last_moment = end_of_day(PAY_BY)
    made = request(due_at=last_moment + timedelta(days=5))
    before = rules.refuse_request(user, made, now=last_moment - timedelta(seconds=1), **facts)
    assert before.code == "appeal.not_unpaid"
    assert rules.refuse_request(user, made, now=last_moment, **facts)
    paid = CopyFee(pages=11, pay_by=PAY_BY, asked_at=NOW, paid_on=PAY_BY)
    verdict = rules.refuse_request(user, made, now=last_moment, **facts | {"fee": paid})
    assert verdict.code == "appeal.not_unpaid"


def test_an_appeal_has_none_of_it():
    made = appeal(State.IN_WORK)
    for rule, asked, _who in ROLES[:3]:
        assert rule(PEOPLE["head"], made, **FACTS, **asked).code == "appeal.no_request"


@pytest.mark.parametrize(
    ("made", "asked", "code"),
    [
        ({"postponed_at": NOW}, {}, "appeal.postponed_already"),
        ({"due_at": NOW}, {}, "appeal.postponed_too_late"),
        ({"due_at": NOW + timedelta(seconds=1)}, {}, ""),
        ({"due_at": end_of_day(LATER)}, {}, "appeal.not_longer"),
        ({}, {"until": LATER + timedelta(days=400)}, "appeal.day"),
        ({}, {"reason": ""}, "appeal.reason_missing"),
        ({}, {"responsible": ""}, "appeal.responsible_without_a_post"),
    ],
)
def test_how_it_is_postponed(made, asked, code):
    """2939-VI art. 22(6)-(7)."""
    given = {"calendar": PEACETIME, "until": LATER, "reason": "Пожежа", "responsible": SOMEBODY}
    verdict = rules.postpone(PEOPLE["head"], request(**made), **FACTS, **{**given, **asked})
    assert verdict.code.startswith(code) if code else verdict


@pytest.mark.parametrize(
    ("made", "asked", "code"),
    [
        ({}, {"pages": 10}, "appeal.few_pages"),
        ({}, {"pages": 100_001}, "appeal.too_many_pages"),
        ({}, {"fee": UNPAID}, "appeal.fee_asked_already"),
        ({}, {"tariff": CopyTariff()}, "appeal.copies_are_free"),
        ({}, {"is_exempt": True}, "appeal.fee_exempt"),
        ({"due_at": NOW}, {}, "appeal.fee_too_late"),
        ({}, {"pay_by": local_date(NOW)}, "appeal.pay_by_a_working_day"),
        ({}, {"pay_by": date(2099, 5, 4)}, "appeal.day_too_far"),
    ],
)
def test_when_copies_are_paid_for(made, asked, code):
    """2939-VI art. 21."""
    given = {**FEE, "is_exempt": False, **asked}
    assert rules.ask_fee(PEOPLE["officer"], request(**made), **FACTS, **given).code == code


def test_a_payment_is_of_a_day_between_the_letter_and_today():
    user, today = PEOPLE["officer"], local_date(NOW)
    for paid_on, fee, code in (
        (today + timedelta(days=1), UNPAID, "appeal.paid_on_another_day"),
        (today - timedelta(days=1), UNPAID, "appeal.paid_on_another_day"),
        (today, None, "appeal.nothing_to_pay"),
        (today, CopyFee(pages=11, asked_at=NOW, paid_on=today), "appeal.nothing_to_pay"),
    ):
        verdict = rules.record_payment(user, request(), **FACTS, fee=fee, paid_on=paid_on)
        assert verdict.code == code


# --- Actions --------------------------------------------------------------------------------------


@pytest.fixture
def clerk(db, department):
    """Who considers requests, with the post that a refusal names."""
    made = people.user("kalyna", "Калина", "Журавель")
    people.grant(
        made,
        "officer",
        department=department,
        post="головна спеціалістка",
        post_genitive="головної спеціалістки",
        patronymic="Степанівна",
    )
    return made


@pytest.fixture
def asked(olena, department, clerk):
    """A request of olena's that the department considers."""
    made = factories.appeal(olena, State.IN_WORK, by=department, kind=Appeal.Kind.REQUEST)
    return actions.assign(made, by=factories.registrar(), department=department, officer=clerk)


def test_a_refusal_is_approved_and_sent_like_an_answer(client, asked, clerk, olena):
    actions.refuse_request(asked, by=clerk, why=replace(RESTRICTED, part="Адреси"), text="Суми.")
    boss = factories.head(asked.department)
    actions.approve(asked, by=boss)
    sent = actions.answer(asked, by=boss, how="page")
    assert (sent.result, sent.text) == (Answer.Result.PARTLY, "Суми.")
    refusal = Refusal.objects.get(answer=sent)
    assert refusal.responsible == "Журавель Калина Степанівна, головна спеціалістка"
    assert OutgoingLetter.objects.get(answer=sent).label == sent.letterhead["number"]
    client.force_login(olena)
    page = client.get(reverse("appeals:detail", args=[asked.pk])).text
    for words in ("Адреси", "Розкриє діагноз.", "Суми."):
        assert words in page


def test_the_ordinary_answer_refuses_nothing_of_a_request(asked, clerk):
    for result in ("denied", "partly"):
        with factories.refused("appeal.refused_by_a_step"):
            actions.draft_answer(asked, by=clerk, text="Службова.", result=result)
    actions.refuse_request(asked, by=clerk, why=NOT_HELD)
    assert Answer.objects.get(appeal=asked).result == "denied"
    # Who writes an ordinary answer after all takes the refusal back.
    actions.draft_answer(asked, by=clerk, text="Ось перелік.", result="satisfied")
    assert not Refusal.objects.exists()


def test_who_has_no_post_refuses_nothing(asked, department):
    nameless = people.user("nameless", role="officer", department=department)
    actions.assign(asked, by=factories.registrar(), department=department, officer=nameless)
    with factories.refused("appeal.responsible_without_a_post"):
        actions.refuse_request(asked, by=nameless, why=NOT_HELD)


def test_a_refusal_is_drafted_at_the_desk(client, asked, clerk):
    client.force_login(clerk)
    url = reverse("appeals_desk:refuse", args=[asked.pk])
    sent = sent_form(client, url, ground="restricted", reason="Бо.", interest="Права.")
    found = client.post(url, sent)
    assert found.status_code == 422
    assert "harm" in found.context["form"].errors
    sent |= {"harm": "Шкода.", "balance": "Переважає."}
    assert client.post(url, sent).status_code == 302
    assert Refusal.objects.get().ground == "restricted"
    # What a head approves is what they have read.
    boss = factories.head(asked.department)
    client.force_login(boss)
    url = reverse("appeals_desk:approve", args=[asked.pk])
    read = sent_form(client, url)
    actions.refuse_request(asked, by=clerk, why=NOT_HELD)
    assert client.post(url, read).status_code == 409


def test_a_postponed_one_has_its_day_in_the_clock(asked, clerk):
    boss = factories.head(asked.department)
    until = factories.working_day(asked, 20)
    asked = actions.postpone(asked, by=boss, until=until, reason="Затоплено архів.")
    assert (asked.term, last_date(asked.due_at)) == ("postponed", until)
    MartialLawPeriod.objects.all().delete()
    actions.recount_terms()
    asked.refresh_from_db()
    assert last_date(asked.due_at) == until
    with factories.refused("appeal.postponed_already"):
        actions.postpone(asked, by=boss, until=until + timedelta(days=7), reason="Ще.")


def test_the_rest_of_the_term_waits_for_the_payment(asked, clerk, clock):
    calendar = work_calendar()
    Council.objects.update(copy_price="2.50", copy_limit="6.00", copy_account="IBAN UA00")
    now = database_clock.now()
    left = terms.days_left(asked, now, calendar)
    pay_by = calendar.add_working_days(local_date(now), 10)
    fee = actions.ask_fee(asked, by=clerk, pages=64, pay_by=pay_by)
    assert (fee.total, fee.days_left) == (Decimal("160.00"), left)
    asked.refresh_from_db()
    assert last_date(asked.due_at) == calendar.add_working_days(pay_by, left)
    clock.set(now + timedelta(days=3))
    paid_on = local_date(database_clock.now())
    actions.record_payment(asked, by=clerk, paid_on=paid_on)
    asked.refresh_from_db()
    assert last_date(asked.due_at) == calendar.add_working_days(paid_on, left)
    assert [each.kind for each in asked.outgoing.all()] == ["fee"]


def test_a_postponement_outlasts_a_payment_that_would_end_before_it(asked, clerk):
    Council.objects.update(copy_price="2.50", copy_limit="6.00", copy_account="IBAN UA00")
    today = local_date(database_clock.now())
    pay_by = work_calendar().add_working_days(today, 10)
    actions.ask_fee(asked, by=clerk, pages=64, pay_by=pay_by)
    until = factories.working_day(asked, 20)
    asked = actions.postpone(
        asked, by=factories.head(asked.department), until=until, reason="Затоплено архів."
    )
    actions.record_payment(asked, by=clerk, paid_on=today)
    asked.refresh_from_db()
    assert (asked.term, last_date(asked.due_at)) == ("postponed", until)


def test_outgoing_numbers_of_a_year_have_no_gap(asked, clerk, olena):
    boss = factories.head(asked.department)
    first = factories.filed(olena).appeal
    actions.forward(first, by=factories.registrar(), to="Облрада", sheets=2)
    with factories.refused("appeal.not_approved"):
        actions.answer(asked, by=boss, how="page")
    actions.postpone(asked, by=boss, until=factories.working_day(asked, 20), reason="Пожежа.")
    letters = OutgoingLetter.objects.order_by("number")
    assert [each.number for each in letters] == [1, 2, 3]
    assert [each.kind for each in letters] == ["forwarded", "covering", "postponed"]
    label = letters[2].label
    assert set(Appeal.objects.search(label)) == set(Appeal.objects.search(f"№ {label}")) == {asked}
    assert not Appeal.objects.search(label.replace("3/", "9/"))
