"""Voting by a code on paper, without an account, as a browser without a script does."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from core.domain import clock
from core.domain.rules import Refused
from tests import factories as house
from tests.votes import factories
from tests.votes.ballots.test_cast_secretly import everything
from tests.votes.test_vote_page import fields
from votes.ballots import actions
from votes.ballots.actions import SENT_AGAIN_WITHIN
from votes.electorate import actions as electorate_actions
from votes.models import (
    Invitation,
    OpenBallot,
    Poll,
    SecretVoterRecord,
    State,
    VoterRecord,
    cast_ballots,
    voter_records,
)

pytestmark = pytest.mark.django_db

PEOPLE = [("Богдан Лис", ""), ("Соня Гай", ""), ("Олена Коваль", "olena@viche.example")]
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture(params=[Poll.Secrecy.NAMELESS, Poll.Secrecy.SECRET])
def poll(request, officer, department):
    return electorate_actions.freeze(
        factories.poll(officer, department, people=PEOPLE, secrecy=request.param)
    )


@pytest.fixture
def secret(officer, department):
    made = factories.poll(officer, department, people=PEOPLE, secrecy=Poll.Secrecy.SECRET)
    return electorate_actions.freeze(made)


@pytest.fixture
def codes(poll):
    return factories.codes_of(poll)


def sent_again(page):
    """What a page's form sends by itself."""
    found = {}
    for name, value in HIDDEN.findall(page.content.decode()):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(value)
    return found


def ballots(poll):
    return factories.in_boxes(poll) if poll.is_secret else list(cast_ballots(poll))


def code_of(refused):
    return refused.value.verdict.code


def test_from_the_code_to_the_receipt(client, poll, codes):
    address = f"/polls/{poll.pk}/code/"
    assert address in client.get(f"/polls/{poll.pk}/").content.decode()
    assert client.get(address).status_code == 200
    code = codes["Богдан Лис"]
    form = client.post(address, {"paper_code": f" {code.replace('-', ' ')} "})
    assert form.status_code == 200
    checked = client.post(address, sent_again(form) | fields(poll) | {"check": 1})
    assert not ballots(poll)
    changed = client.post(address, sent_again(checked) | {"change": 1})
    assert changed.context["form"].data[f"q{factories.first_question(poll).pk}"]
    receipt = client.post(address, sent_again(checked) | {"cast": 1})
    assert receipt.status_code == 200
    (ballot,) = ballots(poll)
    assert ballot.choices == factories.choose(poll)
    record = voter_records(poll).used().get()
    assert record.invitation.name == "Богдан Лис"
    assert record.user is None
    if poll.is_secret:
        assert ballot.code.hex in receipt.content.decode()
    for page in (form, checked, changed, receipt):
        assert "no-store" in page["Cache-Control"]
    again = client.post(address, sent_again(checked) | {"cast": 1})
    assert again.status_code == 200, "the same ballot once more is the same vote"
    assert len(ballots(poll)) == 1


def test_whoever_holds_the_letter_does_not_learn_the_choice_by_trying(officer, department):
    poll = electorate_actions.freeze(factories.poll(officer, department, people=PEOPLE))
    line = Invitation.objects.get(poll=poll, name="Соня Гай")
    actions.cast(poll, invitation=line, choices=factories.choose(poll, 1))
    OpenBallot.objects.update(at=clock.now() - SENT_AGAIN_WITHIN)
    for guess in range(3):
        with pytest.raises(Refused) as refused:
            actions.cast(poll, invitation=line, choices=factories.choose(poll, guess))
        assert code_of(refused) == "vote.code_used"


def test_a_code_that_is_used_is_refused_with_its_reason(client, poll, codes):
    address = f"/polls/{poll.pk}/code/"
    sent = sent_again(client.post(address, {"paper_code": codes["Соня Гай"]})) | {"cast": 1}
    question = f"q{factories.first_question(poll).pk}"
    first, other = factories.options(poll)[:2]
    late = sent_again(client.post(address, {"paper_code": codes["Соня Гай"]})) | {"cast": 1}
    assert client.post(address, sent | {question: first}).status_code == 200
    page = client.post(address, {"paper_code": codes["Соня Гай"]})
    assert page.status_code == 422
    assert page.context["form"].has_error("__all__", "vote.code_used")
    page = client.post(address, late | {question: other})
    assert page.status_code == 422
    assert page.context["form"].has_error("__all__", "vote.code_used")
    assert [ballot.choices for ballot in ballots(poll)] == [factories.choose(poll)]


