"""What the tests of identities share: people's codes and a check by a provider."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.http import HttpResponse
from django.test import Client
from stdnum.ua import rntrc

from accounts.identity.idgov import fake
from accounts.models import User
from config import identity_providers
from tests.servers import Server, start_idgov


def person_code(*, born: date = date(1990, 5, 17), number: int = 123) -> str:
    """A РНОКПП of nobody: days since 31.12.1899, an ordinal, the check digit."""
    nine = f"{(born - date(1899, 12, 31)).days:05}{number:04}"
    return nine + rntrc.calc_check_digit(nine)


def provider_of_state(url: str) -> list[dict[str, Any]]:
    """settings.IDENTITY_PROVIDERS with id.gov.ua at ``url``."""
    return identity_providers.providers(
        openid="",
        idgov={
            "url": url,
            "client_id": fake.CLIENT_ID,
            "secret": fake.CLIENT_SECRET,
            "auth_types": identity_providers.AUTH_TYPES,
        },
    )


@pytest.fixture(scope="session")
def state_server() -> Iterator[Server]:
    """The stand-in for id.gov.ua, a process of its own."""
    with start_idgov() as server:
        yield server


@pytest.fixture
def idgov(state_server: Server, settings: Any) -> Server:
    """It, configured as this installation's provider; asked nothing of where people live."""
    settings.CITY = {**settings.CITY, "localities": []}
    settings.IDENTITY_PROVIDERS = provider_of_state(state_server.url)
    return state_server


def way_out(answer: HttpResponse) -> str:
    """The address of the provider on the page that one leaves by."""
    assert answer.status_code == 200, answer.content.decode()
    found = re.search(r'class="govuk-button" href="([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return unescape(found[1])


def back_from(address: str, **chosen: str) -> str:
    """What the browser is sent back to from the fake id.gov.ua, having chosen who one is."""
    query = dict(parse_qsl(urlsplit(address).query))
    kept = {name: query[name] for name in ("state", "redirect_uri")}
    server = urlsplit(address)
    answer = requests.get(
        f"{server.scheme}://{server.netloc}/chosen",
        params={**kept, **chosen},
        allow_redirects=False,
        timeout=10,
    )
    return answer.headers["Location"]


def gone_and_back(client: Client, *, onward: str = "", **chosen: str) -> HttpResponse:
    """The answer to the person's return from id.gov.ua, where she chose who she is."""
    left = client.post("/account/verify/idgov/", {"next": onward})
    return client.get(back_from(way_out(left), **chosen))


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """``client_of(olena)``: a browser of her own, in which she has just signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
