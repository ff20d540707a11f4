"""Handlers of the registers' events: invalidate their pages."""

from __future__ import annotations

from typing import Any

from core.domain.events import within
from core.domain.topics import raise_topic
from records import events

#: The topic of the list of services and of each of them.
SERVICES = "services"


def topics_of_services(**_arguments: Any) -> list[str]:
    """Topics of the pages and answers about services, whichever of them."""
    return [SERVICES]


@within(
    *(events.ServiceAdded, events.ServiceChanged),
    *(events.ServiceUseEntered, events.ServiceConcluded),
)
def services_changed(event: events.ServiceEvent) -> None:
    """The list of services, the page of one, and their data sets are others."""
    raise_topic(SERVICES, event.name, event.service_id)
