"""The desk's page of state: for administrators alone, what the checks find, worst first."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.models import StateFault
from core.state.registry import check_names

pytestmark = pytest.mark.django_db
STATE = reverse("state_desk:state")


def test_is_for_administrators_alone(client, olena, mo, ofi, admin):
    assert client.get(STATE)["Location"] == f"{reverse('account_login')}?next={STATE}"
    for person, status in ((olena, 403), (mo, 403), (ofi, 403), (admin, 200)):
        client.force_login(person)
        assert client.get(STATE).status_code == status


def test_shows_each_check_the_worst_first(client, admin):
    client.force_login(admin)
    shown = client.get(STATE).context
    kinds = [each.level.kind for each in shown["results"]]
    assert kinds[0] == "stop" and kinds == sorted(
        kinds, key=["stop", "soon", "waiting", "done"].index
    )
    assert shown["level"].kind == "stop"  # no worker lives in a test
    assert {"version", "mail", "keepers"} <= set(check_names())


def test_the_desk_says_that_there_are_faults(client, admin, ofi):
    StateFault.objects.create(name="mail", level=2, words="Пошта не йде.")
    for person, links in ((admin, 2), (ofi, 0)):
        client.force_login(person)
        assert client.get("/desk/").content.decode().count(f'href="{STATE}"') == links


def test_the_page_of_the_code_says_that_mail_is_late(client, olena, settings):
    def asked() -> str:
        client.post("/account/login/code/", {"email": olena.email})
        return client.get("/account/login/code/confirm/").content.decode()

    late = "Листи зараз затримуються"
    assert late not in asked()
    fault = StateFault.objects.create(name="mail", level=2, words="Пошта не йде.")
    assert late in asked()
    fault.over_at = fault.raised_at
    fault.save()
    assert late not in asked()
