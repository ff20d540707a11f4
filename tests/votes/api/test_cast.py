"""Voting through the API: as the person, by the rules of the page; secretly by herself alone."""

from __future__ import annotations

import pytest

from tests import factories as house
from tests.votes import factories
from tests.votes.ballots.test_cast_secretly import everything
from tokens.models import Token
from votes.electorate import actions
from votes.models import OpenBallot, Poll, SecretVoterRecord, State, VoterRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(officer, department):
    return factories.poll(officer, department)


@pytest.fixture
def secret(officer, department, olena, bohdan):
    return actions.freeze(factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET))


def cast(client, poll, **body):
    return client.post(f"/api/v1/polls/{poll.pk}/ballot/", body, content_type="application/json")


def form_of(client, poll):
    return client.get(f"/api/v1/polls/{poll.pk}/secret-ballot/").json()["form"]


def cast_secretly(client, poll, **body):
    return client.post(
        f"/api/v1/polls/{poll.pk}/secret-ballot/", body, content_type="application/json"
    )


# --- Openly ---------------------------------------------------------------------------------------


def test_votes_sees_it_and_votes_anew(poll, olena, program_of):
    hers = program_of(olena, "votes:cast")
    assert hers.get(f"/api/v1/polls/{poll.pk}/ballot/").status_code == 404
    answer = cast(hers, poll, choices=factories.choose(poll))
    assert answer.status_code == 201
    assert answer.json()["choices"] == factories.choose(poll)
    again = cast(hers, poll, choices=factories.choose(poll, 1)).json()
    assert again["changed_at"]
    assert hers.get(f"/api/v1/polls/{poll.pk}/ballot/").json() == again
    assert OpenBallot.objects.get().choices == factories.choose(poll, 1)


def test_every_kind_of_answer(officer, department, olena, program_of):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    filled = factories.filled(poll)
    assert cast(program_of(olena, "votes:cast"), poll, choices=filled).json()["choices"] == filled


def test_by_a_session_too(client, poll, bohdan):
    client.force_login(bohdan)
    answer = cast(client, poll, choices=factories.choose(poll))
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_nobody_votes_without_an_account_or_the_scope(client, poll, bohdan, program_of):
    answer = cast(client, poll, choices=factories.choose(poll))
    assert (answer.status_code, answer.json()["code"]) == (403, "account.sign_in")
    answer = cast(program_of(bohdan, "me:read"), poll, choices=factories.choose(poll))
    assert answer.json()["params"] == {"scope": "votes:cast"}
    assert not OpenBallot.objects.exists()


def test_for_an_organisation(officer, department, firm, bohdan, program_of):
    poll = factories.poll(officer, department, voters=Poll.Voters.ORGANISATIONS)
    company = house.organisation("ТОВ «Тераса»", firm, bohdan)
    hers, his = (program_of(person, "votes:cast") for person in (firm, bohdan))
    choices = factories.choose(poll)
    nameless = cast(hers, poll, choices=choices)
    assert nameless.json()["code"] in ("vote.organisation_needed", "eligibility.organisation")
    assert cast(hers, poll, choices=choices, organisation=company.pk).status_code == 201
    second = cast(his, poll, choices=choices, organisation=company.pk)
    assert (second.status_code, second.json()["code"]) == (409, "vote.organisation_voted")
    own = f"/api/v1/polls/{poll.pk}/ballot/?organisation={company.pk}"
    assert his.get(own).json()["choices"] == choices
    stranger = program_of(officer, "votes:cast")
    assert stranger.get(own).status_code == 404
    third = cast(stranger, poll, choices=choices, organisation=company.pk)
    assert (third.status_code, third.json()["code"].partition(".")[0]) == (403, "mandate")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.SCHEDULED, "poll.not_open_yet"),
        (State.CLOSED, "poll.closed"),
        (State.PUBLISHED, "poll.closed"),
        (State.CANCELLED, "poll.cancelled"),
    ],
)
def test_only_while_it_is_open(officer, department, olena, program_of, state, code):
    poll = factories.poll(officer, department, state)
    answer = cast(program_of(olena, "votes:cast"), poll, choices=factories.choose(poll))
    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_by_whom_the_electorate_takes_in(officer, department, charlie, program_of):
    poll = factories.poll(officer, department, voters=Poll.Voters.VERIFIED_RESIDENTS)
    answer = cast(program_of(charlie, "votes:cast"), poll, choices=factories.choose(poll))
    assert (answer.status_code, answer.json()["code"]) == (403, "eligibility.level")


