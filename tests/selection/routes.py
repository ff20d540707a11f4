"""The routes of the site: by which function of which module each is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve


@dataclass(frozen=True, slots=True)
class Route:
    """A route's name with its namespaces, and the function that answers it."""

    name: str
    module: str
    function: str


def list_routes(patterns: Any = None, prefix: str = "") -> Iterator[Route]:
    """All named routes."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from list_routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield Route(f"{prefix}{pattern.name}", view.__module__, view.__name__)


def list_visited(text: str) -> set[str]:
    """The names of routes whose addresses stand in the text of a test."""
    found = set()
    for path in re.findall(r"[\"'}](/(?:en/)?[^\s\"'?#]*/)", re.sub(r"\{[^{}]*\}", "1", text)):
        try:
            found.add(resolve(path).view_name)
        except Resolver404:
            continue
    return found
