"""allauth's OpenID Connect provider, asked for less.

Of what a provider tells, the connection (allauth's SocialAccount) keeps nothing but the provider's
own id of the person; what the check needs travels beside it as Facts, within the request.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from accounts.identity import keys, locality
from accounts.identity.asking import Careful, Nonsense, callback_url
from accounts.identity.facts import CheckedLogin, Facts, age_over, birthday_in, date_in
from core.domain import clock
from core.domain.calendar import local_date


class OpenIDAdapter(Careful, OpenIDConnectOAuth2Adapter):
    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return callback_url(request, self.provider_id)


class OpenID(OpenIDConnectProvider):
    oauth2_adapter_class = OpenIDAdapter

    def sociallogin_from_response(
        self, request: HttpRequest, response: dict[str, Any]
    ) -> CheckedLogin:
        token, told = response.get("id_token"), response.get("userinfo")
        if token and told and token["sub"] != told["sub"]:
            raise Nonsense("The provider speaks of two people.")  # OpenID Connect Core § 5.3.2
        login = super().sociallogin_from_response(request, response)
        return CheckedLogin.of(login, self.facts({**(token or {}), **(told or {})}))

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        """None: an address proves nothing here, whoever says that it is confirmed."""
        return []

    def facts(self, claims: dict[str, Any]) -> Facts:
        """Facts from the claims, by the provider's mapping."""
        named = self.app.settings["claims"]
        told = {fact: _claim(claims, claim) or "" for fact, claim in named.items()}
        code = keys.clean_code(str(told["person_code"]))
        if code is None:
            raise Nonsense("The provider tells a РНОКПП that is none.")
        born = date_in(told["birthdate"]) or birthday_in(code)
        return Facts(
            level=self.app.settings["level"],
            person_code=code,
            age_over=age_over(born, today=local_date(clock.now())),
            given_name=str(told["given_name"]).strip()[:80],
            family_name=str(told["family_name"]).strip()[:80],
            lives_here=locality.is_ours(told["locality"], told["state"]),
        )


def _claim(claims: dict[str, Any], name: str) -> Any:
    """A claim by its name, or inside of another one: ``address.locality``; None without it."""
    outer, dot, inner = name.partition(".")
    if name in claims or not dot:
        return claims.get(name)
    within = claims.get(outer)
    return within.get(inner) if isinstance(within, dict) else None
