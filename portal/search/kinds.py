"""Kinds of things that can be found: what is public of each, and how one is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Answer
from consultations import reading
from consultations.acts.reading import acts
from consultations.models import Consultation, Remark
from consultations.presenters import ShownConsultation
from core.db.search import Fragments, Query, excerpt, lemmas, query
from core.web import markup
from drafts.keys import anchor_of
from drafts.models import Clause, Version
from newsroom import reading as news_reading
from newsroom.council_pages import markup as page_markup
from newsroom.models import Article, Page
from newsroom.presenters import ShownArticle
from petitions import reading as petition_reading
from petitions.models import Petition
from petitions.presenters import ShownPetition
from votes import pages as poll_pages
from votes.models import Poll
from votes.presenters import PollRow, ShownPoll

if TYPE_CHECKING:
    from consultations.presenters import ConsultationRow
    from petitions.presenters import PetitionNow


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the answer: where it leads, what it is, and the words that were found."""

    url: str
    title: Fragments
    excerpt: Fragments
    of: Any


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found: all that is public, and how one is shown."""

    label: str | Promise
    public: Callable[[], QuerySet[Any]]
    #: The column of what is searched for.
    field: str
    draw: Callable[[Any, Query], Result]
    #: What is found beside that: by a number, which is no word.
    also: Callable[[Query], Q] = lambda _asked: Q()

    def matches(self, asked: Query) -> Q:
        return Q(**{self.field: asked}) | self.also(asked)


def _consultations() -> QuerySet[Any]:
    return reading.for_page(Consultation.objects.published())


def _consultation(found: ConsultationRow, asked: Query) -> Result:
    body = " ".join((found.summary, found.problem, found.options, found.affected))
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(body, asked),
        ShownConsultation.of(found),
    )


def _petitions() -> QuerySet[Any]:
    return petition_reading.for_page(Petition.objects.published())


def _petition(found: PetitionNow, asked: Query) -> Result:
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(f"{found.text} {found.reasons}", asked),
        ShownPetition.of(found),
    )


def _polls() -> QuerySet[Any]:
    return poll_pages.for_page(Poll.objects.published())


def _poll(found: PollRow, asked: Query) -> Result:
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(found.summary, asked),
        ShownPoll.of(found),
    )


def _clauses() -> QuerySet[Any]:
    """Clauses of the newest published version of every draft that is under consultation."""
    later = Version.objects.published().filter(
        draft=OuterRef("version__draft"), number__gt=OuterRef("version__number")
    )
    return (
        Clause.objects.filter(
            ~Exists(later),
            version__published_at__isnull=False,
            version__draft__consultation__in=Consultation.objects.published(),
        )
        .select_related("version__draft__consultation")
        .defer("html", "search", "version__draft__consultation__search")
    )


def _clause(found: Clause, asked: Query) -> Result:
    consultation = found.version.draft.consultation
    return Result(
        f"{consultation.get_absolute_url()}#{anchor_of(found.key)}",
        [(found.label or found.get_kind_display(), False)],
        excerpt(found.text, asked),
        consultation,
    )


def _remarks() -> QuerySet[Any]:
    return reading.drawable(Remark.objects.public()).select_related("consultation")


def _remark(found: Remark, asked: Query) -> Result:
    comment = found.comment
    return Result(
        found.get_absolute_url(),
        [(f"{found.get_kind_display()}, {comment.voice}", False)],
        excerpt(markup.plain(f"{comment.text}\n\n{comment.proposal}"), asked),
        found.consultation,
    )


def _answers() -> QuerySet[Any]:
    """What everybody reads of them, and nothing else of the appeal."""
    rows = Answer.objects.published().select_related("appeal__department")
    return rows.only(
        *("published_at", "public_subject", "public_question", "public_text"),
        *("appeal__department__name", "appeal__department__name_en"),
    )


def _answer(found: Answer, asked: Query) -> Result:
    return Result(
        reverse("appeals:answer", args=[found.pk]),
        excerpt(found.public_subject, asked, length=len(found.public_subject) + 1),
        excerpt(f"{found.public_question} {found.public_text}", asked),
        found,
    )


def _news() -> QuerySet[Any]:
    return news_reading.for_page(Article.objects.published())


def _article(found: Any, asked: Query) -> Result:
    shown = ShownArticle.of(found)
    text = found.text_en if shown.is_translated else found.text
    return Result(
        found.get_absolute_url(),
        excerpt(shown.title, asked, length=len(shown.title) + 1),
        excerpt(f"{shown.summary} {markup.plain(text)}", asked),
        shown,
    )


def _act(found: Any, asked: Query) -> Result:
    title, summary = found.consultation.title, found.consultation.summary
    return Result(
        reverse("acts:act", args=[found.pk]),
        excerpt(title, asked, length=len(title) + 1),
        excerpt(summary, asked),
        found,
    )


def _by_number(asked: Query) -> Q:
    """Acts of the number that was typed («№ 412», «рішення 412»)."""
    number = topic_of(asked.text).strip("№ .,:;")
    return Q(number__iexact=number) if number else Q()


def _council_pages() -> QuerySet[Any]:
    return Page.objects.select_related("current").filter(current__isnull=False).defer("search")


def _council_page(found: Any, asked: Query) -> Result:
    shown = found.current
    return Result(
        found.get_absolute_url(),
        excerpt(shown.shown_title, asked, length=len(shown.shown_title) + 1),
        excerpt(page_markup.plain(shown.shown_text), asked),
        shown,
    )


KINDS = {
    "consultations": Kind(_("Consultations"), _consultations, "search", _consultation),
    "petitions": Kind(_("Petitions"), _petitions, "search", _petition),
    "polls": Kind(_("Polls"), _polls, "search", _poll),
    "news": Kind(_("News"), _news, "search", _article),
    "answers": Kind(_("Questions and answers"), _answers, "public_search", _answer),
    "acts": Kind(_("Acts"), acts, "consultation__search", _act, _by_number),
    "pages": Kind(_("About the council"), _council_pages, "search", _council_page),
    "clauses": Kind(_("Clauses of drafts"), _clauses, "search", _clause),
    "remarks": Kind(_("Remarks"), _remarks, "comment__search", _remark),
}

#: Words that name a kind of thing rather than its subject.
_KIND_WORDS = {
    "consultations": "консультація обговорення",
    "petitions": "петиція",
    "polls": "опитування голосування",
    "answers": "відповідь запитання",
    "acts": "акт рішення",
    "news": "новина оголошення подія",
}


def topic_of(words: str) -> str:
    """The words without those that only name a kind of thing, unless there are no others."""
    rest = " ".join(word for word in words.split() if not kinds_named(word))
    return words if query(rest).is_empty else rest


def kinds_named(words: str) -> set[str]:
    sought = set(lemmas(words))
    return {name for name, words in _KIND_WORDS.items() if sought & set(lemmas(words))}
