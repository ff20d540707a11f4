"""id.gov.ua as an allauth provider.

It speaks OAuth2 of its own: the token is fetched by GET, with the person's id beside it; there is
no id_token; the fields are asked for by name. Everything after the person's return happens between
the two servers, nothing of it is kept, and the session there is ended at once.

Not done: the encrypted answer, which id.gov.ua gives when it is sent a certificate (``cert``).
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base.provider import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from stdnum.ua import edrpou

from accounts.identity import keys, locality
from accounts.identity.asking import Careful, Nonsense, callback_url
from accounts.identity.facts import CheckedLogin, Facts, age_over, birthday_in
from accounts.models import Level
from core.domain import clock
from core.domain.calendar import local_date
from core.web.invisible_characters import hides_something

#: What is asked for, and no more: who, for which organisation, how surely.
FIELDS = ("drfocode", "edrpoucode", "o", "givenname", "lastname", "auth_type", "isqscd")
_TRUE = {"1", "true", "yes"}


class NoCode(Nonsense):
    """The person has no РНОКПП, or it was not told: nothing says which one person they are."""


class Client(OAuth2Client):
    """The two requests of the flow that are not quite OAuth2's."""

    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: Any) -> str:
        asked = {
            "response_type": "code",
            "client_id": self.consumer_key,
            "auth_type": extra_params["auth_type"],
            "state": self.state,
            "redirect_uri": self.callback_url,
        }
        return f"{authorization_url}?{urlencode(asked)}"

    def get_access_token(
        self, code: str, pkce_code_verifier: Any = None, extra_data: Any = None
    ) -> dict[str, Any]:
        asked = {
            "grant_type": "authorization_code",
            "client_id": self.consumer_key,
            "client_secret": self.consumer_secret,
            "code": code,
        }
        return ask(self.access_token_url, asked, needs=("access_token", "user_id"))


class _Flow(OAuth2Adapter):
    provider_id = "idgov"
    client_class = Client

    @property
    def server(self) -> str:
        return str(self._provider().app.settings["server_url"])

    @property
    def authorize_url(self) -> str:
        return f"{self.server}/"

    # allauth has an attribute here; ours depends on the settings.
    @property
    def access_token_url(self) -> str:  # type: ignore[override]
        return f"{self.server}/get-access-token"

    def _provider(self) -> IdGov:
        provider: IdGov = self.get_provider()  # type: ignore[no-untyped-call]  # allauth's
        return provider

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return callback_url(request, self.provider_id)

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **told: Any
    ) -> SocialLogin:
        """Ask who it is, and end the session there."""
        who = {"access_token": token.token, "user_id": str(told["response"]["user_id"])}
        person = ask(f"{self.server}/get-user-info", {**who, "fields": ",".join(asked_fields())})
        with suppress(requests.RequestException, OAuth2Error):  # it ends by itself too
            ask(f"{self.server}/get-user-logout", who)
        return self._provider().sociallogin_from_response(request, person)


class Adapter(Careful, _Flow):
    """The flow, in which whatever makes no sense is the provider's failure."""


def ask(address: str, asked: dict[str, str], *, needs: tuple[str, ...] = ()) -> dict[str, Any]:
    """One request to id.gov.ua. Raises OAuth2Error for an error that it tells, requests' errors.

    The address holds secrets and is shown to nobody: errors are raised without it.
    """
    with get_adapter().get_requests_session() as session:
        try:
            answer = session.get(address, params=asked)
            answer.raise_for_status()
            told = answer.json()
        except requests.RequestException as failure:
            raise type(failure)("id.gov.ua does not answer as it should.") from None
    if not isinstance(told, dict) or told.get("error") or not all(map(told.get, needs)):
        raise OAuth2Error("id.gov.ua refused the request.")
    return told


def asked_fields() -> tuple[str, ...]:
    """The fields that are asked for in this installation."""
    if not locality.is_asked():
        return FIELDS
    region = ("state",) if settings.CITY["state"] else ()
    return (*FIELDS, "locality", *region)


class IdGov(OAuth2Provider):
    id = "idgov"
    name = "id.gov.ua"
    account_class = ProviderAccount
    oauth2_adapter_class = Adapter

    def get_auth_params(self) -> dict[str, str]:
        return {"auth_type": self.app.settings["auth_types"]}

    def sociallogin_from_response(
        self, request: HttpRequest, response: dict[str, Any]
    ) -> CheckedLogin:
        login = super().sociallogin_from_response(request, response)
        return CheckedLogin.of(login, facts(response))

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The keyed hash of the РНОКПП: id.gov.ua has no lasting id of a person of its own."""
        code = keys.clean_code(str(data.get("drfocode") or ""))
        if not code:
            raise NoCode("id.gov.ua told no РНОКПП, or a wrong one.")
        return keys.person_key(code)

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}


def facts(told: dict[str, Any]) -> Facts:
    """Facts from the fields. A qualified signature is of the high level (law 2155-VIII art. 15):
    one whose key is in a certified device, ``isqscd``. A signature from a file, a bank and a mobile
    number are of the substantial one.

    Where they live, a certificate says only when it is theirs alone: in one that holds an
    organisation's code the settlement is the organisation's.
    """
    code = str(told["drfocode"])
    organisation = _organisation(told.get("edrpoucode"))
    is_qualified = told.get("auth_type") == "dig_sign" and _is_true(told.get("isqscd"))
    return Facts(
        level=Level.HIGH if is_qualified else Level.SUBSTANTIAL,
        person_code=code,
        organisation_code=organisation,
        organisation_name=_organisation_name(told.get("o")) if organisation else "",
        age_over=age_over(birthday_in(code), today=local_date(clock.now())),
        given_name=_name(told.get("givenname")),
        family_name=_name(told.get("lastname")),
        lives_here=_is_hers_alone(told)
        and locality.is_ours(told.get("locality"), told.get("state")),
    )


def _organisation(code: Any) -> str:
    """A ЄДРПОУ; of somebody who signs for themselves their own code may stand in its place."""
    digits = str(code or "").strip()
    return digits if edrpou.is_valid(digits) else ""


def _organisation_name(written: Any) -> str:
    """The organisation's name from a certificate; "" when nothing readable is there."""
    name = " ".join(str(written or "").split())
    return "" if len(name) > 300 or hides_something(name) else name


def _is_hers_alone(told: dict[str, Any]) -> bool:
    return str(told.get("edrpoucode") or told["drfocode"]).strip() == str(told["drfocode"]).strip()


def _name(written: Any) -> str:
    """A name as one writes it: certificates often shout («ОЛЕНА»)."""
    name = str(written or "").strip()[:80]
    return name.title() if name.isupper() else name


def _is_true(value: Any) -> bool:
    return str(value).strip().lower() in _TRUE
