"""Joining two accounts of one person: proof of both, what goes over, what is left."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from accounts.data.events import ExportEnded, UserErased
from accounts.events import UserSignedOut
from accounts.identity.events import AccountEmptied, AccountsMerged
from accounts.identity.handlers import merge
from accounts.models import Agreement, Level, User, Verification
from consultations.remarks import actions as consultations
from core.models import AuditEntry
from discussions.models import Comment
from organisations.models import Mandate
from tests import factories
from tests.accounts.identity.conftest import person_code
from tests.factories import PASSWORD
from tests.factors import connect_app

pytestmark = pytest.mark.django_db
CODE, OTHER_CODE = person_code(), person_code(number=456)
CONFIRM = "/account/merge/confirm/"


@pytest.fixture
def opened(department):
    return factories.consultation(department)


@pytest.fixture
def other(db):
    """Charlie's other account, with an address that is confirmed and a password."""
    return User.objects.create_user(
        "karpo@viche.example", PASSWORD, given_name="Карпо", family_name="Лисенко"
    )


# --- what happens -------------------------------------------------------------------------------


def test_exactly_these_events(charlie, other, hear):
    told = hear(AccountsMerged, AccountEmptied, UserSignedOut, UserErased, ExportEnded)
    merge(charlie, other)
    assert told == [
        AccountsMerged(charlie.pk, other.pk),
        AccountEmptied(charlie.pk, other.pk),
        UserSignedOut(other.pk),
    ]
    entry = AuditEntry.objects.get(event="AccountsMerged")
    assert entry.ids == {"kept_id": charlie.pk, "gone_id": other.pk}


def test_words_go_over_and_nobody_is_left_behind(charlie, other, opened):
    made = consultations.remark(opened, by=other, text="Так краще.")
    merge(charlie, other)
    assert Comment.objects.get(pk=made.pk).author == charlie
    other.refresh_from_db()
    assert other.erased_at and not other.is_active
    assert (other.given_name, other.family_name) == ("", "")
    assert not EmailAddress.objects.filter(user=other).exists()
    assert not User.objects.filter(email="karpo@viche.example").exists()


def test_what_both_supported_counts_once(charlie, other, olena, opened):
    made = consultations.remark(opened, by=olena, text="Так краще.")
    consultations.react(made, by=charlie, value=1)
    consultations.react(made, by=other, value=-1)
    merge(charlie, other)
    comment = Comment.objects.get(pk=made.pk)
    assert (comment.agrees, comment.disagrees) == (1, 0)


def test_mandates_and_agreements_go_over(charlie, other):
    company = factories.organisation("ТОВ «Тераса»", other)
    for user in (charlie, other):
        Agreement.objects.create(user=user, document="terms", version="1")
    Agreement.objects.create(user=other, document="privacy", version="1")
    merge(charlie, other)
    assert Mandate.objects.in_force().get(organisation=company).user == charlie
    mine = Agreement.objects.filter(user=charlie).values_list("document", flat=True)
    assert sorted(mine) == ["privacy", "terms"]


def test_the_surer_check_goes_on_and_knows_who_it_is(charlie, other, verified, refused):
    verified(charlie, level=Level.HIGH, source="city-id", subject="42", age_over=16)
    verified(other, person_code=CODE, age_over=18)
    merge(charlie, other)
    check = Verification.objects.get(ended_at=None)
    assert (check.user, check.level, check.age_over) == (charlie, Level.HIGH, 18)
    with refused("identity.another_person"):
        verified(charlie, person_code=OTHER_CODE)


def test_who_was_checked_there_is_checked_here(charlie, other, verified):
    verified(other, person_code=CODE)
    SocialAccount.objects.create(user=other, provider="idgov", uid="key")
    merge(charlie, other)
    assert Verification.objects.in_force().get().user == charlie
    assert SocialAccount.objects.get().user == charlie


# --- what is refused ----------------------------------------------------------------------------


def test_two_people_are_not_joined(charlie, other, verified, refused):
    verified(charlie, person_code=CODE)
    verified(other, person_code=OTHER_CODE)
    with refused("merge.two_people"):
        merge(charlie, other)


