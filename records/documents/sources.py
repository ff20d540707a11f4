"""Sources of the register: the public documents of each app, as rows of it.

A source reads what everybody may read now; what is hidden, withdrawn or erased is not in it, and
its row goes with the next event. Of people nothing is read: no author, no signer, no name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from appeals.models import Answer
from consultations.acts.models import UrgentAct
from consultations.acts.queries import acts
from consultations.models import Consultation, Edition
from core.db.search import document
from core.domain.calendar import local_date
from drafts.models import Version
from meetings.models import Meeting, MinutesEdition
from newsroom.models import Article, Kind
from petitions.models import Answer as PetitionAnswer
from petitions.models import Petition
from records.documents.models import LONGEST_WORDS
from records.models import Document

#: Where everything that the platform itself publishes is kept.
PLACE = "Електронна форма, платформа «Віче»"


def _row(
    object_id: int,
    kind: Document.Kind,
    title: str,
    made_on: date,
    address: str,
    *,
    department_id: int | None,
    themes: Iterable[Any] = (),
    number: str = "",
) -> Document:
    """A row of something that is published here; ``themes``: its field is the first of them."""
    found = sorted(themes, key=lambda theme: theme.pk)
    row = Document(
        object_id=object_id,
        kind=kind,
        title=title,
        number=number,
        made_on=made_on,
        department_id=department_id,
        theme=found[0] if found else None,
        keywords=", ".join(theme.name for theme in found)[:LONGEST_WORDS],
        carrier=Document.Carrier.ELECTRONIC,
        place=PLACE,
        address=address,
    )
    row.search = search_of(row)
    return row


def search_of(row: Document) -> str:
    """Lemmas of a row: of its name and number first, then of key words, author and kind."""
    with override("uk"):
        kind = str(Document.Kind(row.kind).label)
    return document(A=f"{row.title} {row.number}", B=row.keywords, C=f"{row.author} {kind}")


def _edition(title: str, number: int) -> str:
    """The name of a text that came in several editions."""
    return title if number == 1 else f"{title} (редакція {number})"


def _acts() -> QuerySet[Any]:
    return acts().prefetch_related("consultation__themes")


def _act(act: Any) -> Document:
    about = act.consultation
    return _row(
        act.pk,
        Document.Kind.ACT,
        about.title,
        act.decided_on,
        reverse("acts:act", args=[act.pk]),
        number=act.number,
        department_id=about.department_id,
        themes=about.themes.all(),
    )


def _urgent_act(act: UrgentAct) -> Document:
    return _row(
        act.pk,
        Document.Kind.ACT,
        act.title,
        act.adopted_on,
        act.get_absolute_url(),
        number=act.number,
        department_id=act.department_id,
    )


def _versions() -> QuerySet[Any]:
    rows = Version.objects.published().filter(
        draft__consultation__in=Consultation.objects.published()
    )
    about = "draft__consultation"
    return rows.select_related(about).defer(f"{about}__search").prefetch_related(f"{about}__themes")


def _version(version: Any) -> Document:
    about = version.draft.consultation
    return _row(
        version.pk,
        Document.Kind.DRAFT,
        _edition(about.title, version.number),
        local_date(version.published_at),
        f"{about.get_absolute_url()}?version={version.number}",
        department_id=about.department_id,
        themes=about.themes.all(),
    )


def _minutes() -> QuerySet[Any]:
    rows = MinutesEdition.objects.filter(meeting__in=Meeting.objects.published())
    return rows.select_related("meeting").defer("content").prefetch_related("meeting__themes")


def _minutes_edition(edition: MinutesEdition) -> Document:
    meeting = edition.meeting
    return _row(
        edition.pk,
        Document.Kind.MINUTES,
        _edition(edition.title, edition.number),
        local_date(edition.at),
        edition.get_absolute_url(),
        department_id=meeting.department_id,
        themes=meeting.themes.all(),
    )


def _reports() -> QuerySet[Any]:
    rows = Edition.objects.filter(consultation__in=Consultation.objects.published())
    rows = rows.select_related("consultation").defer("content", "consultation__search")
    return rows.prefetch_related("consultation__themes")


def _report(edition: Edition) -> Document:
    about = edition.consultation
    return _row(
        edition.pk,
        Document.Kind.REPORT,
        _edition(about.title, edition.number),
        local_date(edition.at),
        edition.get_absolute_url(),
        department_id=about.department_id,
        themes=about.themes.all(),
    )


def _answers() -> QuerySet[Any]:
    return Answer.objects.published().select_related("appeal__theme")


def _answer(answer: Any) -> Document:
    theme = answer.appeal.theme
    return _row(
        answer.pk,
        Document.Kind.ANSWER,
        answer.public_subject,
        local_date(answer.published_at),
        reverse("appeals:answer", args=[answer.pk]),
        department_id=answer.appeal.department_id,
        themes=[theme] if theme else (),
    )


def _articles() -> QuerySet[Any]:
    """News and announcements; an event is no document."""
    rows = Article.objects.published().exclude(kind=Kind.EVENT)
    return rows.defer("text", "html", "text_en", "html_en", "search").prefetch_related("themes")


def _article(article: Any) -> Document:
    return _row(
        article.pk,
        Document.Kind.RELEASE,
        article.title,
        local_date(article.publish_at),
        article.get_absolute_url(),
        department_id=article.department_id,
        themes=article.themes.all(),
    )


def _petition_answers() -> QuerySet[Any]:
    rows = PetitionAnswer.objects.filter(petition__in=Petition.objects.published())
    return rows.select_related("petition").prefetch_related("petition__themes")


def _petition_answer(answer: PetitionAnswer) -> Document:
    petition = answer.petition
    return _row(
        answer.pk,
        Document.Kind.PETITION_ANSWER,
        f"Відповідь на петицію «{petition.title}»",
        local_date(answer.at),
        petition.get_absolute_url(),
        department_id=petition.department_id,
        themes=petition.themes.all(),
    )


class Source:
    """``public``: what everybody may read now, with all that ``draw`` needs of it."""

    def __init__(
        self, public: Callable[[], QuerySet[Any]], draw: Callable[[Any], Document]
    ) -> None:
        self.public = public
        self.draw = draw

    def rows(self, ids: Collection[int] | None) -> list[Document]:
        """Rows of those of ``ids`` that are public; None: of all. A fixed number of queries."""
        found = self.public() if ids is None else self.public().filter(pk__in=ids)
        with override("uk"):  # addresses without a language
            return [self.draw(thing) for thing in found]


#: By the name that stands in ``Document.origin``.
SOURCES: dict[str, Source] = {
    "act": Source(_acts, _act),
    "urgent-act": Source(UrgentAct.objects.all, _urgent_act),
    "version": Source(_versions, _version),
    "minutes": Source(_minutes, _minutes_edition),
    "report": Source(_reports, _report),
    "answer": Source(_answers, _answer),
    "article": Source(_articles, _article),
    "petition-answer": Source(_petition_answers, _petition_answer),
}
