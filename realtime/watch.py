"""Permission to watch topics, and changes of people's rights while their sockets are open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass, field
from time import time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session

from accounts.models import User, load_grants
from accounts.security.proofs import second_factored_until
from accounts.security.sessions import user_from_session
from accounts.security.store import SessionStore
from consultations.models import Consultation
from core.domain.clock import Now
from meetings.models import Meeting
from organisations.models import Mandate, MandatePower
from petitions.models import Petition
from votes.models import Poll

ANYONE = AnonymousUser()

#: Topics that anybody may watch.
_LISTS = ("consultations", "petitions", "polls", "meetings")
#: By the kind of topic, the things that who sees them may watch.
_THINGS: dict[str, Any] = {
    "consultation": Consultation.objects,
    "petition": Petition.objects,
    "poll": Poll.objects,
    "meeting": Meeting.objects,
}


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person behind sockets: their session, and what their rights rest on.

    ``rights_fingerprint`` changes with the password, the grants in force and suspension: that ends
    their sockets. So does the end of ``proved_until`` (epoch seconds): of staff, until when the
    second factor that the session has shown gives them their rights. ``voices`` are the
    organisations that they may speak for: when they change, their pages are told to ask for what is
    theirs again.
    """

    session: str
    user_id: int
    rights_fingerprint: tuple[Any, ...]
    proved_until: float
    voices: frozenset[int] = field(default=frozenset(), compare=False)


def watchable(user: Any, topics: Iterable[str]) -> set[str]:
    """Those of ``topics`` that ``user`` may watch: one query for each kind of topic."""
    by_kind: dict[str, dict[int, str]] = {}
    found: set[str] = set()
    for topic in topics:
        kind, _, number = topic.partition(":")
        if topic in _LISTS:
            found.add(topic)
        elif number.isdecimal():
            by_kind.setdefault(kind, {})[int(number)] = topic
    for kind, numbers in by_kind.items():
        if things := _THINGS.get(kind):
            visible = things.visible_to(user).filter(pk__in=numbers)
            found.update(numbers[pk] for pk in visible.values_list("pk", flat=True))
    return found


def may_watch(user: Any, topic: str) -> bool:
    """May ``user`` (a User or AnonymousUser) open a socket on ``topic``?"""
    return topic in watchable(user, [topic])


def person_of(session_key: str) -> tuple[Any, Person | None]:
    """The user of a session and what to check later; AnonymousUser and None without one."""
    session = SessionStore(session_key)
    user = user_from_session(session)
    if not isinstance(user, User) or not user.is_active:
        return ANYONE, None
    voices = voices_of([user.pk]).get(user.pk, frozenset())
    proved_until = second_factored_until(session, user) if user.is_staff else 0.0
    return user, Person(session_key, user.pk, _rights_fingerprint(user), proved_until, voices)


def users_with_changed_rights(people: Collection[Person]) -> set[Person]:
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
    now = users(people)
    return {
        person
        for person in people
        if person.session not in sessions
        or person not in now
        or _rights_fingerprint(now[person]) != person.rights_fingerprint
    }


def voices_of(ids: Collection[int]) -> dict[int, frozenset[int]]:
    """By user, the organisations that they may speak for now; who has none is absent. One query."""
    found: dict[int, set[int]] = {}
    mandates = Mandate.objects.in_force().covering(MandatePower.COMMENT).filter(user__in=ids)
    for user_id, organisation_id in mandates.values_list("user", "organisation"):
        found.setdefault(user_id, set()).add(organisation_id)
    return {user_id: frozenset(organisations) for user_id, organisations in found.items()}


def users(people: Collection[Person]) -> dict[Person, User]:
    """The users with what each may do in their session now, for asking ``watchable`` again."""
    found = User.objects.in_bulk({person.user_id for person in people})
    load_grants(found.values())
    now = time()
    return {
        person: user if person.proved_until > now or not user.is_staff else _without_proof(user)
        for person in people
        if (user := found.get(person.user_id)) is not None
    }


def _without_proof(user: User) -> User:
    """The same person in a session that does not give them the rights of staff."""
    other = copy(user)
    other.__dict__.pop("grants_in_force", None)
    other.second_factored = False
    return other


def _rights_fingerprint(user: User) -> tuple[Any, ...]:
    duties = tuple((grant.role, grant.department_id, grant.scope) for grant in user.grants_in_force)
    return (user.is_active, frozenset(duties), hash(user.password))
