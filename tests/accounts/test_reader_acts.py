"""Buttons of shared pages, pressed by somebody who is not signed in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import State
from consultations.remarks import actions
from discussions.models import Reaction
from tests import factories

pytestmark = pytest.mark.django_db


def _react(client, referer):
    url = reverse("consultations:react", args=[1, 1])
    return client.get(f"{url}?value=1", headers={"referer": referer})


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client):
    answer = _react(client, "http://testserver/consultations/7/?kind=question#remark-3")
    login = reverse("account_login")
    assert answer.url == f"{login}?next=/consultations/7/%3Fkind%3Dquestion"


def test_who_was_signed_out_meanwhile_comes_back_too(client):
    url = reverse("consultations:react", args=[1, 1])
    answer = client.post(url, {"value": "1"}, headers={"referer": "http://testserver/polls/3/"})
    assert answer.url == f"{reverse('account_login')}?next=/polls/3/"


def test_who_is_signed_in_comes_back_and_nothing_is_done(client, olena, department):
    opened = factories.consultation(department, State.OPEN)
    remark = actions.remark(opened, by=olena, text="Слово.")
    client.force_login(factories.user("reader"))
    url = reverse("consultations:react", args=[opened.pk, remark.pk])
    answer = client.get(f"{url}?value=1", headers={"referer": "http://testserver/polls/3/"})
    assert answer.url == "/polls/3/"
    assert not Reaction.objects.exists()


@pytest.mark.parametrize(
    "path", ["/account/login/?next=/x/", "/en/account/2fa/", "/consultations/1/remarks/1/react/"]
)
def test_nobody_is_led_in_a_circle(client, olena, path):
    """Browsers keep the Referer of the sign-in page through its redirect."""
    client.force_login(olena)
    assert _react(client, f"http://testserver{path}").url == "/"


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
    later = page[page.index("<template data-later-scripts>") : page.index("js/act.js")]
    assert page.count("htmx.min.js") == later.count("htmx.min.js") == 1
    assert page.count("draft-keeper.js") == later.count("draft-keeper.js") == 1
    assert page.index("js/act.js") < page.index("js/live.js")
