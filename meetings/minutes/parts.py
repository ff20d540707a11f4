"""Names and questions of minutes that may have to go: as places in the content, and as words."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from consultations.reports.manifest import salted_hash
from meetings.models import MinutesPart, Question, Speaker

#: What a piece of content is that stands for one of them.
PART = "part"


class Parts:
    """The names and questions of an edition, gathered while it is composed."""

    def __init__(self) -> None:
        self.rows: list[MinutesPart] = []
        self._places: dict[tuple[str, int | None, str], int] = {}

    def speaker(self, speaker: Speaker) -> Any:
        """The speaker: a deputy by their name as it is, others in a place of their own."""
        if speaker.deputy is not None:
            return speaker.deputy.name
        return self._place("name", speaker.user, None, speaker.name_shown)

    def author(self, question: Question) -> Any:
        return self._place("name", question.author, None, question.author_shown)

    def question(self, question: Question) -> Any:
        return self._place("question", None, question, question.text)

    def _place(
        self, kind: str, user: User | None, question: Question | None, words: str
    ) -> dict[str, int]:
        thing = user or question
        key = (kind, thing.pk if thing else None, words)
        if key not in self._places:
            salt, place = token_hex(16), len(self.rows) + 1
            self._places[key] = place
            self.rows.append(
                MinutesPart(
                    place=place,
                    user=user,
                    question=question,
                    words=words,
                    salt=salt,
                    hash=salted_hash(salt, words),
                )
            )
        return {PART: self._places[key]}


def shown_words(parts: Iterable[MinutesPart]) -> dict[int, str]:
    """The public words of each place now. The rows come with their questions."""
    return {part.place: _shown_words(part) for part in parts}


def _shown_words(part: MinutesPart) -> str:
    if part.question is not None and part.question.state not in Question.PUBLIC:
        return _("The question is not shown any more.")
    return part.words if part.salt else _("(name removed)")
