"""Articles for tests, made by the app's own actions."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from accounts.models import User
from core.domain import clock
from newsroom.articles import actions, actions_life
from newsroom.articles.content import Content
from newsroom.models import Article, ArticlePicture, State
from newsroom.pictures import actions as pictures
from tests import people

ENGLISH = {
    "title_en": "The bridge is open",
    "summary_en": "It was repaired in a year.",
    "text_en": "Cars and people **may** cross it.",
}


def content(**says: Any) -> Content:
    """What an article says, in Ukrainian alone."""
    words = {
        "kind": "news",
        "title": "Міст відкрито",
        "summary": "Його ремонтували рік.",
        "text": "Мостом **можна** їздити й ходити.",
    }
    return Content(**{**words, **says})


def event(**says: Any) -> Content:
    """What is said of an event in ten days, two hours long."""
    begins = clock.now() + timedelta(days=10)
    return content(
        **{
            "kind": "event",
            "title": "Ярмарок",
            "place": "пл. Рудникова",
            "begins_at": begins,
            "ends_at": begins + timedelta(hours=2),
            **says,
        }
    )


def article(
    state: State = State.PUBLISHED,
    *,
    by: User | None = None,
    says: Content | None = None,
    **words: Any,
) -> Article:
    """One in this state, written by ofi's department or by that of ``by``."""
    by = by or people.load("ofi")
    made = actions.draft(
        by=by,
        department=people.load_department(),
        content=says or content(**words),
    )
    if state == State.PLANNED:
        made = actions_life.publish(made, by=by, at=clock.now() + timedelta(days=1))
    elif state != State.DRAFT:
        made = actions_life.publish(made, by=by)
    if state == State.WITHDRAWN:
        made = actions_life.withdraw(made, by=by, reason="Помилка")
    return made


def photo(width: int = 700, height: int = 400, kind: str = "JPEG", **saved: Any) -> bytes:
    """A picture as somebody uploads it."""
    out = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, kind, **saved)
    return out.getvalue()


def picture(
    of: Article, *, by: User | None = None, data: bytes = b"", alt: str = "Люди йдуть мостом"
) -> ArticlePicture:
    return pictures.add(
        of, by=by or people.load("ofi"), file=BytesIO(data or photo()), alt=alt, credit="О. Сич"
    )