def test_a_ballot_that_is_none_is_refused_with_its_question(poll, olena, program_of):
    hers, question = program_of(olena, "votes:cast"), factories.first_question(poll)
    for given, code in {
        7**7: "ballot.unknown_option",
        "\ud800": "ballot.malformed",
        1.5: "ballot.malformed",
    }.items():
        answer = cast(hers, poll, choices={question.pk: given})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["params"]["question"] == question.pk
    for choices in ({}, {question.pk: None}, {question.pk: []}):
        assert cast(hers, poll, choices=choices).json()["code"] == "ballot.unanswered"
    assert cast(hers, poll, choices={"1": 1}).json()["code"] == "ballot.unknown_question"
    assert cast(hers, poll, choices=[1]).json()["code"] == "invalid"
    assert cast(hers, poll, choices={}, user=1).json()["code"] == "invalid"
    assert not OpenBallot.objects.exists()


def test_all_questions_that_are_wrong_are_named_at_once(officer, department, olena, program_of):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS[:4])
    single, multiple, yes_no, ranked = poll.questions.values_list("pk", flat=True)
    choices = {single: 0, yes_no: "no", ranked: [0]}
    answer = cast(program_of(olena, "votes:cast"), poll, choices=choices)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "ballot.unknown_option")
    unknown = {"code": told["code"], "detail": told["detail"]}
    missing = {"code": "ballot.unanswered", "detail": "На це запитання треба відповісти."}
    assert told["params"] == {
        "question": single,
        "questions": [
            {"question": single} | unknown,
            {"question": multiple} | missing,
            {"question": ranked} | unknown,
        ],
    }
    assert not OpenBallot.objects.exists()


def test_points_are_not_made_by_owing_some(officer, department, olena, program_of):
    points = factories.ALL_KINDS[5]
    poll = factories.poll(officer, department, questions=[points])
    one, other, _third = factories.options(poll)
    answer = cast(
        program_of(olena, "votes:cast"),
        poll,
        choices={factories.first_question(poll).pk: {one: 15, other: -5}},
    )
    assert answer.json()["code"] == "ballot.malformed"


def test_half_a_letter_is_no_text(officer, department, olena, program_of):
    poll = factories.poll(officer, department, questions=[{"text": "Що?", "kind": "text"}])
    key = factories.first_question(poll).pk
    hers = program_of(olena, "votes:cast")
    for text in ("\ud800", "\x00"):
        assert cast(hers, poll, choices={key: text}).json()["code"] == "ballot.malformed"


# --- Secretly -------------------------------------------------------------------------------------


def test_a_secret_ballot_is_answered_with_its_receipt(client, secret, olena):
    client.force_login(olena)
    form, told = form_of(client, secret), set()
    for _sent_again in range(2):
        answer = cast_secretly(client, secret, choices=factories.choose(secret), form=form)
        assert answer.status_code == 201
        told.add(answer.json()["code"])
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert told == {each.code.hex for each in factories.in_boxes(secret)}
    new = form_of(client, secret)
    other = cast_secretly(client, secret, choices=factories.choose(secret), form=new)
    assert (other.status_code, other.json()["code"]) == (409, "vote.voted_already")
    assert client.get(f"/api/v1/polls/{secret.pk}/ballot/").status_code == 404


