"""The guard: raised by staff and by itself, lowered likewise; a proof of work that works once."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from django.urls import reverse

from core.domain import clock as time
from petitions.defence import guarding, proof
from petitions.events import GuardLowered, GuardRaised
from petitions.models import Guard, Signature, State
from tests.petitions.factories import petition, procedure, signatures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cheap(settings):
    settings.PROOF_COST = 10


def solved(task: dict, **changed: object) -> str:
    """What a browser makes of a task."""
    parameters = task["parameters"]
    nonce, salt = bytes.fromhex(parameters["nonce"]), bytes.fromhex(parameters["salt"])
    for counter in range(1000):
        password = nonce + counter.to_bytes(4, "big")
        key = hashlib.pbkdf2_hmac("sha256", password, salt, parameters["cost"], 32).hex()
        if key.startswith(parameters["keyPrefix"]):
            break
    solution = {"counter": counter, "derivedKey": key} | changed
    return base64.b64encode(json.dumps({"challenge": task, "solution": solution}).encode()).decode()


def test_a_solution_is_accepted_once(bohdan):
    given = solved(proof.challenge(7, bohdan.pk))
    assert proof.check(7, bohdan.pk, given)
    assert proof.check(7, bohdan.pk, given).code == "petition.proof_used"


def test_it_takes_about_as_many_tries_as_it_says():
    task = proof.challenge(7, 1)
    solution = json.loads(base64.b64decode(solved(task)))["solution"]
    assert solution["counter"] in proof.COUNTERS


def test_it_is_of_one_petition_and_one_person():
    task = proof.challenge(7, 1)
    assert proof.check(8, 1, solved(task)).code == "petition.proof_wrong"
    assert proof.check(7, 2, solved(task)).code == "petition.proof_wrong"


def test_it_ends(clock):
    given = solved(proof.challenge(7, 1))
    clock.advance(minutes=11)
    assert proof.check(7, 1, given).code == "petition.proof_expired"


@pytest.mark.parametrize(
    "given",
    [
        "nonsense",
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b'{"challenge":1}').decode(),
        base64.b64encode(b"[" * 2000).decode(),
        "A" * 5000,
    ],
)
def test_what_is_no_solution(given):
    assert proof.check(7, 1, given).code == "petition.proof_wrong"
    assert proof.check(7, 1, "").code == "petition.proof_needed"


@pytest.mark.parametrize(
    "changed",
    [{"counter": 1}, {"counter": -1}, {"counter": "5"}, {"counter": 2**40}, {"derivedKey": "00"}],
)
def test_a_wrong_solution(changed):
    assert (
        proof.check(7, 1, solved(proof.challenge(7, 1), **changed)).code == "petition.proof_wrong"
    )


def test_an_easier_task_is_not_ours():
    task = proof.challenge(7, 1)
    for name, value in (("keyPrefix", ""), ("cost", 1), ("expiresAt", 10**11)):
        forged = {**task, "parameters": {**task["parameters"], name: value}}
        assert proof.check(7, 1, solved(forged)).code == "petition.proof_wrong"


# --- raising and lowering -----------------------------------------------------------------------


def test_staff_raise_and_lower_it(olena, mo, emitted):
    one = petition(olena)
    guarding.raise_guard(one, by=mo)
    one.refresh_from_db()
    assert one.guarded_since
    assert Guard.objects.get().raised_by == mo
    guarding.lower_guard(one, by=mo)
    one.refresh_from_db()
    assert one.guarded_since is None
    assert Guard.objects.get().lowered_by == mo
    assert emitted == [GuardRaised(one.pk, mo.pk), GuardLowered(one.pk, mo.pk)]


def test_it_refuses(olena, mo, ofi, refused):
    one = petition(olena)
    with refused("petition.moderators_only"):
        guarding.raise_guard(one, by=ofi)
    with refused("petition.guarded_already"):
        guarding.lower_guard(one, by=mo)
    guarding.raise_guard(one, by=mo)
    with refused("petition.guarded_already"):
        guarding.raise_guard(one, by=mo)
    with refused("petition.not_open"):
        guarding.raise_guard(petition(olena, State.NOT_REACHED), by=mo)


def marked(one, number: int) -> None:
    now = time.now()
    signatures(one, number, status=Signature.Status.CHECKING, suspicion="address", at=now)


def test_it_rises_by_itself_where_marks_pile_up_and_falls_when_it_is_calm(
    olena, settings, clock, emitted
):
    settings.GUARD_AT = 5
    one, other = petition(olena), petition(olena)
    marked(one, 5)
    marked(other, 4)
    assert guarding.watch() == (1, 0)
    assert guarding.watch() == (0, 0)
    one.refresh_from_db(), other.refresh_from_db()
    assert one.guarded_since and not other.guarded_since
    clock.advance(minutes=50)
    marked(one, 1)
    clock.advance(minutes=50)
    assert guarding.watch() == (0, 0)
    clock.advance(minutes=15)
    assert guarding.watch() == (0, 1)
    assert emitted == [GuardRaised(one.pk, None), GuardLowered(one.pk, None)]


def test_what_staff_did_is_left_to_them(olena, mo, settings, clock):
    settings.GUARD_AT = 5
    one, other = petition(olena), petition(olena)
    guarding.raise_guard(one, by=mo)
    marked(other, 5)
    assert guarding.watch() == (1, 0)
    guarding.lower_guard(other, by=mo)
    assert guarding.watch() == (0, 0)
    clock.advance(hours=3)
    assert guarding.watch() == (0, 0)
    one.refresh_from_db()
    assert one.guarded_since


def test_nobody_is_asked_for_a_proof_when_signing_is_over(olena, mo, clock):
    one = petition(olena)
    guarding.raise_guard(one, by=mo)
    clock.advance(days=70)
    assert guarding.watch() == (0, 1)


def test_any_number_of_petitions_costs_two_queries(olena, django_assert_num_queries):
    for _ in range(4):
        petition(olena)
    with django_assert_num_queries(3):
        guarding.watch()


# --- what signing asks ---------------------------------------------------------------------------


def test_without_a_guard_nothing_is_asked(olena, bohdan, django_assert_num_queries):
    one = petition(olena)
    guarding.forget_guards()
    with django_assert_num_queries(1):
        for _ in range(20):
            assert guarding.demand(one, by=bohdan, given="") == ""


def test_with_a_guard_a_proof_is_asked(olena, bohdan, mo, refused):
    one = petition(olena)
    guarding.raise_guard(one, by=mo)
    one.refresh_from_db()
    with refused("petition.proof_needed"):
        guarding.demand(one, by=bohdan, given="")
    given = solved(proof.challenge(one.pk, bohdan.pk))
    assert guarding.demand(one, by=bohdan, given=given) == ""
    with refused("petition.proof_used"):
        guarding.demand(one, by=bohdan, given=given)


def test_who_cannot_replace_it_by_a_mail_waits_for_a_check(olena, bohdan, mo, refused):
    one = petition(olena, procedure=procedure(signers="residents"))
    guarding.raise_guard(one, by=mo)
    one.refresh_from_db()
    assert guarding.demand(one, by=bohdan, given="") == guarding.UNPROVED
    with refused("petition.proof_wrong"):
        guarding.demand(one, by=bohdan, given="nonsense")


def test_the_task_is_given_to_whoever_is_signed_in(client, olena, bohdan):
    one = petition(olena)
    address = reverse("petitions:challenge", args=[one.pk])
    assert client.get(address).status_code == 302
    client.force_login(bohdan)
    answer = client.get(address)
    assert answer["Cache-Control"] == "private, no-store"
    assert proof.check(one.pk, bohdan.pk, solved(answer.json()))
    assert client.get(reverse("petitions:challenge", args=[10**9])).status_code == 404
