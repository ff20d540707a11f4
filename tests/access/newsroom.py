"""Articles in every state, and filled forms, for the routes of the newsroom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from newsroom.models import Article, ArticlePicture, State
from tests.newsroom import factories

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
Data = dict[str, Any]


@dataclass
class News:
    """One in each state, of the department of ofi; the draft and the published one have a
    picture."""

    by_state: dict[str, Article]
    event: Article
    pictures: dict[str, ArticlePicture]


def build(people: Mapping[str, User]) -> News:
    ofi = people["ofi"]
    made = {
        state: factories.article(State(state), by=ofi, title=f"Новина {state}")
        for state in State.values
    }
    event = factories.article(by=ofi, says=factories.event())
    pictured = {
        state: factories.picture(made[state], by=ofi)
        for state in (State.DRAFT.value, State.PUBLISHED.value)
    }
    return News(made, event, pictured)


def articles(city: City, _parameters: tuple[str, ...]) -> Things:
    """An article by its state."""
    return {str(state): (city.news.by_state[state].pk,) for state in State.values}


def _pictures(city: City, _parameters: tuple[str, ...]) -> Things:
    draft, published = (city.news.pictures[state] for state in ("draft", "published"))
    return {
        "draft": (draft.article_id, draft.pk),
        "astray": (published.article_id, draft.pk),
    }


def _files(city: City, _parameters: tuple[str, ...]) -> Things:
    return {state: (each.digest, "480.webp") for state, each in city.news.pictures.items()}


ABOUT: Mapping[str, Callable[[City, tuple[str, ...]], Things]] = {
    "newsroom:": articles,
    "newsroom:dates_of": lambda city, _parameters: {
        "event": (city.news.event.pk,),
        "published": (city.news.by_state["published"].pk,),
    },
    "newsroom_desk:": articles,
    **dict.fromkeys(("newsroom_desk:picture", "newsroom_desk:remove_picture"), _pictures),
    "news-picture": _files,
}


def _article(city: City, _arguments: tuple[Any, ...]) -> Data:
    return {
        "department": city.opened.department_id,
        "kind": "news",
        "title": "Інша назва",
        "summary": "Коротко.",
        "text": "Текст.",
        "reason": "Описка",
    }


#: Route -> its form, filled for the thing that the address names.
FORMS: Mapping[str, Callable[[City, tuple[Any, ...]], Data]] = {
    "newsroom_desk:new": _article,
    "newsroom_desk:edit": _article,
    "newsroom_desk:publish": lambda *_: {"when": "now"},
    "newsroom_desk:withdraw": lambda *_: {"reason": "Помилка"},
    "newsroom_desk:new_picture": lambda *_: {"alt": "Міст"},
    "newsroom_desk:picture": lambda *_: {"alt": "Новий міст"},
}
