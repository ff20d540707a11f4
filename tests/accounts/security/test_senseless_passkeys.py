"""What is no passkey is refused as one that failed, at every door, and is no fault of the server.

``{"id": 1}`` of an anonymous was error 500, in a library that takes what comes for what a browser
makes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.security.credentials import is_credential
from tests.accounts.security.conftest import options_in
from tests.factories import PASSWORD
from tests.factors import Passkey, add_passkey
from tests.plugins.levels import level

pytestmark = pytest.mark.django_db

ALONE, ALONG = "/account/login/passkey/", "/account/login/factor/"
AGAIN, ADD = "/account/confirm/passkey/", "/account/security/passkeys/add/"
WHOLE = {"id": "YQ", "rawId": "YQ", "type": "public-key", "clientExtensionResults": {}}
EMPTY = {"clientDataJSON": "e30", "authenticatorData": "YQ", "signature": "YQ", "userHandle": "MQ"}

#: No credentials in their form, or none in what they hold.
SENSELESS = {
    "no JSON": "{",
    "deep": "[" * 100_000,
    "a number of 5,000 digits": f'{{"id": {"1" * 5000}}}',
    "large": json.dumps({**WHOLE, "response": {"clientDataJSON": "A" * 200_000}}),
    "null": "null",
    "a list": "[]",
    "a word": '"public-key"',
    "NaN": "NaN",
    "an id that is a number": '{"id": 1}',
    "no rawId": json.dumps({"id": "YQ", "type": "public-key", "response": EMPTY}),
    "no type": json.dumps({"id": "YQ", "rawId": "YQ", "response": EMPTY}),
    "no response": json.dumps(WHOLE),
    "a response that is a list": json.dumps({**WHOLE, "response": []}),
    "an empty response": json.dumps({**WHOLE, "response": {}}),
    "client data that say nothing": json.dumps({**WHOLE, "response": EMPTY}),
    "client data that are a list": json.dumps(
        {**WHOLE, "response": {**EMPTY, "clientDataJSON": "W10"}}
    ),
    "letters that no codec takes": '{"id": "\\ud800", "rawId": "\\ud800", "type": "public-key"}',
    "a zero byte": json.dumps({**WHOLE, "response": EMPTY, "x": "\0"}),
    "Cyrillic": json.dumps({**WHOLE, "id": "ключ", "response": EMPTY}, ensure_ascii=False),
    "no handle": json.dumps({**WHOLE, "response": {**EMPTY, "userHandle": None}}),
    "a handle of nobody": json.dumps({**WHOLE, "response": {**EMPTY, "userHandle": "4oKs"}}),
    "an attestation that is no CBOR": json.dumps(
        {**WHOLE, "response": {**EMPTY, "attestationObject": "_____w"}}
    ),
    "extensions that are a list": json.dumps(
        {**WHOLE, "response": EMPTY, "clientExtensionResults": []}
    ),
    "an extension that is a word": json.dumps(
        {**WHOLE, "response": EMPTY, "clientExtensionResults": {"credProps": "rk"}}
    ),
}


@pytest.fixture
def cheap(resident, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    resident.set_password(PASSWORD)
    resident.save()
    return resident


@pytest.fixture
def doors(browser_client, cheap) -> dict[str, Callable[[str], Any]]:
    """Each door, with a challenge that waits: as a stranger, after the password, signed in."""
    add_passkey(cheap)
    stranger, halfway, inside = browser_client(), browser_client(), browser_client()
    halfway.post("/account/login/", {"login": cheap.email, "password": PASSWORD})
    assert "_auth_user_id" not in halfway.session
    inside.force_login(cheap)

    adds = browser_client()
    adds.force_login(cheap)
    # What waits stays until a passkey is accepted.
    stranger.post(ALONE)
    for client, path in ((halfway, ALONG), (inside, AGAIN), (adds, ADD)):
        client.get(path)

    def at(client: Client, path: str) -> Callable[[str], Any]:
        return lambda credential: client.post(path, {"credential": credential, "name": "Ключ"})

    clients = {ALONE: stranger, ALONG: halfway, AGAIN: inside, ADD: adds}
    return {path: at(client, path) for path, client in clients.items()}


def refuse_each(doors: dict[str, Callable[[str], Any]], credential: str, *paths: str) -> None:
    for path in paths or doors:
        answer = doors[path](credential)
        assert answer.status_code in (200, 302, 422), (path, credential[:200])


def test_what_is_no_passkey_is_refused_at_every_door(doors, resident, monkeypatch):
    monkeypatch.setattr("accounts.limits.limits.spend_client", lambda *_who, **_how: True)
    monkeypatch.setattr("accounts.limits.limits.spend", lambda *_who, **_how: True)
    others = cycle((ALONG, AGAIN, ADD))
    for credential in SENSELESS.values():
        refuse_each(doors, credential, ALONE, next(others))
    assert Authenticator.objects.filter(type="webauthn").count() == 1


@pytest.mark.more_at_night
def test_a_passkey_with_anything_in_place_of_any_part_is_no_fault(doors, request, monkeypatch):
    """Each part of a true answer is left out, and replaced by whatever JSON can hold."""
    monkeypatch.setattr("accounts.limits.limits.spend_client", lambda *_who, **_how: True)
    monkeypatch.setattr("accounts.limits.limits.spend", lambda *_who, **_how: True)
    whole = [
        json.loads(Passkey().get({"publicKey": {"challenge": "YQ"}})),
        json.loads(Passkey().create({"publicKey": {"challenge": "YQ", "user": {"id": "MQ"}}})),
    ]
    paths = [("id",), ("rawId",), ("type",), ("response",), ("clientExtensionResults",)]
    paths += [("response", name) for each in whole for name in each["response"]]
    leaf = some.one_of(some.none(), some.booleans(), some.integers(), some.text(), some.floats())
    anything = some.recursive(
        leaf, lambda part: some.lists(part) | some.dictionaries(some.text(), part), max_leaves=5
    )

    @settings(
        max_examples=200 if level(request.config).nightly else 5,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(some.sampled_from(whole), some.sampled_from(paths), some.booleans(), anything)
    def attempt(true_one: dict[str, Any], path: tuple[str, ...], is_gone: bool, value: Any) -> None:
        changed = json.loads(json.dumps(true_one))
        holder = changed
        for name in path[:-1]:
            holder = holder[name]
        if is_gone:
            holder.pop(path[-1], None)
        else:
            holder[path[-1]] = value
        refuse_each(doors, json.dumps(changed))

    attempt()


def test_what_browsers_give_has_the_form():
    key = Passkey()
    made = json.loads(key.create({"publicKey": {"challenge": "YQ", "user": {"id": "MQ"}}}))
    extended = {
        **made,
        "authenticatorAttachment": "platform",
        "clientExtensionResults": {"credProps": {"rk": True}, "prf": {"results": {"first": "YQ"}}},
        "response": {**made["response"], "transports": ["internal", "hybrid"]},
    }
    assert is_credential(made) and is_credential(extended)
    assert not is_credential({**made, "clientExtensionResults": {"credProps": {"rk": "\0"}}})


def test_a_passkey_is_still_added(browser_client, resident):
    client = browser_client()
    client.force_login(resident)
    credential = Passkey().create(options_in(client.get(ADD)))
    assert client.post(ADD, {"name": "Ключ", "credential": credential}).status_code == 302
