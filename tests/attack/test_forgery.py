"""Other sites can send nothing in a person's name, nor put our pages into theirs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access.forms import FORMS
from tests.access.routes import addresses, names, things
from tests.attack.test_permissions import everything
from tests.plugins.levels import level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

#: Forms that a mail program sends, from no page and with no cookie; the secret is in the address.
SENT_BY_PROGRAMS = frozenset({
    *("petitions:unsubscribe", "notifications:unsubscribe", "press:mails"),
    *("notifications:stop", "notifications:stop_all"),
})  # fmt: skip
#: A form that stores nothing: its page is kept for everybody, and refuses those of other sites.
CHANGES_NOTHING = "tracks:start"
#: A form of everybody, one of residents, one of the desk.
STAND_FOR_ALL = ("account_login", "consultations:speak", "desk:withdraw")


def _filled(city, name: str) -> dict[str, str]:
    """The route's form as whoever may send it fills it."""
    parameters = dict(names())[name]
    arguments = next(iter(things(city, name, parameters).values()))
    return FORMS[name](city, arguments) if name in FORMS else {}


@pytest.mark.more_at_night
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
        {"X-CSRFToken": "a" * 32},
        {"X-Requested-With": "XMLHttpRequest"},
        {"HX-Request": "true"},
        {"Accept": "application/json"},
    ],
    ids=str,
)
def test_no_form_goes_without_its_token(city, enter, headers, request):
    """Every form is refused that comes as a browser sends it from nowhere; what else a request
    says of itself is read by the same middleware, so three forms of each kind stand for all."""
    routes = addresses(city)  # makes what they are about
    before = everything()
    if headers and not level(request.config).nightly:
        routes = {name: routes[name] for name in STAND_FOR_ALL}
    for role in ("olena", "admin"):
        client = enter(role, enforce_csrf_checks=True)
        for name, where in routes.items():
            if name in SENT_BY_PROGRAMS or name == CHANGES_NOTHING:
                continue
            sent = client.post(where, _filled(city, name), headers=headers)
            assert sent.status_code == 403 or name.startswith("api:"), name
        assert client.get("/account/me/").status_code == 200
    assert everything() == before


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_no_session_posts_to_the_api_without_its_token(city, enter, kind):
    client = enter("olena", enforce_csrf_checks=True)
    where, before = f"/api/v1/consultations/{city.opened.pk}/remarks/", everything()
    evil = {"Origin": "https://evil.example"}
    for headers in ({}, evil):
        sent = client.generic("POST", where, b'{"text":"a"}', content_type=kind, headers=headers)
        assert sent.status_code in (403, 415)
    assert everything() == before


def test_signing_in_needs_a_token_too(db, enter):
    client = enter("anon", enforce_csrf_checks=True)
    for place in ("login", "signup", "login/code", "password/reset"):
        assert client.post(f"/account/{place}/", {"login": "a"}).status_code == 403, place


def test_a_refused_form_forbids_them_too(city, enter):
    client = enter("olena", enforce_csrf_checks=True)
    for where in (reverse("account_login"), f"/consultations/{city.opened.pk}/speak/"):
        response = client.post(where)
        assert response.status_code == 403
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert "style=" not in response.text and "<style" not in response.text
