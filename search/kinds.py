"""Kinds of things that can be found: what is read of each that stands on a page, and how it is
shown. What is public of it and can be found at all, search/sources.py says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Answer
from city.models import District, Street
from consultations import queries
from consultations.acts.models import UrgentAct
from consultations.acts.queries import acts
from consultations.models import Consultation, Remark
from consultations.presenters import ShownConsultation
from core.db.search import Fragments, HasLemmas, excerpt
from core.web import markup
from drafts.clauses.keys import anchor_of
from drafts.models import Clause
from meetings import pages as meeting_pages
from meetings.models import Deputy, Meeting, Question
from meetings.presenters import ShownMeeting
from newsroom import queries as news_reading
from newsroom.council_pages import markup as page_markup
from newsroom.models import Article
from newsroom.presenters import ShownArticle
from petitions import queries as petition_reading
from petitions.models import Petition
from petitions.presenters import ShownPetition
from search.site_pages import SitePage, site_pages
from search.sources import SITE, public_clauses, public_pages, public_questions
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
    kind: str = ""
    label: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found. ``label``: of many, as a filter; ``one``: of one."""

    label: str | Promise
    one: str | Promise
    #: All that is public, with what is shown of it: a QuerySet, but of the site's own pages.
    public: Callable[[], Any]
    draw: Callable[[Any, HasLemmas], Result]


def _whole(title: str, asked: HasLemmas) -> Fragments:
    return excerpt(title, asked, length=len(title) + 1)


def _consultations() -> QuerySet[Any]:
    return queries.for_page(Consultation.objects.published())


def _consultation(found: ConsultationRow, asked: HasLemmas) -> Result:
    body = " ".join((found.summary, found.problem, found.options, found.affected))
    return Result(
        found.get_absolute_url(),
        _whole(found.title, asked),
        excerpt(body, asked),
        ShownConsultation.of(found),
    )


def _petitions() -> QuerySet[Any]:
    return petition_reading.for_page(Petition.objects.published())


def _petition(found: PetitionNow, asked: HasLemmas) -> Result:
    return Result(
        found.get_absolute_url(),
        _whole(found.title, asked),
        excerpt(f"{found.text} {found.reasons}", asked),
        ShownPetition.of(found),
    )


def _polls() -> QuerySet[Any]:
    return poll_pages.for_page(Poll.objects.published())


def _poll(found: PollRow, asked: HasLemmas) -> Result:
    return Result(
        found.get_absolute_url(),
        _whole(found.title, asked),
        excerpt(found.summary, asked),
        ShownPoll.of(found),
    )


def _clauses() -> QuerySet[Any]:
    return (
        public_clauses()
        .select_related("version__draft__consultation")
        .defer("html", "search", "version__draft__consultation__search")
    )


def _clause(found: Clause, asked: HasLemmas) -> Result:
    consultation = found.version.draft.consultation
    return Result(
        f"{consultation.get_absolute_url()}#{anchor_of(found.key)}",
        [(found.label or found.get_kind_display(), False)],
        excerpt(found.text, asked),
        consultation,
    )


def _remarks() -> QuerySet[Any]:
    return queries.with_display_columns(Remark.objects.public()).select_related("consultation")


def _remark(found: Remark, asked: HasLemmas) -> Result:
    comment = found.comment
    return Result(
        found.get_absolute_url(),
        [(f"{found.get_kind_display()}, {comment.voice}", False)],
        excerpt(markup.plain(f"{comment.text}\n\n{comment.proposal}"), asked),
        found.consultation,
    )


def _answers() -> QuerySet[Any]:
    """Public answers, and nothing else of the appeal."""
    rows = Answer.objects.published().select_related("appeal__department")
    return rows.only(
        *("published_at", "public_subject", "public_question", "public_text"),
        *("appeal__department__name", "appeal__department__name_en"),
    )


def _answer(found: Answer, asked: HasLemmas) -> Result:
    return Result(
        reverse("appeals:answer", args=[found.pk]),
        _whole(found.public_subject, asked),
        excerpt(f"{found.public_question} {found.public_text}", asked),
        found,
    )


def _news() -> QuerySet[Any]:
    return news_reading.for_page(Article.objects.published())


def _article(found: Any, asked: HasLemmas) -> Result:
    shown = ShownArticle.of(found)
    text = found.text_en if shown.is_translated else found.text
    return Result(
        found.get_absolute_url(),
        _whole(shown.title, asked),
        excerpt(f"{shown.summary} {markup.plain(text)}", asked),
        shown,
    )


def _act(found: Any, asked: HasLemmas) -> Result:
    title, summary = found.consultation.title, found.consultation.summary
    return Result(
        reverse("acts:act", args=[found.pk]),
        _whole(title, asked),
        excerpt(summary, asked),
        found,
    )


def _urgent_act(found: UrgentAct, asked: HasLemmas) -> Result:
    return Result(
        reverse("acts:urgent_act", args=[found.pk]),
        _whole(found.title, asked),
        excerpt(f"{found.need} {found.justification}", asked),
        found,
    )


