"""Events: what an action has done, told to handlers in the same transaction.

Events are frozen dataclasses in an app's ``events.py``: past tense, ids only, no decorator. An
action emits them; other modules register handlers in ``AppConfig.ready()`` by ``@within(Event)``. A
handler runs in the action's own transaction when the outermost action ends: it defers a job, keeps
a count, names the topics that changed. If it fails, nothing has happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True)
@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events, which makes each of them a frozen dataclass. ``audited`` ones leave an
    AuditEntry in the same transaction."""

    audited: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True)(cls)

    @property
    def name(self) -> str:
        return type(self).__name__


Handler = Callable[[Any], None]
_handlers: dict[type[Event], list[Handler]] = defaultdict(list)

#: The events of the action under way, or None outside of one (core.domain.actions sets it).
pending: ContextVar[list[Event] | None] = ContextVar("pending_events", default=None)


def emit(event: Event) -> None:
    """Announce ``event`` from inside an action. Outside of one: RuntimeError."""
    events = pending.get()
    if events is None:
        raise RuntimeError(f"{event!r} was emitted outside of core.domain.actions.action()")
    events.append(event)


def within(*types: type[Event]) -> Callable[[Handler], Handler]:
    """Register a handler that runs in the transaction of the action."""

    def register(handler: Handler) -> Handler:
        for event_type in types:
            if handler not in _handlers[event_type]:
                _handlers[event_type].append(handler)
        return handler

    return register


def run_handlers(events: list[Event]) -> None:
    """Call the handlers of events; events that handlers emit are handled too, in order."""
    handled = 0
    while handled < len(events):
        event = events[handled]
        handled += 1
        for handler in _handlers[type(event)]:
            handler(event)
