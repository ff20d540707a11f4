"""Every address of the site, read from its own tables of addresses, and what each may be about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from consultations.models import State
from tests.access.city import City

#: What a door leads to -> the arguments of its address. The first is the plainest.
Things = dict[str, tuple[Any, ...]]
Parameters = tuple[str, ...]


def names(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Parameters]]:
    """The name of each route with those of its parameters; of an unnamed one, its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or ''}", tuple(pattern.pattern.converters)


def things(city: City, name: str, parameters: Parameters) -> Things:
    """What the route may lead to, by a word for each. Raises LookupError for an unknown route."""
    if not parameters:
        return {"": ()}
    room = name.rpartition(":")[0]
    found = ABOUT.get(name) or ABOUT.get(f"{room}:")
    if found is None:
        raise LookupError(f"What is {name} {parameters} about? Say it in tests/access/routes.py")
    return found(city, parameters)


def addresses(city: City) -> dict[str, str]:
    """Route's name -> its address for the plainest thing that it leads to."""
    return {
        name: reverse(name, args=next(iter(things(city, name, parameters).values())))
        for name, parameters in names()
        if not name.endswith(":")
    }


# --- What there is ----------------------------------------------------------------------------


def _consultation(city: City) -> Things:
    states = {"open": State.OPEN, "draft": State.PREPARING, "closed": State.CLOSED}
    found: Things = {label: (city.by_state[state].pk,) for label, state in states.items()}
    return {**found, "withdrawn": (city.by_state[State.WITHDRAWN].pk,)}


def _remark(city: City) -> Things:
    opened = city.opened.pk
    return {
        "shown": (opened, city.shown.pk),
        "hidden": (opened, city.hidden.pk),
        "deleted": (opened, city.deleted.pk),
        "reply": (opened, city.reply.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.shown.pk),
    }


def _clause(city: City) -> Things:
    opened = city.opened.pk
    return {
        "preview": (opened, city.preview.pk),
        "published": (opened, city.clause.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.preview.pk),
    }


def _paper(city: City, pk: int) -> Things:
    return {"open": (city.opened.pk, pk), "astray": (city.by_state[State.CLOSED].pk, pk)}


def _consultations(city: City, parameters: Parameters) -> Things:
    last = parameters[-1]
    if last in ("file_pk", "link_pk"):
        return _paper(city, getattr(city, last))
    kinds: dict[str, Callable[[City], Things]] = {
        "pk": _consultation,
        "consultation": _consultation,
        "remark": _remark,
        "remark_pk": _remark,
        "clause_pk": _clause,
    }
    return kinds[last](city)


def _comments(city: City, _parameters: Parameters) -> Things:
    return {
        "shown": (city.shown.pk,),
        "hidden": (city.hidden.pk,),
        "deleted": (city.deleted.pk,),
        "reply": (city.reply.pk,),
    }


def _files(city: City, _parameters: Parameters) -> Things:
    return {"open": (city.file_pk, "a.pdf"), "draft": (city.prepared_file_pk, "a.pdf")}


def _tokens(city: City, _parameters: Parameters) -> Things:
    return {"the author's": (city.token.pk,)}


def _mail(_city: City, _parameters: Parameters) -> Things:
    return {"none": (f"{0:020}-{0:08}.eml",)}


def _passkey(city: City, parameters: Parameters) -> Things:
    return {"ofi's": (city.passkey_pk,)}


#: A route, or a room of routes («desk:») -> what its addresses are about.
ABOUT: dict[str, Callable[[City, Parameters], Things]] = {
    "consultations:": _consultations,
    "desk:": _consultations,
    "api:": _consultations,
    "moderation:": _comments,
    "file": _files,
    "tokens:": _tokens,
    "mfa_edit_webauthn": _passkey,
    "mfa_remove_webauthn": _passkey,
    "kept_mail_detail": _mail,
}
