"""What the desk does with the petitions of the city, each in a state in which it can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from core.domain import clock
from core.domain.calendar import local_date
from petitions.models import Answer, Ground, News, Petition, Procedure, Signature, State, Step
from petitions.rulebook.forms import RulesForm
from tests.petitions import factories

if TYPE_CHECKING:
    from tests.access.city import City

Data = dict[str, Any]


@dataclass
class Cases:
    """News of the collecting one, shown and hidden, and a signature by mail, a step of the answered
    one, a ground that nobody was told."""

    news: News
    hidden_news: News
    signature: Signature
    step: Step
    ground: Ground


def build(petitions: Mapping[str, Petition], ofi: User) -> Cases:
    """The session is today: a decision about it can be announced."""
    agenda, answered = petitions[State.AGENDA], petitions[State.ANSWERED]
    agenda.session_on = local_date(clock.now())
    agenda.save(update_fields=["session_on"])
    Answer.objects.create(
        petition=answered, asked="Міст.", decided="Буде.", signed_as="Міський голова", by=ofi
    )
    collecting = petitions[State.COLLECTING]
    told: Data = {"petition": collecting, "by": collecting.author, "title": "Новина"}
    hidden: Data = {"hidden_at": clock.now(), "hidden_reason": "spam"}
    return Cases(
        news=News.objects.create(text="слово", html="слово", **told),
        hidden_news=News.objects.create(text="приховане", html="приховане", **told, **hidden),
        signature=factories.signatures(collecting, 1)[0],
        step=Step.objects.create(petition=answered, text="Крок", by=ofi),
        ground=factories.ground("unused"),
    )


def things(*states: str) -> Callable[[City, tuple[str, ...]], dict[str, tuple[Any, ...]]]:
    """Petitions in these states."""
    return lambda city, parameters: {state: (city.petitions[state].pk,) for state in states}


def part(name: str, state: str, astray: str) -> Callable[..., dict[str, tuple[Any, ...]]]:
    """A part of the petition in one state, also sought under that of another."""

    def found(city: City, parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
        pk = getattr(city.cases, name).pk
        return {
            state: (city.petitions[state].pk, pk),
            "astray": (city.petitions[astray].pk, pk),
        }

    return found


ABOUT: dict[str, Callable[..., dict[str, tuple[Any, ...]]]] = {
    "detail": things("collecting", "moderation", "draft", "refused", "answered"),
    "publish": things("moderation", "collecting", "draft"),
    "refuse": things("moderation", "collecting"),
    "sort": things("collecting", "moderation", "answered"),
    "review": things("reached", "moderation"),
    "agenda": things("review", "moderation", "collecting"),
    "decide": things("agenda", "collecting"),
    "answer": things("supported", "not_reached", "collecting"),
    "promise": things("answered", "supported"),
    **dict.fromkeys(("attach_poll", "detach_poll"), things("answered", "supported")),
    "hide_news": part("news", "collecting", "answered"),
    "restore_news": part("hidden_news", "collecting", "answered"),
    "note_step": part("step", "answered", "collecting"),
    **dict.fromkeys(
        ("change_ground", "force_ground"),
        lambda city, parameters: {"unused": (city.cases.ground.pk,)},
    ),
}


def _department(city: City, arguments: tuple[Any, ...]) -> Data:
    return {"department": city.opened.department_id}


def _rules(city: City, arguments: tuple[Any, ...]) -> Data:
    now = Procedure.objects.now()
    said = {name: getattr(now, name) for name in RulesForm._meta.fields}
    return said | {"threshold": 700}


_WORDS = {"name": "Повтор", "article": "Порядок, п. 9", "quote": "Не повторює чинної."}
FORMS: dict[str, Callable[[City, tuple[Any, ...]], Data]] = {
    "publish": _department,
    "refuse": lambda city, arguments: {
        "ground": city.cases.ground.pk,
        "note": "Це справа області.",
    },
    "sort": _department,
    "review": _department,
    "agenda": lambda city, arguments: {"session_on": local_date(clock.now()).isoformat()},
    "decide": lambda city, arguments: {"decision": "supported"},
    "answer": lambda city, arguments: {
        "asked": "Міст.",
        "decided": "Буде.",
        "signed_as": "Міський голова",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-text": "Крок",
    },
    "promise": lambda city, arguments: {"text": "Ще крок"},
    "hide_news": lambda city, arguments: {f"n{arguments[1]}-reason": "spam"},
    "note_step": lambda city, arguments: {f"s{arguments[1]}-note": "Триває"},
    "change_rules": _rules,
    "new_ground": lambda city, arguments: _WORDS,
    "change_ground": lambda city, arguments: _WORDS,
}
