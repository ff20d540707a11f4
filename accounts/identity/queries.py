"""Queries of the pages of identity."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from accounts.models import Level, Residence, User, Verification
from core.domain import clock


def mine(user: User) -> dict[str, Any]:
    """The level of one's identity, the check behind it, and the ways to raise it: three queries."""
    check = Verification.objects.filter(user=user, ended_at=None).first()
    now = clock.now()
    if check is not None and check.has_expired(now):
        expired, check = check, None
    else:
        expired = None
    connected = set(SocialAccount.objects.filter(user=user).values_list("provider", flat=True))
    return {
        "check": check,
        "expired": expired,
        "level": check.level if check else Level.LOW,
        "source": source_of(check) if check else "",
        "providers": [
            {**each, "is_connected": each["id"] in connected} for each in configured_providers()
        ],
    }


def what_goes_over(gone: User) -> dict[str, Any]:
    """Facts about the account to be closed, for the page."""
    return {
        "is_checked": Verification.objects.in_force().filter(user=gone).exists(),
        "is_resident": Residence.objects.current().filter(user=gone).exists(),
    }


def configured_providers() -> list[dict[str, Any]]:
    """The providers of this installation: id, name, the level they reach."""
    return [
        {
            "id": each["provider_id"],
            "name": each["name"],
            "level": each["settings"].get("level", Level.HIGH),
        }
        for each in settings.IDENTITY_PROVIDERS
    ]


def source_of(check: Verification) -> str:
    """By what it was checked, as people call it: the provider's name; "" for an office."""
    names = {each["id"]: each["name"] for each in configured_providers()}
    return str(names.get(check.source, ""))
