"""At a person's page an administrator takes away second factors that were lost."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from accounts.models import DataAccess
from core.models import AuditEntry
from tests.factors import connect_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(mo):
    connect_app(mo)
    return f"/desk/staff/{mo.pk}/factors/reset/"


def test_after_a_question_and_with_how_she_was_recognised(client, admin, mo, place):
    client.force_login(admin)
    assert place in client.get(f"/desk/staff/{mo.pk}/").text
    assert client.get(place).status_code == 200
    unsaid = client.post(place, {})
    assert unsaid.status_code == 422
    assert Authenticator.objects.filter(user=mo).exists()
    done = client.post(place, {"known_by": "video"})
    assert done["Location"] == f"/desk/staff/{mo.pk}/"
    assert not Authenticator.objects.filter(user=mo).exists()
    trace = AuditEntry.objects.get(event="SecondFactorsReset")
    assert (trace.actor, trace.ids["known_by"]) == (admin.pk, "video")
    assert DataAccess.objects.filter(user=mo, by=admin, why="account.factors").exists()


def test_asks_for_a_fresh_second_factor(client, admin, mo, place):
    client.force_login(admin, fresh=False)
    asked = client.post(place, {"known_by": "document"})
    assert asked["Location"].startswith("/account/confirm/")
    assert Authenticator.objects.filter(user=mo).exists()


def test_not_for_oneself_and_not_by_whoever_merely_sees_the_page(client, admin, ofi):
    for user in (admin, ofi):
        client.force_login(user)
        own = f"/desk/staff/{user.pk}/"
        assert "factors/reset" not in client.get(own).text
        assert client.post(f"{own}factors/reset/", {"known_by": "document"}).status_code == 403


def test_whoever_has_none_cannot_lose_them(client, admin, mo):
    client.force_login(admin)
    assert "factors/reset" not in client.get(f"/desk/staff/{mo.pk}/").text
