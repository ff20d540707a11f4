"""Every address of the site, read from its own table of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

#: What a parameter of an address is called -> what of the test's city it may be.
Values = dict[str, Any]


def names(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each route with those of its parameters."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}", tuple(pattern.pattern.converters)


def values_of(city: Any) -> Values:
    return {
        "pk": city.opened.pk,
        "consultation": city.opened.pk,
        "remark": city.shown.pk,
        "remark_pk": city.shown.pk,
        "clause_pk": city.clause.pk,
        "file_pk": city.file_pk,
        "link_pk": city.link_pk,
        "name": "file.pdf",
    }


#: Routes whose ``pk`` is no consultation's.
OTHERS = ("moderation:", "file")


def addresses(city: Any) -> dict[str, str]:
    """Route's name -> its address for what stands in the open consultation."""
    found = {}
    for name, parameters in names():
        values = values_of(city)
        if name.startswith("moderation:"):
            values["pk"] = city.shown.pk
        elif name == "file":
            values["pk"] = city.file_pk
        if set(parameters) <= set(values):
            found[name] = reverse(name, args=[values[each] for each in parameters])
    return found
