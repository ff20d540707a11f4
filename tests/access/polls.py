"""The polls of the city: open, secret, not yet announced, and one with its results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from accounts.models import User
from city.models import Department
from tests.votes import factories
from votes.models import Poll, State

if TYPE_CHECKING:
    from tests.access.city import City


def build(people: Mapping[str, User], department: Department) -> dict[str, Poll]:
    ofi, secret = people["ofi"], Poll.Secrecy.SECRET
    return {
        "open": factories.poll(ofi, department),
        "secret": factories.poll(ofi, department, secrecy=secret),
        "draft": factories.poll(ofi, department, State.DRAFT),
        "counted": factories.poll(ofi, department, State.PUBLISHED, secrecy=secret),
    }


def things(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {name: (poll.pk,) for name, poll in city.polls.items()}


def ballot(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """A ballot for the first option, checked and cast."""
    poll = next(each for each in city.polls.values() if each.pk == arguments[0])
    question = factories.first_question(poll)
    return {
        f"q{question.pk}": factories.options(poll)[0],
        "code": "6f6b1d4e-8a35-4c0e-9d5a-3f1c2b7a9e10",
        "cast": "1",
    }
