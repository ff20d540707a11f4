"""Published answers to appeals and requests: what everybody reads, with nothing of who asked."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from appeals.answers.actions import PUBLISHED
from appeals.models import Answer
from appeals.publishing.queries import narrow, present
from core.export.csv import moment
from portal.opendata.datasets import Dataset, More, Row, chunks_of, columns_of

_AT = moment("published_at")


def _published_answers() -> QuerySet[Answer]:
    return Answer.objects.published()


def _answers() -> Iterator[Row]:
    for answers in chunks_of(narrow()):
        for shown in map(present, answers):
            yield (
                shown.pk,
                settings.SITE_URL + shown.get_absolute_url(),
                _AT(shown),
                shown.subject,
                shown.question,
                shown.text,
                shown.theme_slug,
                shown.district_slug,
                shown.department_slug,
            )


ANSWERS = Dataset(
    slug="answers",
    version=1,
    title=_("Published answers to appeals"),
    words=_(
        "Questions and the council’s answers that are published with the consent of who asked, "
        "without anything of them."
    ),
    keywords=(_("appeals of citizens"), _("answers of the council"), _("public information")),
    columns=columns_of(
        {
            "id": ("whole!", _("Number of the answer")),
            "url": ("link!", _("Its page")),
            "published_at": ("moment!", _("When it was published")),
            "subject": ("text!", _("What it is about")),
            "question": ("text!", _("Question")),
            "answer": ("text!", _("The council’s answer")),
            "theme": ("text", _("Theme, by its slug")),
            "district": ("text", _("District, by its slug")),
            "department": ("text", _("Responsible department, by its slug")),
        },
        question=_("Words in square brackets replace what would identify people."),
    ),
    rows=_answers,
    topics=(PUBLISHED,),
    span=_published_answers,
    first="published_at",
    last=("published_at",),
    more=(More("appeals_figures:figures", _("Figures about appeals, quarter by quarter")),),
)
