"""Presenters of the newsroom: an article, its pictures and corrections as pages show them, in the
active language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import local_date
from newsroom.articles.content import WORDS
from newsroom.models import Article, ArticleCorrection, ArticlePicture, State

#: How the tag of each state looks (components.status_tag).
STATUS = {
    State.DRAFT: "waiting",
    State.PLANNED: "soon",
    State.PUBLISHED: "done",
    State.WITHDRAWN: "stop",
}
#: What a column is called beside its former words.
LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "text": _("Text"),
    "title_en": _("Title in English"),
    "summary_en": _("Summary in English"),
    "text_en": _("Text in English"),
    "begins_at": _("Begins"),
    "ends_at": _("Ends"),
    "place": _("Place"),
    "contact": _("Contact for the press"),
}


def _in_english() -> bool:
    return get_language() == "en"


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as it stands at ``now``. Its title, summary and text are those of the page's
    language, in Ukrainian where there is no other."""

    article: Article
    now: datetime
    picture: ArticlePicture | None = None

    @classmethod
    def of(cls, row: Any, pictures: list[ArticlePicture] | None = None) -> Self:
        """A row of newsroom.queries.for_page, with its first picture."""
        return cls(row, row.now, next(iter(pictures or ()), None))

    def context(self, **more: Any) -> dict[str, Any]:
        """The context of a template about this article."""
        return {"article": self.article, "shown": self, **more}

    @property
    def title(self) -> str:
        return self.article.title_en if self.is_translated else self.article.title

    @property
    def summary(self) -> str:
        return self.article.summary_en if self.is_translated else self.article.summary

    @property
    def html(self) -> str:
        return self.article.html_en if self.is_translated else self.article.html

    @property
    def is_translated(self) -> bool:
        return _in_english() and self.article.has_english

    @property
    def is_only_ukrainian(self) -> bool:
        """Whether a page in English says that there is no translation."""
        return _in_english() and not self.article.has_english

    @property
    def state(self) -> State:
        return self.article.state_at(self.now)

    @property
    def state_kind(self) -> str:
        return STATUS[self.state]

    @property
    def state_label(self) -> str | Promise:
        return self.state.label

    @property
    def is_urgent(self) -> bool:
        until = self.article.urgent_until
        return until is not None and self.now < until

    @property
    def is_over(self) -> bool:
        """Whether the event is behind us."""
        last = self.article.ends_at or self.article.begins_at
        return last is not None and last <= self.now

    @property
    def ends_on_its_day(self) -> bool:
        """Whether the event ends on the day on which it begins."""
        begins, ends = self.article.begins_at, self.article.ends_at
        return bool(begins and ends and local_date(begins) == local_date(ends))


@dataclass(frozen=True, slots=True)
class FormerWords:
    """The former content of one place before a correction: words, or a moment."""

    label: str | Promise
    words: str
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """A correction with the former words, in the order of the article's columns."""

    correction: ArticleCorrection

    @property
    def former(self) -> list[FormerWords]:
        found: dict[str, str] = self.correction.former
        return [
            FormerWords(
                LABELS[name],
                found[name],
                parse_datetime(found[name]) if name.endswith("_at") and found[name] else None,
            )
            for name in WORDS
            if name in found
        ]
