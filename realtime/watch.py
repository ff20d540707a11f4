"""Who may watch what, and who still is who she was when her socket was opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from accounts.models import User, load_grants
from consultations.models import Consultation
from core.clock import Now
from organisations.models import Mandate, Scope

ANYONE = AnonymousUser()


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person behind sockets: her session, and what her rights rest on.

    ``standing`` changes with the password, the grants in force and suspension: that ends her
    sockets. ``voices`` are the organisations that she may speak for: when they change, her pages
    are told to ask for what is theirs again.
    """

    session: str
    user_id: int
    standing: tuple[Any, ...]
    voices: frozenset[int] = field(default=frozenset(), compare=False)


def watchable(user: Any, topics: Iterable[str]) -> set[str]:
    """Those of ``topics`` that ``user`` may watch: one query for each kind of topic."""
    by_kind: dict[str, dict[int, str]] = {}
    found: set[str] = set()
    for topic in topics:
        kind, _, number = topic.partition(":")
        if topic == "consultations":
            found.add(topic)
        elif number.isdecimal():
            by_kind.setdefault(kind, {})[int(number)] = topic
    for kind, numbers in by_kind.items():
        if kind == "consultation":
            visible = Consultation.objects.visible_to(user).filter(pk__in=numbers)
            found.update(numbers[pk] for pk in visible.values_list("pk", flat=True))
    return found


def may_watch(user: Any, topic: str) -> bool:
    """May ``user`` (a User or AnonymousUser) open a socket on ``topic``?"""
    return topic in watchable(user, [topic])


def person_of(session_key: str) -> tuple[Any, Person | None]:
    """The user of a session and what to check later; AnonymousUser and None without one."""
    holder = _Holder(SessionStore(session_key))
    user = get_user(cast(HttpRequest, holder))  # it reads .session alone
    if not isinstance(user, User) or not user.is_active:
        return ANYONE, None
    voices = voices_of([user.pk]).get(user.pk, frozenset())
    return user, Person(session_key, user.pk, _standing(user), voices)


def changed(people: Collection[Person]) -> set[Person]:
    """Those who are no longer who they were: logged out, suspended, another password or duty.

    Two queries for any number of people, four when somebody of the council is among them.
    """
    if not people:
        return set()
    sessions = set(
        Session.objects.filter(
            session_key__in={person.session for person in people}, expire_date__gt=Now()
        ).values_list("session_key", flat=True)
    )
    standings = {
        pk: _standing(user) for pk, user in users({person.user_id for person in people}).items()
    }
    return {
        person
        for person in people
        if person.session not in sessions or standings.get(person.user_id) != person.standing
    }


def voices_of(ids: Collection[int]) -> dict[int, frozenset[int]]:
    """By user, the organisations that she may speak for now; who has none is absent. One query."""
    found: dict[int, set[int]] = {}
    mandates = Mandate.objects.in_force().covering(Scope.COMMENT).filter(user__in=ids)
    for user_id, organisation_id in mandates.values_list("user", "organisation"):
        found.setdefault(user_id, set()).add(organisation_id)
    return {user_id: frozenset(organisations) for user_id, organisations in found.items()}


def users(ids: Collection[int]) -> dict[int, Any]:
    """Users by id with what they may do, for asking ``watchable`` again."""
    found = User.objects.in_bulk(ids)
    load_grants(found.values())
    return found


def _standing(user: User) -> tuple[Any, ...]:
    duties = tuple((grant.role, grant.department_id, grant.scope) for grant in user.grants_in_force)
    return (user.is_active, frozenset(duties), hash(user.password))


@dataclass
class _Holder:
    session: SessionStore