def _council_pages() -> QuerySet[Any]:
    return public_pages().select_related("current").defer("search")


def _council_page(found: Any, asked: HasLemmas) -> Result:
    shown = found.current
    return Result(
        found.get_absolute_url(),
        _whole(shown.shown_title, asked),
        excerpt(page_markup.plain(shown.shown_text), asked),
        shown,
    )


def _meetings() -> QuerySet[Any]:
    return meeting_pages.for_page(Meeting.objects.published()).defer("search")


def _meeting(found: Any, asked: HasLemmas) -> Result:
    return Result(
        reverse("meetings:detail", args=[found.pk]),
        _whole(found.title, asked),
        excerpt(found.place, asked),
        ShownMeeting.of(found),
    )


def _questions() -> QuerySet[Any]:
    return public_questions().select_related("meeting").defer("meeting__search")


def _question(found: Question, asked: HasLemmas) -> Result:
    return Result(
        f"{reverse('meetings:detail', args=[found.meeting_id])}#question-{found.pk}",
        _whole(found.text, asked),
        excerpt(found.answer, asked),
        found.meeting,
    )


def _deputies() -> QuerySet[Any]:
    return Deputy.objects.select_related("faction", "district")


def _deputy(found: Deputy, asked: HasLemmas) -> Result:
    groups = [each.local_name for each in (found.faction, found.district) if each is not None]
    about = ", ".join(groups)
    return Result(found.get_absolute_url(), _whole(found.name, asked), excerpt(about, asked), found)


def _district(found: District, asked: HasLemmas) -> Result:
    url = reverse("portal:district", args=[found.slug])
    return Result(url, _whole(found.local_name, asked), [], found)


def _streets() -> QuerySet[Any]:
    return Street.objects.open().select_related("district")


def _street(found: Street, asked: HasLemmas) -> Result:
    chosen = {"street": found.name, "street-of": found.name, "street-choice": found.pk}
    former = ", ".join(found.former_names)
    district = found.district.local_name if found.district else ""
    return Result(
        f"{reverse('city:streets')}?{urlencode(chosen)}",
        _whole(found.local_name, asked),
        excerpt(", ".join(filter(None, (district, former))), asked),
        found,
    )


def _site_page(found: SitePage, asked: HasLemmas) -> Result:
    url = found.get_absolute_url()
    return Result(url, _whole(str(found.title), asked), excerpt(str(found.about), asked), found)


#: In the order in which filters stand.
KINDS = {
    "consultations": Kind(_("Consultations"), _("Consultation"), _consultations, _consultation),
    "petitions": Kind(_("Petitions"), _("Petition"), _petitions, _petition),
    "polls": Kind(_("Polls"), _("Poll"), _polls, _poll),
    "meetings": Kind(_("Meetings"), _("Meeting"), _meetings, _meeting),
    "news": Kind(_("News"), _("News"), _news, _article),
    "answers": Kind(_("Questions and answers"), _("Answer"), _answers, _answer),
    "questions": Kind(_("Questions at meetings"), _("Question"), _questions, _question),
    "acts": Kind(_("Acts"), _("Act"), acts, _act),
    "urgent": Kind(
        _("Acts without a consultation"),
        _("Act without a consultation"),
        UrgentAct.objects.all,
        _urgent_act,
    ),
    "deputies": Kind(_("Deputies"), _("Deputy"), _deputies, _deputy),
    SITE: Kind(_("Pages of the site"), _("Page of the site"), site_pages, _site_page),
    "pages": Kind(_("About the council"), _("Page of the council"), _council_pages, _council_page),
    "districts": Kind(_("Districts"), _("District"), District.objects.open, _district),
    "streets": Kind(_("Streets"), _("Street"), _streets, _street),
    "clauses": Kind(_("Clauses of drafts"), _("Clause"), _clauses, _clause),
    "remarks": Kind(_("Remarks"), _("Remark"), _remarks, _remark),
}


def draw(things: Iterable[tuple[str, int]], asked: HasLemmas) -> list[Result]:
    """The lines of things, by kind and id, in their order: a query for each kind among them.

    Each is read from what is public of its kind once more: what was hidden a moment ago is left
    out.
    """
    ids: dict[str, list[int]] = {}
    for kind, pk in things:
        ids.setdefault(kind, []).append(pk)
    drawn = {
        (kind, row.pk): _draw(kind, row, asked)
        for kind, wanted in ids.items()
        for row in _read(kind, wanted)
    }
    return [drawn[thing] for thing in things if thing in drawn]


def _read(kind: str, ids: Collection[int]) -> Iterable[Any]:
    return site_pages(ids) if kind == SITE else KINDS[kind].public().filter(pk__in=ids)


def _draw(kind: str, row: Any, asked: HasLemmas) -> Result:
    return replace(KINDS[kind].draw(row, asked), kind=kind, label=KINDS[kind].one)
