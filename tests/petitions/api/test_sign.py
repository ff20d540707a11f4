"""Signing and taking back through the API: as the person, by the rules of the page."""

from __future__ import annotations

import pytest

from petitions.defence import guarding, proof
from petitions.models import Petition, Procedure, Signature, State
from petitions.signing import counting
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def address(petition) -> str:
    return f"/api/v1/petitions/{petition.pk}/signature/"


def sign(client, petition, **body):
    return client.post(address(petition), body, content_type="application/json")


def test_signs_sees_and_takes_back(petition, bohdan, program_of):
    his = program_of(bohdan, "petitions:sign")
    assert his.get(address(petition)).status_code == 404
    answer = sign(his, petition, wants_news=False)
    assert answer.status_code == 201
    told = answer.json()
    assert set(told) == {"status", "name", "wants_news", "at"}
    assert (told["status"], told["name"], told["wants_news"]) == ("counted", "Богдан М.", False)
    assert his.get(address(petition)).json() == told
    signature = Signature.objects.get(petition=petition)
    assert signature.user == bohdan
    counting.recount([petition.pk])
    assert Petition.objects.get(pk=petition.pk).total.counted == 1
    assert his.delete(address(petition)).status_code == 204
    signature.refresh_from_db()
    assert signature.status == Signature.Status.WITHDRAWN
    assert his.delete(address(petition)).status_code == 404
    assert sign(his, petition).status_code == 201  # and may sign again


def test_by_a_session_too(client, petition, bohdan):
    client.force_login(bohdan)
    answer = sign(client, petition, name_withheld=True)
    assert answer.status_code == 201
    assert answer.json()["name"] is None
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_once(petition, bohdan, program_of):
    his = program_of(bohdan, "petitions:sign")
    sign(his, petition)
    answer = sign(his, petition)
    assert answer.status_code == 409
    assert answer.json()["code"] == "petition.signed_already"
    assert Signature.objects.filter(petition=petition).count() == 1


@pytest.mark.parametrize("state", [State.NOT_REACHED, State.REVIEW, State.WITHDRAWN])
def test_only_while_it_is_open(olena, bohdan, program_of, state):
    closed = factories.petition(olena, state)
    answer = sign(program_of(bohdan, "petitions:sign"), closed)
    assert answer.status_code == 409
    assert answer.json()["code"] == "petition.not_open"


@pytest.mark.parametrize("state", [State.DRAFT, State.MODERATION, State.REFUSED])
def test_what_is_not_published_is_not_there_even_for_its_author(olena, program_of, state):
    hidden = factories.petition(olena, state)
    hers = program_of(olena, "petitions:sign")
    assert sign(hers, hidden).status_code == 404
    assert hers.get(address(hidden)).status_code == 404
    assert hers.delete(address(hidden)).status_code == 404


def test_by_whom_the_rules_let(olena, bohdan, program_of):
    strict = factories.petition(
        olena, procedure=factories.procedure(signers=Procedure.Signers.RESIDENTS)
    )
    answer = sign(program_of(bohdan, "petitions:sign"), strict)
    assert answer.status_code == 403
    assert answer.json()["code"] == "eligibility.residence"


def test_names_are_public_where_the_rules_say_so(olena, bohdan, program_of):
    public = factories.petition(olena, procedure=factories.procedure(names_may_be_withheld=False))
    answer = sign(program_of(bohdan, "petitions:sign"), public, name_withheld=True)
    assert answer.status_code == 422
    assert answer.json()["code"] == "petition.names_are_public"


def test_nobody_signs_without_an_account_or_the_scope(client, petition, bohdan, program_of):
    for method in (client.get, client.post, client.delete):
        answer = method(address(petition), content_type="application/json")
        assert answer.status_code == 403
        assert answer.json()["code"] == "account.sign_in"
    reader = program_of(bohdan, "me:read", "remarks:write")
    for method in (reader.get, reader.post, reader.delete):
        answer = method(address(petition), content_type="application/json")
        assert answer.json()["code"] == "token.scope"
        assert answer.json()["params"] == {"scope": "petitions:sign"}
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"user": 1},
        {"status": "counted"},
        {"name_withheld": "yes"},
        {"wants_news": 1},
        {"proof": 5},
        {"name": "Інша Особа"},
    ],
)
def test_takes_exactly_its_fields(petition, bohdan, program_of, body):
    answer = sign(program_of(bohdan, "petitions:sign"), petition, **body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert not Signature.objects.exists()


def test_a_flooded_petition_asks_for_a_proof_of_work(petition, bohdan, mo, program_of):
    guarding.raise_guard(petition, by=mo)
    his = program_of(bohdan, "petitions:sign")
    asked = sign(his, petition)
    assert asked.status_code == 409
    assert asked.json()["code"] == "petition.proof_needed"
    task = asked.json()["params"]["challenge"]
    assert task["parameters"]["data"] == {"person": bohdan.pk, "petition": petition.pk}
    assert sign(his, petition, proof="bm90aGluZw==").json()["code"] == proof.WRONG.code
    assert not Signature.objects.exists()
    given = solved(task)
    assert sign(his, petition, proof=given).status_code == 201
    his.delete(address(petition))
    assert sign(his, petition, proof=given).json()["code"] == proof.USED.code
    guarding.lower_guard(petition, by=mo)
    assert sign(his, petition).status_code == 201


def solved(task) -> str:
    """As a browser would: the counter with which the key begins as it was named."""
    import base64
    import hashlib
    import json

    parameters = task["parameters"]
    nonce, salt = bytes.fromhex(parameters["nonce"]), bytes.fromhex(parameters["salt"])
    for counter in range(1000):
        password = nonce + counter.to_bytes(4, "big")
        key = hashlib.pbkdf2_hmac("sha256", password, salt, parameters["cost"], 32).hex()
        if key.startswith(parameters["keyPrefix"]):
            solution = {"counter": counter, "derivedKey": key}
            return base64.b64encode(
                json.dumps({"challenge": task, "solution": solution}).encode()
            ).decode()
    raise AssertionError("no counter solves it")


def test_a_program_does_not_sign_by_the_dozen(olena, bohdan, program_of):
    his = program_of(bohdan, "petitions:sign")
    answers = [sign(his, factories.petition(olena)).status_code for _number in range(21)]
    assert answers == [201] * 20 + [429]


def test_budget(petition, bohdan, program_of, django_assert_max_num_queries):
    his = program_of(bohdan, "petitions:sign")
    sign(his, factories.petition(petition.author))  # the day of the token's use is written down
    with django_assert_max_num_queries(11):
        assert sign(his, petition).status_code == 201
