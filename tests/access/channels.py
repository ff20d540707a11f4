"""Push subscriptions and bouncing addresses for the routes of channels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from notifications.channels.bounces.stopping import link_of
from notifications.models import BouncedAddress, PushSubscription
from tests.access.city import City


def _subscription(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    row, _made = PushSubscription.objects.get_or_create(
        endpoint="https://push.example/1", defaults={"user": city.people["olena"]}
    )
    return {"olena's": (row.pk,)}


def _bounced(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    row, _made = BouncedAddress.objects.get_or_create(email="bounced@example.org", status="5.1.1")
    token = link_of(row).rstrip("/").rpartition("/")[2]
    return {"a mail's": (row.pk, token), "forged": (row.pk, "0" * 40)}


ABOUT: dict[str, Callable[..., dict[str, tuple[Any, ...]]]] = {
    "channels:push_remove": _subscription,
    "channels:address_works": _bounced,
}
