"""Buttons of shared pages, pressed by somebody who is not signed in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import State
from tests import factories

pytestmark = pytest.mark.django_db


def _react(client, referer):
    url = reverse("consultations:react", args=[1, 1])
    return client.get(f"{url}?value=1", headers={"referer": referer})


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client):
    answer = _react(client, "http://testserver/consultations/7/?kind=question#remark-3")
    login = reverse("account_login")
    assert answer.url == f"{login}?next=/consultations/7/%3Fkind%3Dquestion"


def test_who_is_signed_in_comes_back_and_nothing_is_done(client, olena):
    client.force_login(olena)
    assert _react(client, "http://testserver/consultations/7/").url == "/consultations/7/"


@pytest.mark.parametrize(
    "referer", ["", "https://evil.example/", "http://testserver//evil.example/", "http://[::1"]
)
def test_nobody_is_led_to_another_site(client, olena, referer):
    client.force_login(olena)
    assert _react(client, referer).url == "/"


def test_strangers_load_no_scripts_of_who_is_signed_in(client, olena, department):
    path = factories.consultation(department, State.OPEN).get_absolute_url()
    page = client.get(path).content.decode()
    assert '<form id="act"></form>' in page
    assert "htmx.min.js" not in page
    assert "draft-keeper.js" not in page
    client.force_login(olena)
    page = client.get(path).content.decode()
    assert 'id="act" method="post"' in page
    assert page.index("htmx.min.js") < page.index("js/act.js") < page.index("js/live.js")
    assert "draft-keeper.js" in page
