"""What everybody reads: published answers, by words in any form, theme and district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse

from appeals.models import Answer
from city.models import District, Theme
from core.db.paging import neighbours, page_of
from core.db.search import query

#: Nothing of the appeal but where and what about.
_COLUMNS = (
    *("published_at", "public_subject", "public_question", "public_text"),
    *("appeal__theme__name", "appeal__theme__slug", "appeal__district__name"),
    "appeal__department__name",
)


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """A question and its answer, with nothing of who asked."""

    pk: int
    published_at: datetime
    subject: str
    question: str
    text: str
    theme: str
    district: str
    department: str

    def get_absolute_url(self) -> str:
        return reverse("appeals:answer", args=[self.pk])


def load_published(pk: int) -> PublishedAnswer:
    """One; Http404 where it is not published. One query."""
    answer = _rows().filter(pk=pk).first()
    if answer is None:
        raise Http404
    return _shown(answer)


def list_context(asked: QueryDict) -> dict[str, Any]:
    """The list's page: four queries at most."""
    words, theme, district = (
        asked.get(name, "").replace("\0", "")[:200] for name in ("q", "theme", "district")
    )
    found = _rows()
    if words:
        found = found.filter(public_search=query(words, forgiving=True))
    if theme:
        found = found.filter(appeal__theme__slug=theme)
    if district:
        found = found.filter(appeal__district__slug=district)
    page = page_of(found, order=("-published_at", "-id"), after=asked.get("after"))
    filters: Mapping[str, str] = {"words": words, "theme": theme, "district": district}
    return {
        "answers": [_shown(answer) for answer in page.items],
        "filters": filters,
        "is_narrowed": any(filters.values()),
        "themes": Theme.objects.filter(appeal__answers__published_at__isnull=False).distinct(),
        "districts": District.objects.filter(
            appeal__answers__published_at__isnull=False
        ).distinct(),
        **neighbours(page, asked),
    }


def _rows() -> Any:
    return (
        Answer.objects.published()
        .select_related("appeal__theme", "appeal__district", "appeal__department")
        .only(*_COLUMNS)
    )


def _shown(answer: Answer) -> PublishedAnswer:
    appeal, at = answer.appeal, answer.published_at
    assert at is not None  # noqa: S101 - published ones alone are read
    return PublishedAnswer(
        pk=answer.pk,
        published_at=at,
        subject=answer.public_subject,
        question=answer.public_question,
        text=answer.public_text,
        theme=appeal.theme.name if appeal.theme else "",
        district=appeal.district.name if appeal.district else "",
        department=appeal.department.name if appeal.department else "",
    )
