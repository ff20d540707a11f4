"""The polls of the city: open, secret, not yet announced, and two with their results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from accounts.models import User
from city.models import Department, District
from tests.votes import crowd, factories
from votes.ballots import actions as cast_actions
from votes.electorate import actions as electorate_actions
from votes.models import PaperBallot, Poll, Question, State, Text
from votes.paper import actions

if TYPE_CHECKING:
    from tests.access.city import City


def typed(polls: Mapping[str, Poll], people: Mapping[str, User]) -> PaperBallot:
    """A sheet of the open poll that waits for a second person."""
    poll = polls["open"]
    return actions.enter_paper(poll, by=people["admin"], number="1", choices=factories.choose(poll))


def build(people: Mapping[str, User], department: Department) -> dict[str, Poll]:
    ofi, secret = people["ofi"], Poll.Secrecy.SECRET
    return {
        "open": factories.poll(ofi, department),
        "secret": factories.poll(ofi, department, secrecy=secret),
        "draft": factories.poll(ofi, department, State.DRAFT),
        "counted": factories.poll(ofi, department, State.PUBLISHED, secrecy=secret),
        "named": _named(people, department),
        "listed": electorate_actions.freeze(
            factories.poll(ofi, department, people=[("Богдан Лис", "")])
        ),
        "listing": factories.poll(ofi, department, State.DRAFT, people=[("Богдан Лис", "")]),
    }


def _named(people: Mapping[str, User], department: Department) -> Poll:
    """Olena's name stands beside her vote; what she said waits for a moderator."""
    words = [{"text": "Що ще?", "kind": "text"}]
    ofi, named = people["ofi"], Poll.Secrecy.NAMED
    poll = factories.poll(ofi, department, questions=words, secrecy=named)
    cast_actions.cast(poll, by=people["olena"], choices={str(poll.questions.get().pk): "бузок"})
    crowd.publish(poll, ofi)
    return poll


def texts(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {"olena's": (Text.objects.get().pk,)}


def things(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {name: (poll.pk,) for name, poll in city.polls.items()}


def questions(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {name: (poll.pk, poll.questions.get().pk) for name, poll in city.polls.items()}


def sheets(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    """A sheet that the administrator typed, and another poll's address to it."""
    return {
        "admin's": (city.polls["open"].pk, city.sheet.pk),
        "astray": (city.polls["secret"].pk, city.sheet.pk),
    }


def options(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    """Options: of the draft, of what is announced, and by another poll's address."""
    draft, announced = city.polls["draft"], city.polls["open"]
    option = factories.options(draft)[0]
    return {
        "draft": (draft.pk, option),
        "open": (announced.pk, factories.options(announced)[0]),
        "astray": (announced.pk, option),
    }


def lines(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    """Lines of lists: of an open poll, of a draft, and by another poll's address."""
    listed, listing = city.polls["listed"], city.polls["listing"]
    line = listing.invitations.get().pk
    return {
        "listed": (listed.pk, listed.invitations.get().pk),
        "listing": (listing.pk, line),
        "astray": (listed.pk, line),
    }


def keepers(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    """The server’s key of the secret poll, and another poll's address to it."""
    secret = city.polls["secret"]
    key = secret.keepers.get().pk
    return {"secret": (secret.pk, key), "astray": (city.polls["counted"].pk, key)}


def pictures(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    """An option that has no picture."""
    return {"open": (factories.options(city.polls["open"])[0], "a.png")}


def picture(city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    return {"remove": "1"}


def code(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """A code that is none of the poll's."""
    return {"paper_code": "0" * 20}


def asked(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    return {"text": "Згодні?", "kind": "yes_no"}


def described(city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    """A poll's description."""
    return {
        "department": city.opened.department_id,
        "title": "Нове голосування",
        "voters": "anyone",
        "min_age": 14,
        "secrecy": "nameless",
        "tie_rule": "shared",
    }


def quick(city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    return {"text": "Так?", "minutes": 3, "department": city.opened.department_id}


def later(city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    return {"closes_at": "2099-01-01T10:00", "reason": "треба"}


def sheet(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    return ballot(city, arguments) | {"number": "77"}


#: Of votes_desk: what its addresses are about, and what is sent there.
ABOUT = {
    **dict.fromkeys(("question", "question_move", "question_delete"), questions),
    **dict.fromkeys(("sheet", "sheet_delete"), sheets),
    **dict.fromkeys(("uninvite", "print_again", "hand_sheet"), lines),
    **dict.fromkeys(("picture", "location"), options),
    **dict.fromkeys(("keeper_try", "keeper_remove"), keepers),
}
FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "new": described,
    "edit": described,
    "quick": quick,
    "detail": asked,
    "question": asked,
    "question_move": lambda city, arguments: {"up": "1"},
    "picture": picture,
    "location": lambda city, arguments: {"district": District.objects.earliest("pk").pk},
    "people": lambda city, arguments: {"people": "Соня Гай", "confirm": "1"},
    "extend": later,
    "cancel": lambda city, arguments: {"reason": "помилка"},
    "sheets": sheet,
    "keepers": lambda city, arguments: {"name": "Сейф", "public_key": "9" * 64},
    "keeper_try": lambda city, arguments: {"challenge": "-", "answer": "-"},
    "unopened": lambda city, arguments: {"unopened_reason": "пошкоджено"},
    "print_sheets": lambda city, arguments: {"first": "1", "count": "1"},
    "sheet": sheet,
}


def ballot(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """A ballot for the first option, checked and cast."""
    poll = next(each for each in city.polls.values() if each.pk == arguments[0])
    question = factories.first_question(poll)
    is_text = question.kind == Question.Kind.TEXT
    return {
        f"q{question.pk}": "слово" if is_text else factories.options(poll)[0],
        "cast": "1",
    }


def cast(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """The same through the API."""
    poll = next(each for each in city.polls.values() if each.pk == arguments[0])
    return {"choices": factories.filled(poll)}
