"""Search of meetings by words, theme and district."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from core.db.search import query
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet

LONGEST_WORDS = 200
#: Of the council's lists, by which a list of meetings is narrowed.
_SLUGS = ("theme", "district")


@dataclass(frozen=True, slots=True)
class Sought:
    """The words, and the slugs of the theme and the district, that are looked for; "" for none.

    ``forgiving``: also what misspelt words may mean; ``any_word``: also what has some of them.
    """

    words: str = ""
    forgiving: bool = False
    any_word: bool = False
    theme: str = ""
    district: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> Sought:
        asked = {name: params.get(name, "").replace("\0", "") for name in ("q", *_SLUGS)}
        words = " ".join(asked.pop("q").split())[:LONGEST_WORDS]
        return cls(words, theme=asked["theme"][:50], district=asked["district"][:50])

    @property
    def params(self) -> dict[str, str]:
        """As parameters of an address."""
        return {"q": self.words, "theme": self.theme, "district": self.district}

    def narrow(self, meetings: MeetingQuerySet[Meeting]) -> MeetingQuerySet[Meeting]:
        """Filter by theme, district and words in any form."""
        if self.theme:
            meetings = meetings.filter(themes__slug=self.theme)
        if self.district:
            meetings = meetings.filter(district__slug=self.district)
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