@pytest.mark.parametrize("staff", ["kept", "gone"])
def test_accounts_of_the_council_are_not_joined(charlie, mo, staff, refused):
    with refused("merge.staff"):
        merge(*((mo, charlie) if staff == "kept" else (charlie, mo)))


def test_what_a_second_factor_protects_is_not_taken_by_a_password(charlie, other, refused):
    connect_app(other)
    with refused("merge.second_factor"):
        merge(charlie, other)


@pytest.mark.parametrize(
    ("code", "prepare"),
    [
        ("merge.suspended", {"is_active": False}),
        ("merge.no_other", {"erased_at": "2026-01-01T00:00Z", "is_active": False}),
    ],
)
def test_what_is_closed_stays_closed(charlie, other, code, prepare, refused):
    names = {"given_name": "", "family_name": "", "password": "!"} if "erased_at" in prepare else {}
    User.objects.filter(pk=other.pk).update(**prepare, **names)
    with refused(code):
        merge(charlie, other)


def test_one_account_is_not_joined_to_itself(charlie, refused):
    with refused("merge.same"):
        merge(charlie, charlie)


# --- the way through the pages ------------------------------------------------------------------


def prove(client, **fields):
    return client.post("/account/merge/", {"email": "karpo@viche.example", **fields})


def test_by_the_password_of_the_other(client, charlie, other):
    client.force_login(charlie)
    assert prove(client, password=PASSWORD)["Location"] == CONFIRM
    page = client.get(CONFIRM).content.decode()
    assert "karpo@viche.example" in page and charlie.email in page
    assert not User.objects.get(pk=other.pk).erased_at  # nothing happens by looking
    client.post(CONFIRM)
    assert User.objects.get(pk=other.pk).erased_at
    assert client.get(reverse("identity:verify")).status_code == 200  # still signed in


def test_by_a_code_to_the_other_address(client, charlie, other, code):
    client.force_login(charlie)
    assert prove(client)["Location"] == reverse("identity:merge_code")
    assert client.post("/account/merge/code/", {"code": "00000000"}).status_code == 422
    assert client.post("/account/merge/code/", {"code": code()})["Location"] == CONFIRM
    client.post(CONFIRM)
    assert User.objects.get(pk=other.pk).erased_at


def test_an_address_without_an_account_is_answered_alike(client, charlie, other, post):
    client.force_login(charlie)
    known = prove(client)
    sent = len(post())
    unknown = prove(client, email="nobody@viche.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(post()) == sent + 1  # it hears that there is none: as much work as a code
    assert not client.post("/account/merge/code/", {"code": "00000000"}).has_header("Location")


def test_a_code_is_tried_five_times(client, charlie, other, code):
    client.force_login(charlie)
    prove(client)
    for _try in range(5):
        client.post("/account/merge/code/", {"code": "00000000"})
    assert client.post("/account/merge/code/", {"code": code()}).status_code == 422
    assert client.get(CONFIRM)["Location"] == "/account/merge/"


def test_a_wrong_password_proves_nothing(client, charlie, other):
    client.force_login(charlie)
    assert prove(client, password="not it at all").status_code == 422
    assert client.post(CONFIRM)["Location"] == "/account/merge/"
    assert not User.objects.get(pk=other.pk).erased_at


def test_the_proof_is_of_who_gave_it(client, charlie, olena, other):
    client.force_login(charlie)
    prove(client, password=PASSWORD)
    proof = client.session["merge_proved"]
    client.force_login(olena)
    session = client.session
    session["merge_proved"] = proof
    session.save()
    assert client.post(CONFIRM)["Location"] == "/account/merge/"
    assert not User.objects.get(pk=other.pk).erased_at


def test_given_up_nothing_happens(client, charlie, other):
    client.force_login(charlie)
    prove(client, password=PASSWORD)
    client.post("/account/merge/give-up/")
    assert client.post(CONFIRM)["Location"] == "/account/merge/"
    assert not User.objects.get(pk=other.pk).erased_at
