"""Words that somebody brings to a new petition from another page (core.web.begun_forms)."""

from __future__ import annotations

import re

from django.http import HttpRequest

from core.db.search import clean
from core.domain.invisible_characters import hides_something
from core.web.begun_forms import TEXT, opens_with_words
from core.web.form_drafts import SessionDraft
from petitions import limits
from petitions.life.models import LONGEST_TEXT, LONGEST_TITLE

#: The words, until a draft holds them.
BEGUN = SessionDraft("begun_petition")

#: For the view that begins a petition.
opens_with_petition = opens_with_words(BEGUN, limits.spend_unsent, lambda: {"petition": "new"})

_END = re.compile(r"(?<=[.!?…])\s|\n")


def words_of(request: HttpRequest) -> str:
    """Text that waits for a draft; "" when there is none."""
    return BEGUN.load(request, petition="new").get(TEXT, "")


def fields_of(words: str) -> dict[str, str]:
    """The fields of a draft that hold all the words: what the text has no room for stands among
    the reasons."""
    room = LONGEST_TEXT
    if len(words) > room:
        room = words.rfind(" ", 1, room) + 1 or room
    return {"title": title_of(words), "text": words[:room], "reasons": words[room:][:LONGEST_TEXT]}


def title_of(words: str) -> str:
    """The first sentence, where it may be a title; else "": its author will write one."""
    first = clean(_END.split(words.strip(), maxsplit=1)[0]).removesuffix(".")
    return "" if len(first) > LONGEST_TITLE or hides_something(first) else first
