"""A mailbox has one account, however its address is spelled; what there was before goes on."""

from __future__ import annotations

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client

from accounts import limits
from accounts.limits import MAIL
from accounts.models import User
from core.domain.email_addresses import UNDELIVERABLE
from tests.accounts.conftest import SIGN_UP
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
FORM, CODE, LOGIN = "/account/signup/", "/account/signup/code/", "/account/login/"
PLAIN = "daryna@viche.example"
SPELLINGS = ["daryna@vi\u200bche.example", "Daryna@viche\u00ad.example", "daryna@ｖiche。example"]


@pytest.fixture
def before(db):
    """Accounts as they were stored before e-mails were taken as they are delivered."""
    trigger = "TRIGGER accounts_user_delivered_email"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE accounts_user DISABLE {trigger}")

    def make(email: str, *, verified: bool = True) -> User:
        user = User(email=email, given_name="Дарина", family_name="Січ")
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
        return user

    yield make


@pytest.fixture
def upgrade():
    """What the migrations do with them, after whose first the trigger stands."""

    def run() -> None:
        first = importlib.import_module("accounts.migrations.0011_delivered_email")
        with connection.cursor() as cursor:
            cursor.execute(first._ASCII)
        first.fill(apps, None)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE accounts_user ENABLE TRIGGER accounts_user_delivered_email")
        importlib.import_module("accounts.migrations.0012_spell_emails_as_delivered").spell(
            apps, None
        )

    return run


def test_three_spellings_at_sign_up_are_one_account(client, code, post):
    pages = []
    for email in [*SPELLINGS, PLAIN]:
        client.cookies.clear()
        pages.append(client.post(FORM, {**SIGN_UP, "email": email}))
        if len(pages) == 1:
            client.post(CODE, {"code": code()})
    assert {(page.status_code, page["Location"]) for page in pages} == {(302, CODE)}
    person = User.objects.get(email=PLAIN)
    assert person.delivered_email == PLAIN
    assert User.objects.filter(email__startswith="daryna").count() == 1
    assert {to for mail in post() for to in mail.to} == {PLAIN}


def test_mails_of_all_spellings_are_counted_together(client, resident):
    answers = []
    for number in range(MAIL.most + 1):
        client.cookies.clear()
        spelled = resident.email.replace("@", "@" + "\u200b" * number)
        answers.append(client.post("/account/login/code/", {"email": spelled}).status_code)
    assert answers == [302] * MAIL.most + [429]


@pytest.mark.parametrize("email", ["дарина@viche.example", "daryna@vi\u2063che.example"])
def test_what_cannot_be_delivered_is_refused_before_a_mail_is_written(client, email, post):
    for address, field in ((FORM, "email"), ("/account/login/code/", "email")):
        page = client.post(address, {**SIGN_UP, field: email})
        errors = page.context["form"].errors.as_data()[field]
        assert [each.code for each in errors] == [UNDELIVERABLE]
    assert post() == []
    assert not User.objects.filter(given_name="").exists()


def test_one_signs_in_however_one_spells_it(client, resident):
    for email in ("Resident@VICHE.example", "resident@vi\u00adche.example"):
        client.cookies.clear()
        assert client.post(LOGIN, {"login": email, "password": PASSWORD}).status_code == 302


def test_a_changed_email_is_refused_only_to_whoever_proves_it(client, resident, bohdan, code):
    client.force_login(resident)
    spelled = bohdan.email.replace("viche", "vi\u200dche")
    page = client.post("/account/email/", {"email": spelled, "action_add": "1"})
    assert (page.status_code, page["Location"]) == (302, CODE)
    page = client.post(CODE, {"code": code()})
    errors = page.context["form"].errors.as_data()["code"]
    assert [each.code for each in errors] == ["email_taken"]
    resident.refresh_from_db()
    assert resident.email == "resident@viche.example"


def test_a_changed_email_is_kept_as_it_is_delivered(client, resident, code):
    client.force_login(resident)
    client.post("/account/email/", {"email": "daryna@vi\u200bche.example", "action_add": "1"})
    client.post(CODE, {"code": code()})
    resident.refresh_from_db()
    assert (resident.email, resident.delivered_email) == (PLAIN, PLAIN)


