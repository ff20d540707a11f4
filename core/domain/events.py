"""What happened, told to whoever wants to know.

Events are frozen dataclasses in an app's ``events.py``: past tense, ids only. An action emits
them; upper apps register handlers in ``AppConfig.ready()``:

* ``@within(Event)`` runs in the action's own transaction when the outermost action ends: defer a
  job, name the topics that changed. If it fails, nothing happened.
* ``@after(Event)`` runs after commit, best effort: it can never fail the action.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events. ``audited`` ones leave an AuditEntry in the same transaction."""

    audited: ClassVar[bool] = False

    @property
    def name(self) -> str:
        return type(self).__name__


Handler = Callable[[Any], None]
_within: dict[type[Event], list[Handler]] = defaultdict(list)
_after: dict[type[Event], list[Handler]] = defaultdict(list)

#: The events of the action under way, or None outside of one (core.domain.actions sets it).
pending: ContextVar[list[Event] | None] = ContextVar("pending_events", default=None)


def emit(event: Event) -> None:
    """Announce ``event`` from inside an action. Outside of one: RuntimeError."""
    events = pending.get()
    if events is None:
        raise RuntimeError(f"{event!r} was emitted outside of core.domain.actions.action()")
    events.append(event)


def _register(
    registry: dict[type[Event], list[Handler]], types: tuple[type[Event], ...]
) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        for event_type in types:
            if handler not in registry[event_type]:
                registry[event_type].append(handler)
        return handler

    return register


def within(*types: type[Event]) -> Callable[[Handler], Handler]:
    """Register a handler that runs in the transaction of the action."""
    return _register(_within, types)


def after(*types: type[Event]) -> Callable[[Handler], Handler]:
    """Register a handler that runs after commit and can never fail the action."""
    return _register(_after, types)


def run_within(events: list[Event]) -> None:
    """Call the ``within`` handlers; events that handlers emit are handled too, in order."""
    handled = 0
    while handled < len(events):
        event = events[handled]
        handled += 1
        for handler in _within[type(event)]:
            handler(event)


def run_after(events: Iterable[Event]) -> None:
    """Call the ``after`` handlers; a failing one is logged and the others go on."""
    for event in events:
        for handler in _after[type(event)]:
            try:
                handler(event)
            except Exception:
                log.exception("after-commit handler %s failed on %s", handler, event.name)
