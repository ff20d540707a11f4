"""What is said of the petition of the city that collects: shown, hidden, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from discussions import actions as discussion
from discussions.models import Comment
from petitions.models import Petition, State
from petitions.talk import actions

if TYPE_CHECKING:
    from tests.access.city import City


@dataclass
class Said:
    """All by olena but the replies, of which bohdan's is shown and firm's hidden."""

    shown: Comment
    hidden: Comment
    deleted: Comment
    reply: Comment


def build(petition: Petition, people: Mapping[str, User]) -> Said:
    olena = people["olena"]
    shown = actions.comment(petition, by=olena, text="видимий коментар")
    hidden = actions.comment(petition, by=people["firm"], text="нутрія")
    deleted = actions.comment(petition, by=olena, text="бобер")
    reply = actions.reply(petition, shown, by=people["bohdan"], text="відповідь під петицією")
    hidden_reply = actions.reply(petition, shown, by=people["firm"], text="видра")
    for comment in (hidden, hidden_reply):
        discussion.hide(comment, by=people["mo"], reason="spam", note="таємна примітка")
    actions.take_back(deleted, by=olena)
    return Said(shown, hidden, deleted, reply)


def _comments(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    here, said = city.petitions[State.COLLECTING].pk, city.said
    return {
        "shown": (here, said.shown.pk),
        "hidden": (here, said.hidden.pk),
        "deleted": (here, said.deleted.pk),
        "reply": (here, said.reply.pk),
        "astray": (city.petitions[State.ANSWERED].pk, said.shown.pk),
    }


ABOUT: dict[str, Callable[[City, tuple[str, ...]], dict[str, tuple[Any, ...]]]] = dict.fromkeys(
    ("comment", "reply", "edit_comment", "delete_comment", "react"), _comments
)
FORMS: dict[str, dict[str, str]] = {
    "speak": {"text": "слово"},
    "reply": {"text": "слово"},
    "edit_comment": {"text": "інакше"},
    "react": {"value": "1"},
}
