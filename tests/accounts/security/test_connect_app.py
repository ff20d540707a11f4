"""An authenticator app is connected and given up."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.security import actions
from accounts.security.events import RecoveryCodesMade, SecondFactorAdded, SecondFactorRemoved
from core.models import AuditEntry
from tests.factors import App, connect_app

pytestmark = pytest.mark.django_db
CONNECT, REMOVE = "/account/security/app/", "/account/security/app/remove/"


def secret_on(page) -> App:
    """What one types from the page into the app."""
    return App(page.context["secret"].replace(" ", ""))


def test_the_code_of_the_shown_key_connects_it(client, resident, hear):
    told = hear(SecondFactorAdded, RecoveryCodesMade)
    client.force_login(resident)
    page = client.get(CONNECT)
    app = secret_on(page)
    assert "<svg" in page.content.decode()
    answer = client.post(CONNECT, {"code": app.code()})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    row = Authenticator.objects.get(user=resident, type="totp")
    codes = Authenticator.objects.get(user=resident, type="recovery_codes")
    assert told == [
        SecondFactorAdded(resident.pk, resident.pk, "totp", row.pk),
        RecoveryCodesMade(resident.pk, resident.pk, codes.pk),
    ]
    assert AuditEntry.objects.filter(event="SecondFactorAdded", actor=resident.pk).exists()


def test_the_key_lies_encrypted_in_the_database_and_in_the_session(client, resident):
    client.force_login(resident)
    app = secret_on(client.get(CONNECT))
    assert app.secret not in str(dict(client.session.items()))
    client.post(CONNECT, {"code": app.code()})
    rows = Authenticator.objects.filter(user=resident)
    assert len(rows) == 2
    assert app.secret not in str([row.data for row in rows])
    assert not any(row.data.get("seed", "").isalnum() for row in rows)


def test_a_key_of_a_former_secret_key_can_still_be_read(client, resident, settings):
    client.force_login(resident)
    app = secret_on(client.get(CONNECT))
    client.post(CONNECT, {"code": app.code()})
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as after a leak of the first one"
    client.force_login(resident, fresh=False)
    page = client.post("/account/confirm/code/", {"code": app.code(1)})
    assert page.status_code == 302


def test_the_page_keeps_its_key_when_it_is_opened_again(client, resident):
    client.force_login(resident)
    first, second = client.get(CONNECT), client.get(f"/en{CONNECT}")
    assert secret_on(first) == secret_on(second)


def test_a_wrong_code_connects_nothing(client, resident):
    client.force_login(resident)
    app = secret_on(client.get(CONNECT))
    page = client.post(CONNECT, {"code": "000000" if app.code() != "000000" else "111111"})
    assert page.status_code == 422
    assert page.context["form"].errors["code"]
    assert secret_on(page) == app
    assert not Authenticator.objects.exists()


def test_it_is_connected_once(resident, refused):
    actions.add_app(resident, secret="A" * 32, step=1)
    with refused("account.has_app"):
        actions.add_app(resident, secret="B" * 32, step=1)


def test_somebody_suspended_connects_nothing(resident, refused):
    resident.is_active = False
    resident.save()
    with refused("account.suspended"):
        actions.add_app(resident, secret="A" * 32, step=1)


def test_connecting_asks_for_a_fresh_proof(client, resident):
    client.force_login(resident, fresh=False)
    for answer in (client.get(CONNECT), client.post(CONNECT, {"code": "123456"})):
        assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_giving_it_up_takes_the_recovery_codes_along(client, resident, hear):
    connect_app(resident)
    row = Authenticator.objects.get(user=resident, type="totp")
    told = hear(SecondFactorRemoved)
    client.force_login(resident, second_factor=True)
    assert client.get(REMOVE).status_code == 200
    assert Authenticator.objects.count() == 2  # asked, not done
    assert client.post(REMOVE)["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert told == [SecondFactorRemoved(resident.pk, resident.pk, "totp", row.pk)]


def test_staff_keep_one(client, mo, refused):
    connect_app(mo)
    client.force_login(mo)
    assert client.get(REMOVE).status_code == 200
    assert client.post(REMOVE).status_code == 403
    with refused("account.last_factor"):
        actions.remove_factor(Authenticator.objects.get(user=mo, type="totp"), by=mo)


def test_nobody_gives_up_what_is_another_s(client, resident, bohdan):
    connect_app(bohdan)
    client.force_login(resident)
    assert client.post(REMOVE).status_code == 404
    actions.remove_factor(Authenticator.objects.get(user=bohdan, type="totp"), by=resident)
    assert Authenticator.objects.filter(user=bohdan).count() == 2


def test_the_owner_is_told_by_mail(resident):
    app = actions.add_app(resident, secret="A" * 32, step=1)
    actions.remove_factor(app, by=resident)
    told = [job.args["template"] for job in ProcrastinateJob.objects.order_by("id")]
    assert told == ["accounts/app_connected", "accounts/codes_made", "accounts/app_disconnected"]


def test_the_pages_ask_the_database_little(client, resident, django_assert_max_num_queries):
    client.force_login(resident)
    client.get(CONNECT)
    with django_assert_max_num_queries(4):
        assert client.get(CONNECT).status_code == 200
    with django_assert_max_num_queries(3):
        assert client.get("/account/security/").status_code == 200
