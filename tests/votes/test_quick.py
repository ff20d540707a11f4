"""A quick poll: opened in one step, voted in from a phone, over by itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.domain import clock
from core.models import AuditEntry
from tests import factories as people
from tests.votes import factories
from votes import rules
from votes.ballots import actions as cast_actions
from votes.life import actions
from votes.models import Poll, State
from votes.paper import actions as paper_actions

pytestmark = pytest.mark.django_db

HELD = {"is_quick": True, "results_while_open": True}


def test_a_question_and_enter_are_enough(client, ofi, department):
    client.force_login(ofi)
    page = client.get("/desk/polls/quick/").content.decode()
    assert page.count("autofocus") == 1
    form = client.get("/desk/polls/quick/").context["form"]
    sent = {name: form[name].initial for name in form.fields if form[name].initial is not None}
    sent["department"] = department.pk
    opened = client.post("/desk/polls/quick/", sent | {"text": "Оголошуємо перерву?"})
    poll = Poll.objects.get()
    assert opened["Location"] == f"/desk/polls/{poll.pk}/hall/"
    hall = client.get(opened["Location"]).content.decode()
    assert f"/polls/{poll.pk}/vote/" in hall
    assert 'class="qr"' in hall
    assert f'href="/polls/{poll.pk}/display/"' in hall
    assert 'data-count="turnout"' in hall


def test_no_hall_for_a_draft_and_for_others(client, ofi, olena, department):
    draft = factories.poll(ofi, department, State.DRAFT)
    opened = factories.poll(ofi, department)
    for person, poll, status in ((ofi, draft, 404), (olena, opened, 404), (ofi, opened, 200)):
        client.force_login(person)
        assert client.get(f"/desk/polls/{poll.pk}/hall/").status_code == status


def test_who_is_not_signed_in_is_led_there_and_back(client, ofi, department):
    poll = factories.poll(ofi, department, **HELD)
    address = f"/polls/{poll.pk}/vote/"
    led = client.get(address)
    assert led.status_code == 302
    assert led["Location"] == f"/account/login/?next={address}"


def test_the_ballot_is_cast_in_one_step(client, ofi, department, olena):
    poll = factories.poll(ofi, department, questions=[factories.YES_NO], **HELD)
    client.force_login(olena)
    page = client.get(f"/polls/{poll.pk}/vote/").content.decode()
    assert 'name="cast"' in page
    assert 'name="check"' not in page
    question = factories.first_question(poll)
    receipt = client.post(f"/polls/{poll.pk}/vote/", {f"q{question.pk}": "no", "cast": 1})
    assert receipt.status_code == 200
    assert poll.open_ballots.get().choices == {str(question.pk): "no"}


def test_it_publishes_itself_once_and_nobody_is_said_to_have_done_it(ofi, department, olena):
    poll = factories.poll(ofi, department, **HELD)
    cast_actions.cast(poll, by=olena, choices=factories.choose(poll))
    assert actions.tell_what_closed() == 0
    factories.close(poll)
    assert actions.tell_what_passed() == 1
    assert actions.tell_what_passed() == 0
    poll.refresh_from_db()
    assert poll.closing_told
    assert poll.result.counted["ballots"] == 1
    assert poll.result.by is None
    entry = AuditEntry.objects.get(event="ResultsPublished")
    assert (entry.actor, entry.ids["poll_id"]) == (None, poll.pk)


def test_with_paper_it_waits_for_a_person(ofi, admin, department):
    poll = factories.poll(ofi, department, **HELD)
    sheet = factories.sheet(poll, admin)
    factories.close(poll)
    assert actions.tell_what_closed() == 1
    assert actions.tell_what_closed() == 0
    paper_actions.confirm_paper(sheet, by=ofi, choices=sheet.choices)
    assert actions.tell_what_closed() == 0
    poll.refresh_from_db()
    assert poll.published_at is None
    actions.publish(poll, by=ofi)


def test_no_other_poll_publishes_itself(ofi, department):
    poll = factories.poll(ofi, department)
    secret = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET)
    for each in (poll, secret):
        factories.close(each)
    assert actions.tell_what_closed([poll.pk]) == 1
    assert actions.tell_what_closed() == 1
    assert not Poll.objects.exclude(published_at=None).exists()


# --- Closed early ---------------------------------------------------------------------------------


def test_who_opened_it_closes_it_when_the_hall_has_voted(client, ofi, department, olena):
    poll = factories.poll(ofi, department, **HELD)
    cast_actions.cast(poll, by=olena, choices=factories.choose(poll))
    announced = poll.closes_at
    client.force_login(ofi)
    hall = f"/desk/polls/{poll.pk}/hall/"
    assert "Закрити зараз" in client.get(hall).content.decode()
    assert client.post(f"/desk/polls/{poll.pk}/close/")["Location"] == hall
    poll.refresh_from_db()
    assert poll.opens_at < poll.closes_at <= poll.published_at < announced == poll.was_to_close_at
    assert (poll.result.counted["ballots"], poll.result.by) == (1, None)
    assert "Закрити зараз" not in client.get(hall).content.decode()
    assert "закрито раніше" in client.get(f"/polls/{poll.pk}/").content.decode()
    late = {f"q{factories.first_question(poll).pk}": factories.options(poll)[1], "cast": 1}
    assert client.post(f"/polls/{poll.pk}/vote/", late).status_code == 403
    assert poll.open_ballots.get().choices == factories.choose(poll)


def test_closing_early_is_told_once_and_traced(ofi, department):
    poll = actions.close_early(factories.poll(ofi, department, **HELD), by=ofi)
    assert poll.closing_told
    assert actions.tell_what_passed() == 0
    traced = AuditEntry.objects.filter(ids__poll_id=poll.pk).order_by("pk")
    assert list(traced.values_list("event", "actor"))[-2:] == [
        ("PollClosedEarly", ofi.pk),
        ("ResultsPublished", None),
    ]


def test_a_sheet_of_paper_waits_for_a_person_then_too(ofi, admin, department):
    poll = factories.poll(ofi, department, **HELD)
    factories.sheet(poll, admin)
    poll = actions.close_early(poll, by=ofi)
    assert poll.state_at(poll.closes_at) == State.CLOSED
    assert poll.published_at is None


def test_a_hand_that_was_slower_than_the_countdown_changes_nothing(client, ofi, department):
    poll = factories.close(factories.poll(ofi, department, **HELD))
    client.force_login(ofi)
    assert client.post(f"/desk/polls/{poll.pk}/close/").status_code == 302
    assert not Poll.objects.exclude(was_to_close_at=None).exists()


@pytest.mark.parametrize(
    ("person", "state", "fields", "code"),
    [
        ("ofi", State.OPEN, HELD, ""),
        ("ofi", State.OPEN, {}, "poll.keeps_its_closing"),
        ("olena", State.OPEN, HELD, "poll.officers_only"),
        ("ofi", State.SCHEDULED, HELD, "poll.not_open_yet"),
        ("ofi", State.CLOSED, HELD, "poll.closed"),
        ("ofi", State.CANCELLED, HELD, "poll.cancelled"),
    ],
)
def test_which_poll_is_closed_early(ofi, department, request, person, state, fields, code):
    poll = factories.poll(ofi, department, state, **fields)
    verdict = rules.close_early(request.getfixturevalue(person), poll, now=clock.now())
    assert (verdict.code, bool(verdict)) == (code, not code)


def test_who_keeps_the_record_asks_those_who_are_here(ofi, department):
    """Secretaries too, of the department or of what people have come to; other polls stay with
    officers."""
    secretary = people.user("sec", role="secretary", department=department)
    of_one = people.user("one", role="secretary", department=department, scope="meeting:7")
    held, other = factories.poll(ofi, department, **HELD), factories.poll(ofi, department)
    now = clock.now()
    assert rules.ask_here(secretary, department.pk)
    assert rules.ask_here(of_one, department.pk, "meeting:7")
    assert not rules.ask_here(of_one, department.pk, "meeting:8")
    assert rules.close_early(secretary, held, now=now)
    assert rules.close_early(of_one, held, now=now, scope="meeting:7")
    assert rules.close_early(of_one, held, now=now).code == "poll.officers_only"
    assert rules.close_early(secretary, other, now=now).code == "poll.officers_only"
    assert not rules.begin(secretary)


def test_no_query_closes_another_poll_early(ofi, department):
    poll = factories.poll(ofi, department)
    with pytest.raises(IntegrityError, match="closed_early"), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(was_to_close_at=poll.closes_at)


def test_what_was_called_off_stays_so(ofi, department):
    poll = factories.poll(ofi, department, **HELD)
    actions.cancel(poll, by=ofi, reason="Не те питання.")
    factories.close(poll)
    assert actions.tell_what_closed() == 0


@pytest.mark.parametrize(
    ("fields", "sheets", "code"),
    [
        ({"is_quick": True}, 0, ""),
        ({"is_quick": True}, 1, "poll.has_paper"),
        ({}, 0, "poll.officers_only"),
        ({"is_quick": True, "secrecy": "secret"}, 0, "poll.officers_only"),
    ],
)
def test_the_rule(ofi, department, fields, sheets, code):
    poll = factories.poll(ofi, department, State.CLOSED, **fields)
    verdict = rules.publish_itself(poll, now=poll.closes_at, sheets=sheets)
    assert verdict.code == code
    if not code:
        early = rules.publish_itself(poll, now=poll.opens_at, sheets=0)
        assert early.code == "poll.still_open"