def test_the_database_holds_it_whoever_writes(resident, bohdan):
    with pytest.raises(DataError), transaction.atomic():
        User.objects.filter(pk=bohdan.pk).update(email="resident@vi\u200bche.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=bohdan.pk).update(email=resident.email)
    User.objects.filter(pk=bohdan.pk).update(delivered_email="other@viche.example")
    bohdan.refresh_from_db()
    assert bohdan.delivered_email == bohdan.email
    bohdan.delivered_email = None
    bohdan.save()
    bohdan.refresh_from_db()
    assert bohdan.delivered_email == bohdan.email


# --- What was stored before -----------------------------------------------------------------------


def test_nobody_is_merged_and_one_of_several_has_the_mailbox(before, upgrade):
    odd, wide, plain = (before(email) for email in (SPELLINGS[0], "daryna@ｖiche.example", PLAIN))
    alone = before("info@пошта.укр")
    unsendable = before("daryna@vi\u2063che.example")
    upgrade()
    held = dict(User.objects.values_list("pk", "delivered_email"))
    assert held[plain.pk] == PLAIN
    assert held[alone.pk] == "info@xn--80a1acn3a.xn--j1amh"
    assert [held[each.pk] for each in (odd, wide, unsendable)] == [None] * 3
    kept = dict(User.objects.values_list("pk", "email"))
    assert kept[odd.pk] == SPELLINGS[0]
    assert kept[alone.pk] == "info@xn--80a1acn3a.xn--j1amh"
    assert EmailAddress.objects.get(user=alone).email == kept[alone.pk]


def test_the_mailbox_of_one_of_them_is_nobody_elses(client, resident, before, upgrade, code):
    before(PLAIN, verified=False), before(SPELLINGS[0])
    upgrade()
    client.force_login(resident)
    client.post("/account/email/", {"email": PLAIN, "action_add": "1"})
    page = client.post(CODE, {"code": code()})
    assert page.context["form"].errors
    assert client.post(FORM, SIGN_UP).status_code == 302
    resident.refresh_from_db()
    assert resident.email == "resident@viche.example"


def test_a_confirmed_one_comes_first_then_the_oldest(before, upgrade):
    named = before(PLAIN, verified=False)
    first, second = before(SPELLINGS[0]), before("daryna@ｖiche.example")
    upgrade()
    held = dict(User.objects.values_list("pk", "delivered_email"))
    assert (held[first.pk], held[second.pk], held[named.pk]) == (PLAIN, None, None)
    assert list(User.objects.of_email(PLAIN)) == [first]


def test_everybody_gets_in_by_what_they_typed_then(client, before, upgrade, code):
    accounts = [before(email) for email in (SPELLINGS[0], "daryna@ｖiche.example", PLAIN)]
    unsendable = before("daryna@vi\u2063che.example")
    upgrade()
    for account in [*accounts, unsendable]:
        client.cookies.clear()
        page = client.post(LOGIN, {"login": account.email, "password": PASSWORD})
        assert page.status_code == 302
        assert client.session["_auth_user_id"] == str(account.pk)
        account.refresh_from_db()
        account.save()  # all of the row, and it keeps its column
    for account in accounts:
        client.cookies.clear()
        client.post("/account/login/code/", {"email": account.email})
        client.post("/account/login/code/confirm/", {"code": code()})
        assert client.session["_auth_user_id"] == str(account.pk)


def test_their_devices_are_known_too(before, upgrade, code, settings):
    """Each account by its own spelling: strangers, counted by mailbox, close neither's device, and
    a device of one of them is nothing to the other."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    odd, plain = before(SPELLINGS[0]), before(PLAIN)
    upgrade()
    browsers = {account: Client(REMOTE_ADDR="203.0.113.5") for account in (odd, plain)}
    for account, browser in browsers.items():
        browser.post(LOGIN, {"login": account.email, "password": PASSWORD})
        browser.post("/account/logout/")
    for limit in (limits.PASSWORD_OF_ACCOUNT, limits.MAIL_OF_ACCOUNT):
        for _ in range(limit.most):
            limit.spend(PLAIN)
    for _ in range(limits.SIGN_IN.most):
        limits.SIGN_IN.spend_client(("203.0.113.5",))
    for account, browser in browsers.items():
        other = plain if account == odd else odd
        tried = {"login": other.email, "password": PASSWORD}
        assert browser.post(LOGIN, tried).status_code == 429
        assert browser.post("/account/login/code/", {"email": account.email}).status_code == 302
        browser.post("/account/login/code/confirm/", {"code": code()})
        assert browser.session["_auth_user_id"] == str(account.pk)
        browser.post("/account/logout/")
        browser.post(LOGIN, {"login": account.email, "password": PASSWORD})
        assert browser.session["_auth_user_id"] == str(account.pk)


def test_nobody_signs_up_beside_them(client, before, upgrade):
    before(SPELLINGS[0])
    upgrade()
    assert client.post(FORM, {**SIGN_UP, "email": PLAIN})["Location"] == CODE
    assert User.objects.filter(family_name__in=["Січ", ""]).count() == 1


def test_commands_find_them(before, upgrade, capsys, admin):
    plain, odd = before(PLAIN), before(SPELLINGS[0])
    upgrade()
    call_command("suspend", SPELLINGS[0], by=admin.email, reason="Двічі.")
    odd.refresh_from_db(), plain.refresh_from_db()
    assert (odd.is_active, plain.is_active) == (False, True)
    call_command("suspend", "daryna@viche\u00ad.example", by=admin.email, reason="Двічі.")
    plain.refresh_from_db()
    assert not plain.is_active