def test_a_malformed_ballot_does_not_use_up_the_code(client, poll, codes):
    address = f"/polls/{poll.pk}/code/"
    sent = sent_again(client.post(address, {"paper_code": codes["Соня Гай"]})) | {"cast": 1}
    question = f"q{factories.first_question(poll).pk}"
    assert client.post(address, sent | {question: ""}).status_code == 422
    assert client.post(address, sent | {question: "0"}).status_code == 422
    assert not voter_records(poll).used().exists()
    assert client.post(address, sent | fields(poll)).status_code == 200


def test_the_code_is_in_no_address_no_session_and_no_log(client, poll, codes, caplog):
    caplog.set_level("DEBUG")
    address = f"/polls/{poll.pk}/code/"
    code = codes["Соня Гай"]
    pages = [client.post(address, {"paper_code": code})]
    pages.append(client.post(address, sent_again(pages[0]) | fields(poll) | {"check": 1}))
    pages.append(client.post(address, sent_again(pages[1]) | {"cast": 1}))
    digits = code.replace("-", "")
    for page in pages:
        assert page.status_code == 200
        links = re.findall(r'(?:href|action|src)="([^"]*)"', page.content.decode())
        assert not any(code in link or digits in link for link in links)
    assert "sessionid" not in {name.lower() for name in client.cookies}
    assert code not in caplog.text
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            for (row,) in cursor.fetchall():
                assert code not in row, table
                assert digits not in row, table


def test_it_leaves_nothing_but_the_box_on_the_record(secret):
    """A right code writes no other row of any table: no count of tries either."""
    code = factories.codes_of(secret)["Соня Гай"]
    client = Client()
    address = f"/polls/{secret.pk}/code/"
    before = everything()
    form = client.post(address, {"paper_code": code})
    checked = client.post(address, sent_again(form) | fields(secret) | {"check": 1})
    client.post(address, sent_again(checked) | {"cast": 1})
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed == {SecretVoterRecord._meta.db_table}


def test_a_wrong_code_keeps_nobody_from_voting(client, poll, codes):
    """They are counted by address and poll; a right code is let in from that very address."""
    other = factories.codes_of(factories.poll(poll.made_by, poll.department, people=PEOPLE))
    address = f"/polls/{poll.pk}/code/"
    wrong = {"paper_code": other["Богдан Лис"]}
    statuses = [client.post(address, wrong).status_code for _n in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    page = elsewhere.post(address, wrong)
    assert page.status_code == 422
    assert page.context["form"].has_error("__all__", "vote.wrong_code")
    assert client.post(address, {"paper_code": codes["Богдан Лис"]}).status_code == 200


def test_a_slip_of_the_pen_is_told_and_not_counted(client, poll, codes):
    address = f"/polls/{poll.pk}/code/"
    code = codes["Богдан Лис"]
    slip = code[:-1] + str((int(code[-1]) + 1) % 10)
    for _n in range(15):
        page = client.post(address, {"paper_code": slip})
        assert page.status_code == 422
        assert page.context["form"].has_error("paper_code", "code.misread")
    assert "4821" not in slip or slip in page.content.decode()
    assert client.post(address, {"paper_code": ""}).status_code == 422


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.SCHEDULED, "poll.not_open_yet"),
        (State.CLOSED, "poll.closed"),
        (State.CANCELLED, "poll.cancelled"),
    ],
)
def test_only_while_it_is_open(client, officer, department, state, code):
    poll = factories.poll(officer, department, state, people=PEOPLE)
    page = client.get(f"/polls/{poll.pk}/code/")
    assert page.status_code == 403
    assert page.context["verdict"].code == code
    with pytest.raises(Refused) as refused:
        actions.cast(poll, invitation=Invitation.objects.first(), choices=factories.choose(poll))
    assert code_of(refused) == code


