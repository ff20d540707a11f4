"""A role offered by mail: pending until address, second factor and name stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.invitations import actions
from accounts.invitations.tokens import token_of
from accounts.models import Grant, StaffInvitation, User
from accounts.staff import actions as staff
from city.models import Department
from core.domain import clock as time
from core.models import AuditEntry
from notifications.mails.invitations import send_staff_invitation
from tests import factories

pytestmark = pytest.mark.django_db

REASON = "Наказ № 12"


def link(invitation: StaffInvitation) -> str:
    return reverse("staff_invitations:invitation", args=[invitation.pk, token_of(invitation)])


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def invitation(admin, olena, department) -> StaffInvitation:
    return actions.invite(
        olena.email, by=admin, role="officer", department=department, reason=REASON
    )


def test_nothing_is_held_until_it_is_accepted(admin, olena, department, invitation):
    assert not fresh(olena).is_staff
    given = actions.accept(invitation, by=olena)
    assert (given.user, given.granted_by, given.reason) == (olena, admin, REASON)
    assert fresh(olena).speaks_for(department.pk)
    trace = AuditEntry.objects.order_by("pk").values_list("event", "actor")
    assert list(trace) == [
        ("StaffInvited", admin.pk),
        ("GrantGiven", admin.pk),
        ("StaffInvitationAccepted", olena.pk),
    ]


def test_the_address_is_the_one_to_which_mail_is_delivered(admin, department):
    made = actions.invite(
        "Nadia@TERASA.укр", by=admin, role="officer", department=department, reason=REASON
    )
    assert made.email == "nadia@terasa.xn--j1amh"
    nadia = factories.user("nadia")
    nadia.email = made.email
    nadia.save()
    actions.accept(made, by=nadia)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"role": "administrator"}, "staff_invitation.administrator"),
        ({"role": "officer"}, "staff.department_missing"),
        ({"role": "body_head"}, "staff.post_missing"),
        ({"role": "moderator", "reason": " "}, "staff.reason_missing"),
        ({"role": "moderator", "scope": "petition:404"}, "staff.no_such_thing"),
        ({"role": "moderator", "ends_at": timedelta(days=-1)}, "staff.ends_too_early"),
        ({"role": "moderator", "email": "ADMIN@viche.example"}, "account.oneself"),
    ],
)
def test_not_to_anything(admin, refused, fields, code):
    given = {"email": "a@viche.example", "reason": REASON, **fields}
    if "ends_at" in given:
        given["ends_at"] = time.now() + given["ends_at"]
    with refused(code):
        actions.invite(given.pop("email"), by=admin, **given)


def test_only_administrators_invite_and_take_back(invitation, ofi, mo, refused):
    for person in (ofi, mo):
        with refused("account.not_administrator"):
            actions.invite("a@viche.example", by=person, role="moderator", reason=REASON)
        with refused("account.not_administrator"):
            actions.revoke(invitation, by=person)


def test_works_on_the_seventh_day_and_not_on_the_eighth(invitation, olena, clock, refused):
    clock.advance(days=6, hours=23)
    assert StaffInvitation.objects.open().exists()
    clock.advance(hours=1)
    assert not StaffInvitation.objects.open().exists()
    with refused("staff_invitation.expired"):
        actions.accept(invitation, by=olena)
    clock.advance(hours=-1)
    actions.accept(invitation, by=olena)


def test_works_once(invitation, olena, admin, refused):
    given = actions.accept(invitation, by=olena)
    staff.revoke(given, by=admin, reason="…")
    for act in (actions.accept, actions.revoke):
        with refused("staff_invitation.used"):
            act(invitation, by=olena if act is actions.accept else admin)
    assert not fresh(olena).is_staff


def test_works_for_that_confirmed_address_alone(invitation, bohdan, olena, refused):
    with refused("staff_invitation.other_address"):
        actions.accept(invitation, by=bohdan)
    olena.emailaddress_set.create(email=olena.email, verified=False, primary=True)
    with refused("staff_invitation.other_address"):
        actions.accept(invitation, by=olena)


def test_taken_back_it_works_no_more(invitation, olena, admin, refused):
    actions.revoke(invitation, by=admin)
    with refused("staff_invitation.revoked"):
        actions.accept(invitation, by=olena)
    assert not send_staff_invitation(invitation.pk)
    assert mail.outbox == []


def test_works_no_more_when_whoever_invited_may_not_or_the_department_is_gone(
    invitation, admin, olena, department, refused
):
    Department.objects.filter(pk=department.pk).update(closed_at=time.now())
    with refused("staff_invitation.revoked"):
        actions.accept(invitation, by=olena)
    Department.objects.filter(pk=department.pk).update(closed_at=None)
    second = factories.user("second", role="administrator")
    staff.revoke(admin.grants.get(), by=second, reason="…")
    with refused("staff_invitation.revoked"):
        actions.accept(invitation, by=olena)
    assert not Grant.objects.filter(user=olena).exists()


def test_who_holds_the_role_gets_no_second(invitation, admin, olena, department, refused):
    staff.grant(olena, by=admin, role="officer", department=department, reason="…")
    with refused("staff.held_already"):
        actions.accept(invitation, by=fresh(olena))


def test_a_role_without_a_second_factor_or_a_name_is_not_had(invitation, olena, refused):
    olena.second_factored = False
    with refused("account.second_factor"):
        actions.accept(invitation, by=olena)
    olena.second_factored = True
    User.objects.filter(pk=olena.pk).update(given_name="", family_name="")
    with refused("account.name_missing"):
        actions.accept(invitation, by=olena)


def test_the_database_holds_what_the_rules_say(invitation):
    rows = StaffInvitation.objects.filter(pk=invitation.pk)
    for wrong in (
        {"role": "administrator"},
        {"expires_at": invitation.invited_at + timedelta(days=7, seconds=1)},
        {"accepted_at": time.now()},
        {"revoked_at": time.now()},
        {"email": "Olena@viche.example"},
        {"email": "олена@viche.example"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


# --- the desk -----------------------------------------------------------------------------------


@pytest.fixture
def inside(client, admin):
    client.force_login(admin)
    return client


def test_known_and_unknown_addresses_are_answered_alike(inside, olena, department):
    """The same statements, the same words, the same mail."""
    answers = []
    for email in (olena.email, "nobody-here@viche.example"):
        with CaptureQueriesContext(connection) as asked:
            found = inside.post("/desk/staff/", {"email": email})
            assert found["Location"] == "/desk/staff/invite/"
            place = f"/desk/staff/invite/?department={department.slug}"
            form = inside.get(place).text
            assert f'value="{email}"' in form
            data = {"email": email, "language": "uk", "role": "officer", "reason": REASON}
            page = inside.post(place, data, follow=True).text
        invitation = StaffInvitation.objects.latest("pk")
        assert email in page
        assert send_staff_invitation(invitation.pk)
        sent = mail.outbox[-1]
        assert sent.to == [email]
        assert link(invitation) in sent.body
        actions.revoke(invitation, by=invitation.invited_by)
        answers.append((len(asked), sent.subject, sent.body.replace(link(invitation), "")))
    assert answers[0] == answers[1]


def test_a_colleague_is_found(inside, ofi):
    found = inside.post("/desk/staff/", {"email": ofi.email})
    assert found["Location"] == f"/desk/staff/{ofi.pk}/"


def test_the_list_tells_what_waits_and_takes_it_back(inside, invitation):
    assert invitation.email in inside.get("/desk/staff/").text
    place = f"/desk/staff/invitations/{invitation.pk}/revoke/"
    assert invitation.email in inside.get(place).text
    assert StaffInvitation.objects.open().exists()
    assert invitation.email not in inside.post(place, follow=True).text
    assert inside.post(place).status_code == 422


def test_no_administrator_is_offered_and_inviting_asks_for_a_fresh_proof(inside, admin):
    assert 'value="administrator"' not in inside.get("/desk/staff/invite/").text
    data = {"email": "a@viche.example", "language": "uk", "reason": REASON}
    assert inside.post("/desk/staff/invite/", data | {"role": "administrator"}).status_code == 422
    inside.force_login(admin, fresh=False)
    asked = inside.post("/desk/staff/invite/", data | {"role": "moderator"})
    assert asked["Location"].startswith("/account/confirm/")
    assert not StaffInvitation.objects.exists()


def test_the_mail_is_written_in_the_language_that_was_chosen(inside):
    data = {"email": "a@viche.example", "role": "moderator", "reason": REASON}
    inside.post("/desk/staff/invite/", data | {"language": "en"})
    invitation = StaffInvitation.objects.get()
    assert send_staff_invitation(invitation.pk)
    assert mail.outbox[0].subject == "You are invited to work for the council on its site"
    assert f"/en{link(invitation)}" in mail.outbox[0].body


# --- the link -----------------------------------------------------------------------------------


def test_looking_changes_nothing_and_a_forged_link_is_none(client, invitation, olena):
    for person in (None, olena):
        if person:
            client.force_login(person)
        assert client.get(link(invitation)).status_code == 200
    assert client.get(link(invitation)[:-9] + "00000000/").status_code == 404
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_the_page_leads_to_the_factor_and_asks_for_the_name(client, invitation, olena, department):
    User.objects.filter(pk=olena.pk).update(given_name="", family_name="")
    client.force_login(olena, second_factor=False)
    led = client.post(link(invitation))
    assert led["Location"].startswith("/account/security/needed/?next=")
    client.force_login(olena, second_factor=True)
    nameless = client.post(link(invitation), {"own_given_name": ""})
    assert nameless.status_code == 422
    assert not fresh(olena).is_staff
    named = {"own_given_name": "Олена", "own_family_name": "Коваль"}
    assert client.post(link(invitation), named)["Location"] == "/desk/"
    assert fresh(olena).speaks_for(department.pk)
    assert client.post(link(invitation)).status_code == 422
