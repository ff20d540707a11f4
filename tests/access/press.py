"""Objects and filled forms for the routes of the press, the council's pages and acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from consultations.models import Decision
from core.domain import clock
from core.domain.calendar import local_date
from meetings.course import actions as course
from meetings.models import Meeting, State
from newsroom.models import Accreditation, ArticlePicture, Page
from newsroom.models import State as Planned
from newsroom.press import tokens
from newsroom.press.rules import usual_term
from tests.meetings import factories as meetings
from tests.newsroom import factories as articles
from tests.newsroom import press_factories as factories

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
_SLUGS = ("rules",)


@dataclass
class Press:
    """Accreditations in each state, and a press conference that is ahead."""

    by_state: dict[str, Accreditation]
    conference: Meeting
    over: Meeting
    release: ArticlePicture


def build(people: Mapping[str, User]) -> Press:
    ofi = people["ofi"]
    return Press(
        {
            "accredited": factories.accredited(ofi, email="a@example.org"),
            "waiting": factories.waiting(email="w@example.org"),
            "unconfirmed": factories.asked(email="u@example.org"),
        },
        factories.conference(State.ANNOUNCED),
        _conference_over(people),
        _release_with_picture(ofi),
    )


def _release_with_picture(by: User) -> ArticlePicture:
    """Of a release under embargo."""
    made = articles.article(Planned.PLANNED, by=by, kind="release", contact="Пресслужба")
    return articles.picture(made, by=by)


def _conference_over(people: Mapping[str, User]) -> Meeting:
    """One at which a question was answered."""
    running = factories.conference(State.RUNNING, title="Минула пресконференція")
    meetings.question(running, people["bohdan"], state="answered")
    return course.close_meeting(running, by=meetings.secretary(), seen_item=None)


def _release(city: City, _parameters: tuple[str, ...], *more: Any) -> Things:
    row, article = city.press.by_state["accredited"], city.press.release.article_id
    token = tokens.token_of_release(row, article)
    forged = (row.pk, tokens.token_of(row), article, *more)
    return {"under embargo": (row.pk, token, article, *more), "another's token": forged}


def _release_picture(city: City, parameters: tuple[str, ...]) -> Things:
    return _release(city, parameters, city.press.release.digest, "480.webp")


def _own(city: City, _parameters: tuple[str, ...], *more: Any) -> Things:
    rows = city.press.by_state.items()
    found: Things = {name: (row.pk, tokens.token_of(row), *more) for name, row in rows}
    return {**found, "forged": (city.press.by_state["accredited"].pk, "0" * 40, *more)}


def _attend(city: City, parameters: tuple[str, ...]) -> Things:
    return _own(city, parameters, city.press.conference.pk)


def _mails(city: City, _parameters: tuple[str, ...]) -> Things:
    row = city.press.by_state["accredited"]
    forged = (row.pk, tokens.token_of(row))
    return {"a mail's": (row.pk, tokens.token_of_mails(row)), "another's token": forged}


def _desk(city: City, _parameters: tuple[str, ...]) -> Things:
    return {name: (row.pk,) for name, row in city.press.by_state.items()}


def _waiting(city: City, parameters: tuple[str, ...]) -> Things:
    return {"waiting": _desk(city, parameters)["waiting"]}


def _conference(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"ahead": (city.press.conference.pk,)}


def _act(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"adopted": (Decision.objects.get(consultation=city.decisions.decided).pk,)}


def _page(_city: City, _parameters: tuple[str, ...]) -> Things:
    return {slug: (slug,) for slug in _SLUGS}


#: Route -> what its addresses are about.
ABOUT: dict[str, Callable[[City, tuple[str, ...]], Things]] = {
    "press:own": _own,
    "press:mails": _mails,
    "press:attend": _attend,
    "press:release": _release,
    "press:release_picture": _release_picture,
    "press_desk:draft": lambda city, _parameters: {"over": (city.press.over.pk,)},
    "press_desk:detail": _desk,
    **dict.fromkeys(("press_desk:grant", "press_desk:refuse"), _waiting),
    "press_desk:end": lambda city, parameters: {
        "accredited": _desk(city, parameters)["accredited"]
    },
    **dict.fromkeys(("press_desk:conference", "press_desk:invite"), _conference),
    **dict.fromkeys(("pages:page", "pages:versions"), _page),
    "pages:version": lambda _city, _parameters: {slug: (slug, 1) for slug in _SLUGS},
    "pages_desk:edit": lambda _city, _parameters: {
        slug: (Page.objects.get(slug=slug).pk,) for slug in _SLUGS
    },
    "acts:act": _act,
}


def _same(**data: Any) -> Callable[[City, tuple[Any, ...]], dict[str, Any]]:
    return lambda city, arguments: data


_APPLICATION = {
    "name": "Дарина Січова",
    "outlet": "Новини",
    "email": "n@example.org",
    "phone": "+380671234567",
    "consents": "on",
}
#: Route -> its form, filled for the thing that the address names.
FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "press:apply": _same(**_APPLICATION),
    "press:own": _same(step="confirm"),
    "press:attend": _same(coming="yes"),
    "press_desk:grant": lambda city, arguments: {
        "until": usual_term(local_date(clock.now())).isoformat()
    },
    **dict.fromkeys(
        ("press_desk:refuse", "press_desk:end"), _same(**{"why-reason": "Немає листа редакції"})
    ),
    "pages_desk:new": _same(slug="budget", title="Бюджет", text="Показники"),
    "pages_desk:edit": _same(title="Інші правила", text="Інше", reason="Оновлено"),
}