def test_where_people_do_not_vote_by_a_list_there_is_no_such_page(client, officer, department):
    poll = factories.poll(officer, department)
    assert client.get(f"/polls/{poll.pk}/code/").status_code == 404
    assert "/code/" not in client.get(f"/polls/{poll.pk}/").content.decode()
    listed = factories.poll(officer, department, people=PEOPLE)
    with pytest.raises(Refused) as refused:
        actions.cast(poll, invitation=listed.invitations.first(), choices=factories.choose(poll))
    assert code_of(refused) == "vote.not_on_list"


def test_who_is_on_the_list_signs_in_and_votes_by_her_address(client, officer, department):
    poll = factories.poll(officer, department, people=[("Олена", " OLENA.k@Viche.Example")])
    olena = house.user("olena.k")
    stranger = house.user("stranger")
    address = f"/polls/{poll.pk}/vote/"
    client.force_login(stranger)
    page = client.get(address)
    assert page.status_code == 403
    assert page.context["verdict"].code == "vote.not_on_list"
    assert olena.email == "olena.k@viche.example"
    client.force_login(olena)
    assert client.get(address).status_code == 200
    sent = fields(poll) | {"cast": 1}
    assert client.post(address, sent).status_code == 200
    assert client.post(address, sent).status_code == 200, "signed in she may change it"
    record = VoterRecord.objects.get(poll=poll, used=True)
    assert (record.user, record.invitation.name) == (None, "Олена")
    code = factories.codes_of(poll)["Олена"]
    page = client.post(f"/polls/{poll.pk}/code/", {"paper_code": code})
    assert page.context["form"].has_error("__all__", "vote.code_used")


def test_a_vote_by_code_says_what_may_replace_it(client, officer, department):
    """No code changes a vote; the account of its line does, where votes may be changed."""
    poll = factories.poll(
        *(officer, department), people=PEOPLE, secrecy="secret", ballot_kind="changeable"
    )
    assert "За кодом із листа голосують один раз" in client.get(f"/polls/{poll.pk}/").text
    address, code = f"/polls/{poll.pk}/code/", factories.codes_of(poll)["Соня Гай"]
    form = client.post(address, {"paper_code": code})
    checked = client.post(address, sent_again(form) | fields(poll) | {"check": 1}).text
    assert "замінює цей голос" in checked
    assert "не можна змінити" not in checked


def test_in_a_secret_poll_she_is_told_before_she_fills_it_in(client, officer, department):
    poll = factories.poll(
        officer, department, people=[("О", "olena.k@viche.example")], secrecy=Poll.Secrecy.SECRET
    )
    olena = house.user("olena.k")
    client.force_login(olena)
    address = f"/polls/{poll.pk}/vote/"
    slip = client.get(address).context["form"]["slip"].value()
    assert client.post(address, fields(poll) | {"cast": 1, "slip": slip}).status_code == 200
    assert len(factories.in_boxes(poll)) == 1
    page = client.get(address)
    assert page.context["verdict"].code == "vote.voted_already"


def test_it_costs_few_queries(secret, django_assert_max_num_queries):
    codes = factories.codes_of(secret)
    client = Client()
    address = f"/polls/{secret.pk}/code/"
    form = client.post(address, {"paper_code": codes["Соня Гай"]})
    sent = fields(secret) | sent_again(form) | {"cast": 1}
    with django_assert_max_num_queries(13):
        client.post(address, sent)
    assert len(factories.in_boxes(secret)) == 1


def test_the_count_of_wrong_codes_names_nobody(client, poll):
    """What is left of a wrong code: one row, whose key is a hash of poll and address."""
    client.post(f"/polls/{poll.pk}/code/", {"paper_code": "0" * 20})
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, used FROM core_limit")
        ((key, used),) = cursor.fetchall()
    assert re.fullmatch(r"poll-code:[0-9a-f]{64}", key)
    assert used == 1
