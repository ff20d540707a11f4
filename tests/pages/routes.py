"""Every route of the site: the pages that it shows and to whom, or why it shows none.

A route that stands neither in PAGES nor in NO_PAGE fails test_accessible.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.pages.areas import (
    appeals,
    appeals_desk,
    audit,
    checklist,
    council,
    decisions,
    deputies,
    dispositions,
    documents,
    following,
    indicators,
    insights,
    meetings_desk,
    meetings_displays,
    meetings_public,
    meetings_registered,
    meetings_special,
    newsroom,
    opendata,
    people,
    petitions,
    polls,
    press,
    published,
    services,
    streets,
)
from tests.pages.page_checks import PageChecks
from tests.plugins.levels import Level

_AREAS = (
    *(audit, people, polls, petitions, council, decisions, dispositions, streets),
    *(appeals, appeals_desk, deputies, following, meetings_desk, meetings_public),
    *(
        meetings_displays,
        published,
        meetings_registered,
        meetings_special,
        newsroom,
        opendata,
        press,
    ),
    *(indicators, insights, checklist, services, documents),
)
PAGES: dict[str, PageChecks] = {
    name: looks for area in _AREAS for name, looks in area.PAGES.items()
}
NO_PAGE = {name: reason for area in _AREAS for name, reason in area.NO_PAGE.items()}


def names() -> set[str]:
    """The names of all routes, with their namespaces."""
    return {name for name, _ in _walk(get_resolver("tests.pages.urls").url_patterns)}


def _walk(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield ":".join((*spaces, pattern.name or "")), pattern


def choose(level: Level) -> list[str]:
    """The routes whose pages are opened: those named, all, or one of each app by the day."""
    if level.drawn:
        return [name for name in PAGES if name in level.drawn]
    if level.all:
        return list(PAGES)
    apps: dict[str, list[str]] = {}
    for name in PAGES:
        apps.setdefault(name.partition(":")[0] if ":" in name else "accounts", []).append(name)
    return [names[level.day.toordinal() % len(names)] for names in apps.values()]
