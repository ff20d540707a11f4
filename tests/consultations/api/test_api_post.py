"""Posting a remark by the API: the page's own rules, coded, and nothing but what is asked for."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from consultations import rules
from consultations.api.views import RemarkList
from consultations.models import Remark, State
from consultations.remarks import actions
from drafts.models import Clause
from tests import factories

pytestmark = pytest.mark.django_db


def _address(consultation) -> str:
    return f"/api/v1/consultations/{consultation.pk}/remarks/"


@pytest.fixture
def post(opened, olena):
    """Sends olena's JSON; ``opened`` unless another consultation is named."""
    client = Client()
    client.force_login(olena)

    def send(body, consultation=opened, **more):
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(_address(consultation), data, content_type="application/json", **more)

    return send


@pytest.fixture
def clause(opened):
    return Clause.objects.get(version__draft=opened.draft, number="2.1")


def test_says_what_was_posted_and_where_it_is(post, opened, olena, clause, client):
    answer = post({"text": "Пізно.", "clause": str(clause.key), "kind": "question"})
    assert answer.status_code == 201
    made = Remark.objects.get()
    assert answer.headers["Location"] == f"{_address(opened)}{made.pk}/"
    assert made.comment.author == olena
    assert (made.clause, made.kind, made.comment.text) == (clause, "question", "Пізно.")
    assert client.get(answer.headers["Location"]).json() == answer.json()


def test_keeps_the_quoted_words_and_the_wording(post, clause):
    start = clause.text.index("23:00")
    quote = {"start": start, "end": start + 5, "exact": "23:00"}
    body = {"kind": "wording", "clause": str(clause.key), "quote": quote, "proposal": "до 22:00."}
    answer = post(body)
    assert answer.status_code == 201, answer.content
    made = Remark.objects.get()
    assert (made.quote, made.quote_start, made.comment.proposal) == ("23:00", start, "до 22:00.")
    assert answer.json()["quote"]["prefix"] == clause.text[:start][-32:]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "comment.empty"),
        ({"text": "  \n"}, 422, "comment.empty"),
        (
            {"text": "а", "clause": "00000000-0000-4000-8000-000000000000"},
            422,
            "remark.no_such_clause",
        ),
        ({"kind": "wording", "proposal": "б"}, 422, "remark.wording_needs_clause"),
        ({"kind": "wording", "text": "б", "clause": "THIS"}, 422, "remark.wording_missing"),
        (
            {
                "text": "а",
                "clause": "THIS",
                "quote": {"start": 0, "end": 9, "exact": "не про те слово"},
            },
            422,
            "remark.quote_not_found",
        ),
        ({"text": "а", "quote": {"start": 0, "end": 1, "exact": "а"}}, 422, "invalid"),
        ({"text": "а" * 5001}, 422, "invalid"),
        ({"text": 5}, 422, "invalid"),
        ({"text": None}, 422, "invalid"),
        ({"text": "а\u0000б"}, 422, "invalid"),
        ('{"text": "\\ud800"}', 422, "invalid"),
        ({"text": "а", "kind": "petition"}, 422, "invalid"),
        ({"text": "а", "clause": "не ключ"}, 422, "invalid"),
        ({"text": "а", "clause": 7}, 422, "invalid"),
        ({"text": "а", "quote": []}, 422, "invalid"),
        (
            {"text": "а", "clause": "THIS", "quote": {"start": 10**40, "end": 1, "exact": "а"}},
            422,
            "invalid",
        ),
        (
            {"text": "а", "clause": "THIS", "quote": {"start": True, "end": 1, "exact": "а"}},
            422,
            "invalid",
        ),
        ([], 422, "invalid"),
        ("null", 422, "invalid"),
        ('"text"', 422, "invalid"),
        ("{", 400, "malformed"),
        ("", 422, "comment.empty"),
        (b"\xff\xfe", 400, "malformed"),
        ('{"text": NaN}', 400, "malformed"),
        ("[" * 100_000, 400, "malformed"),
        ('{"a":' * 50_000, 400, "malformed"),
        ('{"text": "' + "а" * 300_000 + '"}', 413, "too_large"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_code(post, clause, body, status, code):
    if isinstance(body, dict) and body.get("clause") == "THIS":
        body = {**body, "clause": str(clause.key)}
    answer = post(body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "detail", "params"}
    assert answer.json()["detail"]
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    "field",
    ["author", "author_id", "is_official", "hidden_at", "created_at", "agrees", "html", "id"],
)
def test_no_other_field_is_taken(post, field, bohdan):
    answer = post({"text": "а", field: bohdan.pk})
    assert answer.status_code == 422
    assert answer.json()["params"]["fields"][field][0]["code"] == "unknown"
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [
        (State.ANNOUNCED, 409, "consultation.not_open_yet"),
        (State.CLOSED, 409, "consultation.closed"),
        (State.REPORTED, 409, "consultation.closed"),
        (State.WITHDRAWN, 409, "consultation.withdrawn"),
        (State.PREPARING, 404, "not_found"),
    ],
)
def test_the_state_decides_as_on_the_page(post, department, state, status, code):
    answer = post({"text": "а"}, factories.consultation(department, state))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_who_is_not_signed_in_is_asked_to(client, opened):
    answer = client.post(_address(opened), {"text": "а"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "account.sign_in")


def test_who_is_suspended_cannot(post, olena):
    olena.is_active = False
    olena.save()
    assert post({"text": "а"}).status_code == 403
    assert not Remark.objects.exists()


def test_a_session_alone_is_not_enough(opened, olena):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olena)
    answer = client.post(_address(opened), {"text": "а"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    client.cookies["csrf"] = token = "a" * 32
    answer = client.post(
        _address(opened),
        {"text": "а"},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""],
)
def test_a_form_is_not_json(opened, olena, content_type):
    client = Client()
    client.force_login(olena)
    answer = client.generic("POST", _address(opened), b"text=a", content_type=content_type)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_writing_is_limited_for_a_person_and_not_for_another(post, opened, bohdan, settings):
    settings.API_LIMITS = {"read": 100, "write": 2}
    assert [post({"text": f"{n}"}).status_code for n in range(3)] == [201, 201, 429]
    other = Client()
    other.force_login(bohdan)
    answer = other.post(_address(opened), {"text": "а"}, content_type="application/json")
    assert answer.status_code == 201


def test_every_code_of_the_action_has_its_status():
    """What the page refuses for the state of things is 409 here, whichever state it is."""
    now = {verdict.code for verdict in (rules.NOT_YET, rules.OVER, rules.WITHDRAWN)}
    assert now == {code for code, status in RemarkList.refusals.items() if status == 409}
    named = [word for word in (actions.remark.__doc__ or "").split("``") if "remark." in word]
    assert set(named) <= set(RemarkList.refusals)
