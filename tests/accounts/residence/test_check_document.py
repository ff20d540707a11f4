"""What an officer confirms from a document that she is shown."""

from __future__ import annotations

import pytest

from accounts.identity.events import IdentityVerified
from accounts.models import Level, Residence, Verification
from accounts.residence import actions, rules
from accounts.residence.checking import Proof, check_document
from accounts.residence.events import ResidenceChecked, ResidenceEnded
from core.domain.rules import Refused
from tests import factories

pytestmark = pytest.mark.django_db

#: Right by its check digit, and of nobody.
CODE = "1234567899"


def refusal(proof: Proof, by, **more) -> str:
    with pytest.raises(Refused) as refused:
        check_document(proof, by=by, **more)
    return refused.value.verdict.code


def test_who_she_is_how_old_and_where(olena, at_home, north, ofi, hear):
    told = hear(IdentityVerified, ResidenceChecked, ResidenceEnded)
    proof = Proof(olena, "id_card", True, 16, north, "registered")
    check_document(proof, by=ofi, person_code=CODE)
    kept = Verification.objects.get()
    assert (kept.user, kept.level, kept.how) == (olena, Level.SUBSTANTIAL, "office")
    assert (kept.source, kept.age_over, kept.by) == ("id_card", 16, ofi)
    assert len(kept.person_key) == 64
    home = Residence.objects.checked().get()
    assert (home, home.how, home.checked_by) == (at_home, "office", ofi)
    assert told == [
        IdentityVerified(olena.pk, ofi.pk, kept.pk),
        ResidenceChecked(olena.pk, ofi.pk, home.pk),
    ]


def test_where_alone(olena, north, ofi):
    check_document(Proof(olena, "displaced_note", False, None, north, "displaced"), by=ofi)
    assert Residence.objects.checked().get().basis == "displaced"
    assert not Verification.objects.exists()


def test_who_alone(olena, ofi):
    check_document(Proof(olena, "travel", True), by=ofi)
    assert Verification.objects.get().age_over is None
    assert not Residence.objects.exists()


def test_another_district_than_she_declared(olena, at_home, south, ofi):
    check_document(Proof(olena, "id_card", False, None, south, "registered"), by=ofi)
    at_home.refresh_from_db()
    assert at_home.ended_at
    assert Residence.objects.checked().get().district == south


def test_the_code_of_a_letter_on_its_way_is_void_then(olena, at_home, north, ofi, by_post):
    code = by_post(olena)
    check_document(Proof(olena, "id_card", False, None, north, "registered"), by=ofi)
    with pytest.raises(Refused) as refused:
        actions.confirm_by_letter(olena, code)
    assert refused.value.verdict.code == "residence.no_letter"


@pytest.mark.parametrize(
    ("proves", "code"),
    [
        ({}, "check.nothing"),
        (
            {"age_over": 18, "district": "north", "basis": "registered"},
            "check.age_without_identity",
        ),
        ({"district": "north"}, "check.basis_missing"),
        ({"identity": True, "basis": "registered"}, "check.basis_missing"),
    ],
)
def test_what_does_not_go_together(olena, north, ofi, proves, code):
    if "district" in proves:
        proves = {**proves, "district": north}
    assert refusal(Proof(olena, "id_card", **proves), ofi) == code
    assert not Verification.objects.exists()
    assert not Residence.objects.exists()


def test_nothing_is_half_recorded(olena, bohdan, north, ofi):
    """A second account of one person is found out, and her residence is not recorded either."""
    check_document(Proof(olena, "id_card", True), by=ofi, person_code=CODE)
    proof = Proof(bohdan, "id_card", True, None, north, "registered")
    assert refusal(proof, ofi, person_code=CODE) == "identity.taken"
    assert not Residence.objects.exists()


def test_no_code_that_cannot_be_one(olena, ofi):
    proof = Proof(olena, "id_card", True)
    assert refusal(proof, ofi, person_code="1234567890") == "identity.code_wrong"


ROLES = {
    "olena": "people.not_officer",
    "mo": "people.not_officer",
    "ofi": "",
    "admin": "",
    "scoped": "people.not_officer",
}


@pytest.fixture
def scoped(department):
    """An officer for one consultation alone."""
    return factories.user("scoped", role="officer", scope="consultation:1")


@pytest.mark.parametrize("who", ROLES)
def test_who_may_look_people_up(request, who):
    assert rules.look_up(request.getfixturevalue(who)).code == ROLES[who]


@pytest.mark.parametrize("who", ROLES)
def test_who_may_check(request, who, bohdan):
    by = request.getfixturevalue(who)
    assert rules.check(by, bohdan).code == ROLES[who]


def test_nobody_checks_herself(ofi):
    assert refusal(Proof(ofi, "id_card", True), ofi) == "account.oneself"


def test_nobody_who_may_not_act(olena, ofi):
    olena.is_active = False
    assert refusal(Proof(olena, "id_card", True), ofi) == "people.inactive"
