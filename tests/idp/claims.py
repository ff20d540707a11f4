"""What the provider tells of people beyond OpenID Connect's own: a date of birth."""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from tests.idp.people import PEOPLE


class Adapter(DefaultOIDCAdapter):
    def get_claims(self, purpose: Any, user: Any, *args: Any, **options: Any) -> dict[str, Any]:
        claims = super().get_claims(purpose, user, *args, **options)
        if born := PEOPLE[user.username].get("birthdate"):
            claims["birthdate"] = born
        return claims
