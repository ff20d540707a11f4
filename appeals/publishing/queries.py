"""Published answers for everybody, by words in any form, theme and district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse

from appeals.models import Answer
from city.models import District, Theme
from core.db.paging import neighbours, page_of
from core.db.search import query

#: The newest first.
ORDER = ("-published_at", "-id")
#: So many characters of words are looked for.
LONGEST_WORDS = 200
#: Nothing of the appeal but where and what about.
_COLUMNS = (
    *("published_at", "public_subject", "public_question", "public_text"),
    *("appeal__theme__name", "appeal__theme__name_en", "appeal__theme__slug"),
    *("appeal__district__name", "appeal__district__name_en", "appeal__district__slug"),
    *("appeal__department__name", "appeal__department__name_en", "appeal__department__slug"),
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
    #: None: none is named.
    theme_slug: str | None
    district_slug: str | None
    department_slug: str | None

    def get_absolute_url(self) -> str:
        return reverse("appeals:answer", args=[self.pk])


def load_published(pk: int) -> PublishedAnswer:
    """One; Http404 where it is not published. One query."""
    answer = _rows().filter(pk=pk).first()
    if answer is None:
        raise Http404
    return present(answer)


def narrow(*, words: str = "", theme: str = "", district: str = "") -> QuerySet[Answer]:
    """Published answers with words in any form, of a theme and a district by their slugs."""
    found = _rows()
    if words:
        found = found.filter(public_search=query(words, forgiving=True))
    if theme:
        found = found.filter(appeal__theme__slug=theme)
    if district:
        found = found.filter(appeal__district__slug=district)
    return found


def list_context(asked: QueryDict) -> dict[str, Any]:
    """The list's page: four queries at most."""
    words, theme, district = (
        asked.get(name, "").replace("\0", "")[:LONGEST_WORDS] for name in ("q", "theme", "district")
    )
    filters = {"words": words, "theme": theme, "district": district}
    page = page_of(narrow(**filters), order=ORDER, after=asked.get("after"))
    return {
        "answers": [present(answer) for answer in page.items],
        "filters": filters,
        "is_narrowed": any(filters.values()),
        "themes": Theme.objects.filter(appeal__answers__published_at__isnull=False).distinct(),
        "districts": District.objects.filter(
            appeal__answers__published_at__isnull=False
        ).distinct(),
        **neighbours(page, asked),
    }


def _rows() -> QuerySet[Answer]:
    return (
        Answer.objects.published()
        .select_related("appeal__theme", "appeal__district", "appeal__department")
        .only(*_COLUMNS)
    )


def present(answer: Answer) -> PublishedAnswer:
    """A published answer as everybody reads it."""
    appeal, at = answer.appeal, answer.published_at
    assert at is not None  # noqa: S101 - published ones alone are read
    return PublishedAnswer(
        pk=answer.pk,
        published_at=at,
        subject=answer.public_subject,
        question=answer.public_question,
        text=answer.public_text,
        theme=appeal.theme.local_name if appeal.theme else "",
        district=appeal.district.local_name if appeal.district else "",
        department=appeal.department.local_name if appeal.department else "",
        theme_slug=appeal.theme.slug if appeal.theme else None,
        district_slug=appeal.district.slug if appeal.district else None,
        department_slug=appeal.department.slug if appeal.department else None,
    )
