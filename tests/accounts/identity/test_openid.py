"""Being checked by an OpenID Connect provider: allauth's own, a program of its own, real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from accounts.identity import keys
from accounts.models import Level, Residence, Verification
from accounts.residence.actions import declare
from city.models import District
from config import identity_providers
from tests.accounts.identity.conftest import way_out
from tests.idp.people import CLIENT_ID, CLIENT_SECRET
from tests.servers import Server, start_idp

pytestmark = pytest.mark.django_db
BEGIN = "/account/verify/city-id/"


@pytest.fixture(scope="module")
def program() -> Iterator[Server]:
    with start_idp(f"http://testserver{BEGIN}callback/") as server:
        yield server


def configured(settings, program: Server, **more: object) -> None:
    """The provider, as the environment would name it."""
    given = {
        "id": "city-id",
        "name": "Міський вхід",
        "server_url": program.url,
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "level": "substantial",
        "scope": ["openid", "profile", "email"],
        **more,
    }
    idgov = dict.fromkeys(("url", "client_id", "secret", "auth_types"), "")
    settings.IDENTITY_PROVIDERS = identity_providers.providers(
        openid=json.dumps([given]), idgov=idgov
    )


@pytest.fixture
def idp(program, settings):
    configured(settings, program)
    return program


def signed_in_there(idp: Server, address: str, name: str) -> str:
    """Where the browser is sent back to from the provider, being ``name`` there."""
    with requests.Session() as browser:
        browser.get(f"{idp.url}/become/{name}/?next=/", timeout=10)
        answer = browser.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


def verify_as(client, idp, name="charlie", begin=BEGIN, **fields):
    back = signed_in_there(idp, way_out(client.post(begin, fields)), name)
    return client.get(back)


def test_she_is_checked_at_the_providers_level(client, charlie, idp, clock):
    client.force_login(charlie)
    answer = verify_as(client, idp, next="/consultations/")
    assert (answer.status_code, answer["Location"]) == (302, "/consultations/")
    check = Verification.objects.in_force().get(user=charlie)
    assert (check.level, check.source, check.age_over) == (Level.SUBSTANTIAL, "city-id", 16)
    assert check.person_key and not keys.is_of_code(check.person_key)
    assert SocialAccount.objects.get().extra_data == {}


def test_where_she_lives_counts_by_the_claim_that_the_city_names(
    client, charlie, program, idp, settings
):
    north = District.objects.create(name="Північний", slug="north")
    declare(charlie, district=north, address="вул. Рудна, 4")
    client.force_login(charlie)
    verify_as(client, idp)
    assert not Residence.objects.checked().exists()
    configured(settings, program, claims={"locality": "address.locality"})
    verify_as(client, idp)
    assert Residence.objects.checked().get().how == "provider"


def test_one_identity_checks_one_account(client, charlie, olena, idp):
    client.force_login(charlie)
    verify_as(client, idp)
    client.force_login(olena)
    assert verify_as(client, idp).status_code == 403
    assert not Verification.objects.filter(user=olena).exists()


def test_one_signs_in_by_it(client, client_of, charlie, idp):
    charlie.emailaddress_set.create(email=charlie.email, verified=True, primary=True)
    verify_as(client_of(charlie), idp)
    verify_as(client, idp, begin="/account/login/with/city-id/")
    assert client.session["_auth_user_id"] == str(charlie.pk)


@pytest.mark.parametrize("name", ["taken", "vouched"])
def test_an_address_that_a_provider_names_opens_no_account(client, olena, idp, name):
    olena.emailaddress_set.create(email=olena.email, verified=True, primary=True)
    answer = verify_as(client, idp, name, begin="/account/login/with/city-id/")
    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("{", "JSON"),
        ("{}", "list"),
        ('[{"id": "x"}]', "lacks name"),
        (
            '[{"id": "X Y", "name": "n", "server_url": "u", "client_id": "c", "level": "high"}]',
            "id",
        ),
        (
            '[{"id": "x", "name": "n", "server_url": "u", "client_id": "c", "level": "low"}]',
            "level",
        ),
    ],
)
def test_a_wrong_setting_is_told_at_the_start(given, word):
    idgov = dict.fromkeys(("url", "client_id", "secret", "auth_types"), "")
    with pytest.raises(identity_providers.Misconfigured, match=word):
        identity_providers.providers(openid=given, idgov=idgov)
