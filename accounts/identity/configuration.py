"""Identity providers as the environment names them. Read by config.settings, so it imports no app.

``IDENTITY_PROVIDERS``: JSON, a list of OpenID Connect providers (docs/identity.md). ``IDGOV_URL``
with ``IDGOV_CLIENT_ID`` and ``IDGOV_CLIENT_SECRET``: id.gov.ua.
"""

from __future__ import annotations

import json
import re
from typing import Any

LEVELS = {"substantial": 20, "high": 30}
#: What a provider may tell of a person -> the claim in which it stands unless it is named. Where
#: they live counts only where the city names the claim: most providers believe what people type.
CLAIMS = {
    "person_code": "drfocode",
    "birthdate": "birthdate",
    "given_name": "given_name",
    "family_name": "family_name",
    "locality": "",
    "state": "",
}
#: Ways to sign in at id.gov.ua: a qualified or advanced signature, a bank, a mobile number.
AUTH_TYPES = "dig_sign,bank_id,mobile_id"


class Misconfigured(ValueError):
    """A wrong setting, in one sentence for the server's administrator."""


def providers(*, openid: str, idgov: dict[str, str]) -> list[dict[str, Any]]:
    """Each provider as the fields of allauth's SocialApp. Raises Misconfigured.

    ``openid``: the JSON; ``idgov``: url ("" for none), client_id, secret, auth_types.
    """
    found = [_openid(given) for given in _split_list(openid)]
    if idgov["url"]:
        found.append(_idgov(idgov))
    names = [each["provider_id"] for each in found]
    if len(set(names)) < len(names):
        raise Misconfigured(f"IDENTITY_PROVIDERS names one id twice: {', '.join(names)}.")
    return found


def _split_list(text: str) -> list[dict[str, Any]]:
    if not text.strip():
        return []
    try:
        given = json.loads(text)
    except ValueError as broken:
        raise Misconfigured("IDENTITY_PROVIDERS is no JSON.") from broken
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise Misconfigured("IDENTITY_PROVIDERS is a list of objects.")
    return given


def _openid(given: dict[str, Any]) -> dict[str, Any]:
    for name in ("id", "name", "server_url", "client_id", "level"):
        if not given.get(name):
            raise Misconfigured(f"A provider of IDENTITY_PROVIDERS lacks {name}.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", given["id"]) or given["id"] == "idgov":
        raise Misconfigured(f"The id {given['id']} is not of small letters, digits and hyphens.")
    if given["level"] not in LEVELS:
        raise Misconfigured(f"The level of {given['id']} is substantial or high.")
    return {
        "provider": "openid_connect",
        "provider_id": given["id"],
        "name": given["name"],
        "client_id": given["client_id"],
        "secret": given.get("secret", ""),
        "settings": {
            "server_url": given["server_url"],
            "scope": given.get("scope", ["openid", "profile"]),
            "level": LEVELS[given["level"]],
            "claims": {**CLAIMS, **given.get("claims", {})},
            "oauth_pkce_enabled": True,
        },
    }


def _idgov(given: dict[str, str]) -> dict[str, Any]:
    if not given["client_id"] or not given["secret"]:
        raise Misconfigured("IDGOV_URL goes with IDGOV_CLIENT_ID and IDGOV_CLIENT_SECRET.")
    return {
        "provider": "idgov",
        "provider_id": "idgov",
        "name": "id.gov.ua",
        "client_id": given["client_id"],
        "secret": given["secret"],
        "settings": {"server_url": given["url"].rstrip("/"), "auth_types": given["auth_types"]},
    }