def test_no_client_makes_a_code_or_a_form(client, secret, olena, bohdan):
    client.force_login(bohdan)
    his = form_of(client, secret)
    client.force_login(olena)
    for form in (his, "nonsense", f"{form_of(client, secret)}x"):
        answer = cast_secretly(client, secret, choices=factories.choose(secret), form=form)
        assert (answer.status_code, answer.json()["code"]) == (422, "ballot.form")


def test_a_changeable_vote_tells_no_code_and_an_old_form_is_refused(
    client, officer, department, olena
):
    made = factories.poll(
        officer, department, secrecy=Poll.Secrecy.SECRET, ballot_kind=Poll.BallotKind.CHANGEABLE
    )
    poll = actions.freeze(made)
    client.force_login(olena)
    old, forms = form_of(client, poll), [form_of(client, poll)]
    first = cast_secretly(client, poll, choices=factories.choose(poll), form=forms[0])
    again = cast_secretly(
        client, poll, choices=factories.choose(poll, 1), form=form_of(client, poll)
    )
    assert first.json() == again.json() == {"code": None}
    answer = cast_secretly(client, poll, choices=factories.choose(poll), form=old)
    assert (answer.status_code, answer.json()["code"]) == (409, "ballot.form_old")
    (ballot,) = factories.in_boxes(poll)
    assert ballot.choices == factories.choose(poll, 1)


def test_no_program_carries_a_secret_ballot(secret, olena, program_of):
    hers = program_of(olena, "votes:cast")
    before = everything()
    form = factories.slip(secret, olena)
    answer = cast_secretly(hers, secret, choices=factories.choose(secret), form=form)
    assert (answer.status_code, answer.json()["code"]) == (403, "vote.by_oneself")
    assert everything() == before
    assert Token.objects.get().used_on is None


def test_each_kind_of_poll_has_its_address(client, poll, secret, olena):
    client.force_login(olena)
    answer = cast(client, secret, choices=factories.choose(secret))
    assert (answer.status_code, answer.json()["code"]) == (409, "poll.secret")
    form = form_of(client, secret)
    answer = cast_secretly(client, poll, choices=factories.choose(poll), form=form)
    assert (answer.status_code, answer.json()["code"]) == (409, "poll.not_secret")
    assert not VoterRecord.objects.filter(used=True).exists()
    assert not SecretVoterRecord.objects.filter(used=True).exists()


def test_a_secret_ballot_leaves_nothing_but_the_box_on_the_record(client, secret, olena):
    """No limit that was counted, no use of a session noted, no journal: those have a time."""
    client.force_login(olena)
    client.get("/")  # that she is here is noted every ten minutes, whatever she does
    before = everything()
    form = form_of(client, secret)
    answer = cast_secretly(client, secret, choices=factories.choose(secret), form=form)
    assert answer.status_code == 201
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed == {SecretVoterRecord._meta.db_table}


def test_a_refused_secret_ballot_leaves_nothing_and_uses_nothing_up(client, secret, olena):
    client.force_login(olena)
    client.get("/")
    before = everything()
    question, form = factories.first_question(secret).pk, form_of(client, secret)
    for body in (
        {"choices": {question: "nonsense"}, "form": form},
        {"choices": factories.choose(secret), "form": "7"},
        {"choices": factories.choose(secret)},
        {"choices": {}, "form": form},
        {},
    ):
        assert cast_secretly(client, secret, **body).status_code == 422
    assert everything() == before
    answer = cast_secretly(client, secret, choices=factories.choose(secret), form=form)
    assert answer.status_code == 201


def test_queries(client, poll, secret, olena, django_assert_max_num_queries):
    client.force_login(olena)
    actions.freeze(poll)
    openly, secretly = factories.choose(poll), factories.choose(secret)
    with django_assert_max_num_queries(12):
        cast(client, poll, choices=openly)
    form = form_of(client, secret)
    with django_assert_max_num_queries(11):
        assert cast_secretly(client, secret, choices=secretly, form=form).status_code == 201
