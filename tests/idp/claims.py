"""What the provider tells of people beyond what allauth's own does: birth and settlement."""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from tests.idp.people import PEOPLE


class Adapter(DefaultOIDCAdapter):
    def get_claims(self, purpose: Any, user: Any, *args: Any, **options: Any) -> dict[str, Any]:
        claims = super().get_claims(purpose, user, *args, **options)
        told = ("birthdate", "address")
        return {**claims, **{k: v for k, v in PEOPLE[user.username].items() if k in told}}
