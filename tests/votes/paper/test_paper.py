"""Sheets of paper: typed by one, compared by another, taken back when they were typed wrongly."""

from __future__ import annotations

import pytest

from core.domain import clock
from core.domain.rules import Refused
from core.models import AuditEntry
from tests import factories as house
from tests.accounts.paper.test_letters import text_of
from tests.votes import factories
from votes.life import actions as life_actions
from votes.models import PaperBallot, Poll, State
from votes.paper import actions, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def colleague(department):
    return house.user("colleague", role="officer", department=department)


@pytest.fixture
def poll(officer, department):
    return factories.poll(officer, department)


def code_of(refused):
    return refused.value.verdict.code


def typed(poll, by, number="17", place=0):
    return actions.enter_paper(poll, by=by, number=number, choices=factories.choose(poll, place))


def test_who_typed_a_sheet_wrongly_takes_it_back_and_types_it_anew(
    client, poll, officer, colleague
):
    wrong = typed(poll, officer, place=1)
    right = factories.choose(poll, 0)
    with pytest.raises(Refused) as refused:
        actions.confirm_paper(wrong, by=colleague, choices=right)
    assert code_of(refused) == "paper.differs"
    sheets = f"/desk/polls/{poll.pk}/sheets/"
    client.force_login(colleague)
    assert client.post(f"{sheets}{wrong.pk}/delete/").status_code == 403
    client.force_login(officer)
    assert f"{sheets}{wrong.pk}/delete/" in client.get(sheets).content.decode()
    assert client.post(f"{sheets}{wrong.pk}/delete/").status_code == 302
    assert not PaperBallot.objects.exists()
    assert AuditEntry.objects.get(event="PaperBallotWithdrawn").ids["paper_ballot_id"] == wrong.pk
    again = typed(poll, officer)
    actions.confirm_paper(again, by=colleague, choices=right)
    for person in (officer, colleague):
        with pytest.raises(Refused) as refused:
            actions.withdraw_paper(again, by=person)
        assert code_of(refused) == "paper.confirmed"


def test_a_number_is_typed_once(poll, officer, colleague):
    typed(poll, officer)
    with pytest.raises(Refused) as refused:
        typed(poll, colleague, number=" 17 ")
    assert code_of(refused) == "paper.number_taken"


def test_one_person_does_not_check_herself(poll, officer, colleague):
    sheet = typed(poll, officer)
    with pytest.raises(Refused) as refused:
        actions.confirm_paper(sheet, by=officer, choices=factories.choose(poll))
    assert code_of(refused) == "paper.same_person"
    with pytest.raises(Refused) as refused:
        actions.withdraw_paper(sheet, by=colleague)
    assert code_of(refused) == "paper.not_yours"
    with pytest.raises(Refused) as refused:
        actions.withdraw_paper(sheet, by=house.user("third"))
    assert code_of(refused) == "poll.officers_only"


@pytest.mark.parametrize(
    ("state", "secrecy", "code"),
    [
        (State.SCHEDULED, "nameless", "poll.no_paper"),
        (State.PUBLISHED, "nameless", "poll.no_paper"),
        (State.CANCELLED, "nameless", "poll.cancelled"),
        (State.OPEN, "secret", "poll.no_paper_here"),
    ],
)
def test_sheets_are_typed_from_the_opening_to_the_results(
    officer, department, state, secrecy, code
):
    poll = factories.poll(officer, department, state, secrecy=Poll.Secrecy(secrecy))
    with pytest.raises(Refused) as refused:
        typed(poll, officer)
    assert code_of(refused) == code


def test_what_only_one_has_typed_holds_the_results_up(poll, officer, colleague):
    sheet = typed(poll, officer)
    factories.close(poll)
    with pytest.raises(Refused) as refused:
        life_actions.publish(poll, by=officer)
    assert code_of(refused) == "poll.unconfirmed_paper"
    actions.confirm_paper(sheet, by=colleague, choices=factories.choose(poll))
    counted = life_actions.publish(poll, by=officer).counted
    assert (counted["ballots"], counted["paper"]) == (1, 1)


def test_the_list_of_sheets_has_pages(
    client, poll, officer, colleague, django_assert_max_num_queries
):
    for number in range(45):
        sheet = typed(poll, officer, number=str(number))
        if number < 42:
            actions.confirm_paper(sheet, by=colleague, choices=factories.choose(poll))
    client.force_login(officer)
    sheets = f"/desk/polls/{poll.pk}/sheets/"
    with django_assert_max_num_queries(16):
        first = client.get(sheets)
    assert [each.number for each in first.context["waiting"]] == ["42", "43", "44"]
    assert first.context["counted"] == 42
    assert len(first.context["page"]) == 20
    second = client.get(sheets + first.context["next_url"])
    assert second.context["page"].items[0].number == "21"


def test_empty_ballots_are_printed_with_their_numbers(client, department, officer):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS, random_order=True)
    client.force_login(officer)
    address = f"/desk/polls/{poll.pk}/sheets/print/"
    assert address in client.get(f"/desk/polls/{poll.pk}/").content.decode()
    assert client.get(address).status_code == 200
    for wrong in ({"first": 1, "count": 201}, {"first": 0, "count": 1}, {"first": "", "count": 1}):
        assert client.post(address, wrong).status_code == 422
    answer = client.post("/en" + address, {"first": 41, "count": 3})
    assert answer["Content-Type"] == "application/pdf"
    assert b"/Lang(uk)" in answer.content
    assert b"pdfuaid:part" in answer.content
    assert not PaperBallot.objects.exists()
    pages = text_of(answer.content).split("\f")
    for number in ("41", "42", "43"):
        assert any(f"№ {number}" in page for page in pages)
    text = " ".join(text_of(answer.content).split())
    for words in (poll.title, "Що збудувати?", "Сквер", "жоден із цих варіантів", "утримуюся"):
        assert words in text


@pytest.mark.parametrize(
    ("state", "secrecy", "code"),
    [
        (State.DRAFT, "nameless", "poll.not_final"),
        (State.CLOSED, "nameless", "poll.closed"),
        (State.CANCELLED, "nameless", "poll.cancelled"),
        (State.OPEN, "secret", "poll.no_paper_here"),
    ],
)
def test_ballots_are_printed_while_their_words_are_final(
    client, officer, department, state, secrecy, code
):
    poll = factories.poll(officer, department, state, secrecy=Poll.Secrecy(secrecy))
    poll.refresh_from_db()
    assert rules.print_sheets(officer, poll, now=clock.now()).code == code
    client.force_login(officer)
    assert client.post(f"/desk/polls/{poll.pk}/sheets/print/").status_code == 403


@pytest.mark.parametrize("number", ["017", "１７", "№ 17", "1 7", "17\u200b"])
def test_a_number_spelled_otherwise_is_no_other_sheet(department, officer, number):
    poll = factories.poll(officer, department)
    typed(poll, officer, number="17")
    with pytest.raises(Refused) as refused:
        typed(poll, officer, number=number)
    assert refused.value.verdict.code == "paper.number_taken"
    assert PaperBallot.objects.count() == 1


@pytest.mark.parametrize("number", ["№", " - ", "\u3300" * 20])
def test_what_is_no_number_is_refused(department, officer, number):
    poll = factories.poll(officer, department)
    with pytest.raises(Refused) as refused:
        typed(poll, officer, number=number)
    assert refused.value.verdict.code == "paper.number"
