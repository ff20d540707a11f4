"""Followers, by account and by e-mail, for the routes of following."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from notifications.following import tokens
from notifications.following.tokens import Asked
from notifications.models import Activity, Follower, Following

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]

_EMAIL = "follower@viche.example"


def by_email(city: City) -> Follower:
    """Somebody without an account who follows the open consultation."""
    follower, _is_new = Follower.objects.get_or_create(email=_EMAIL)
    Following.objects.get_or_create(
        follower=follower, kind="consultation", consultation=city.opened
    )
    return follower


def _followed(city: City, _names: tuple[str, ...]) -> Things:
    return {
        "open": ("consultation", city.opened.pk),
        "draft": ("consultation", city.preparing.pk),
        "unknown": ("user", city.people["olena"].pk),
    }


def _confirmed(city: City, _names: tuple[str, ...]) -> Things:
    asked = Asked(_EMAIL, "uk", "consultation", city.opened.pk)
    return {"a mail's": (tokens.confirmation_token(asked),), "forged": ("0" * 40,)}


def _settings(city: City, _names: tuple[str, ...]) -> Things:
    follower = by_email(city)
    token = tokens.settings_token(follower)
    return {"a mail's": (follower.pk, token), "forged": (follower.pk, "0" * 40)}


def _stop_all(city: City, _names: tuple[str, ...]) -> Things:
    follower = by_email(city)
    return {
        "a mail's": (follower.pk, tokens.stop_token(follower)),
        "forged": (follower.pk, "0" * 40),
    }


def _stop(city: City, _names: tuple[str, ...]) -> Things:
    follower, pk = by_email(city), city.opened.pk
    token = tokens.stop_token(follower, f"consultation:{pk}")
    return {
        "a mail's": (follower.pk, "consultation", pk, token),
        "forged": (follower.pk, "consultation", pk, "0" * 40),
    }


def _nothing_new(_city: City, _names: tuple[str, ...]) -> Things:
    """Nobody has anything unread, whatever was made for routes asked before."""
    Activity.objects.all().delete()
    return {"": ()}


ABOUT: dict[str, Callable[..., Things]] = {
    "notifications:follow": _followed,
    "notifications:confirm": _confirmed,
    "notifications:settings_by_link": _settings,
    "notifications:stop_all": _stop_all,
    "notifications:stop": _stop,
    "notifications:unread": _nothing_new,
}
FORMS: dict[str, dict[str, Any]] = {
    "notifications:follow": {"do": "follow", "email": "d@viche.example"},
    "notifications:settings": {"do": "stop_all"},
    "notifications:settings_by_link": {"do": "stop_all"},
    "notifications:inbox": {"until": "2026-01-01T00:00:00+02:00"},
}
