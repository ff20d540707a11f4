"""Presenters of findings and faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import StateFault
from core.state.registry import Level, Result, title_of

#: The status tag of a level and its word.
_TAGS: dict[Level, tuple[str, str | Promise]] = {
    Level.OK: ("done", _("well")),
    Level.UNKNOWN: ("waiting", _("unknown")),
    Level.WARNING: ("soon", _("warning")),
    Level.CRITICAL: ("stop", _("critical")),
}


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """A level as a status tag."""

    kind: str
    label: Any


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A line of the table of checks."""

    title: Any
    subject: str
    words: str
    level: ShownLevel


@dataclass(frozen=True, slots=True)
class ShownFault:
    """A fault with the title of its check; one that is over has no level any more."""

    fault: StateFault
    title: Any
    level: ShownLevel


def show_level(level: Level) -> ShownLevel:
    return ShownLevel(*_TAGS[level])


def show_results(results: Iterable[Result]) -> list[ShownResult]:
    """The findings, the worst first; of one level in the order of the checks."""
    worst_first = list(_TAGS)[::-1]
    ordered = sorted(results, key=lambda each: worst_first.index(each.level))
    return [
        ShownResult(each.title, each.subject, each.words, show_level(each.level))
        for each in ordered
    ]


def show_faults(faults: Iterable[StateFault]) -> list[ShownFault]:
    over = ShownLevel("closed", pgettext_lazy("fault", "over"))
    return [
        ShownFault(
            fault,
            title_of(fault.name),
            over if fault.over_at is not None else show_level(Level(fault.level)),
        )
        for fault in faults
    ]
