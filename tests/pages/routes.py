"""Every route of the site: the pages that it shows and to whom, or why it shows none.

A route that stands neither in PAGES nor in NO_PAGE fails test_accessible.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.pages.areas import council, people, petitions, polls
from tests.pages.looks import Look, Looks
from tests.pages.town import Town

_AREAS = (people, polls, petitions, council)
PAGES: dict[str, Looks] = {name: looks for area in _AREAS for name, looks in area.PAGES.items()}
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


def looks(town: Town) -> list[Look]:
    """All pages, in an order in which what one does disturbs none that comes later."""
    return [look for pages in PAGES.values() for look in pages(town)]


def public(town: Town) -> list[Look]:
    """The pages that anybody sees, as they come."""
    return [look for look in looks(town) if look.who == "anon" and look.then is None]
