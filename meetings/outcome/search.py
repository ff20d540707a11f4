"""Looking for meetings by words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from core.db.search import query
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """The words that are looked for; "" for none.

    ``forgiving``: also what misspelt words may mean; ``any_word``: also what has some of them.
    """

    words: str = ""
    forgiving: bool = False
    any_word: bool = False

    @classmethod
    def of(cls, params: QueryDict) -> Sought:
        words = params.get("q", "").replace("\0", "")
        return cls(" ".join(words.split())[:LONGEST_WORDS])

    def narrow(self, meetings: MeetingQuerySet[Meeting]) -> MeetingQuerySet[Meeting]:
        """Those that have the words, in any form."""
        if not self.words:
            return meetings
        asked = query(self.words, forgiving=self.forgiving, any_word=self.any_word)
        return meetings.filter(search=asked)

    def wider(self) -> Sought | None:
        """The same words, looked for less strictly; None when there is nothing more to try."""
        if not self.words or self.any_word:
            return None
        if not self.forgiving:
            return replace(self, forgiving=True)
        is_several = query(self.words).size > 1
        return replace(self, any_word=True) if is_several else None
