"""Finding the council's work by number, words of its subject, or state: one statement a kind.

Each kind begins with what the person works on, and is found by the index that its table has.
Applicants' names are looked for only when asked, and each appeal that is shown for its applicant's
name is entered in the journal that the applicant reads (ADR 20, 59).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.filing import kinds as of_appeals
from appeals.models import Appeal
from appeals.models import State as AppealState
from appeals.queries import record_readings
from consultations import presenters as of_consultations
from consultations.models import Consultation, Remark
from consultations.models import State as ConsultationState
from core.db.search import clean, query
from core.domain import clock
from meetings import presenters as of_meetings
from meetings.models import Meeting
from meetings.models import State as MeetingState
from newsroom import presenters as of_news
from newsroom.models import Article
from newsroom.models import State as ArticleState
from petitions import presenters as of_petitions
from petitions.models import Petition
from petitions.models import State as PetitionState
from votes import presenters as of_polls
from votes.models import Poll
from votes.models import State as PollState

if TYPE_CHECKING:
    from accounts.models import User

#: So many of a kind are shown beside others, and of one kind alone.
MOST_OF_EACH, MOST_OF_ONE = 8, 50
#: The newest of a kind among which a state is looked for: the clock says it, no column does.
MOST_READ = 300
#: «№ 12», «12»: the number of a thing.
_NUMBER = re.compile(r"(?:№\s*)?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Found:
    """A thing of the desk: its name, its state ("" of remarks), where it is worked on."""

    title: str
    state_kind: str
    state_label: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Found things of one kind; ``has_more``: not all of them are shown."""

    kind: str
    label: str | Promise
    found: list[Found]
    has_more: bool


def _by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows with all the words, or of the number."""
    if number := _NUMBER.fullmatch(text):
        return rows.filter(pk=int(number[1]))
    asked = query(text)
    return rows.none() if asked.is_empty else rows.filter(search=asked)


def _by_words_or_title(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """As ``_by_words``, of a kind whose drafts have no words in the index yet: by their titles."""
    if _NUMBER.fullmatch(text):
        return _by_words(rows, text)
    asked = query(text)
    if asked.is_empty:
        return rows.none()
    of_title = Q(search=None)
    for word in text.split():
        of_title &= Q(title__icontains=word)
    return rows.filter(Q(search=asked) | of_title)


def _remarks_of(user: User) -> QuerySet[Any]:
    own = Consultation.objects.worked_on_by(user).values("pk")
    rows = Remark.objects.filter(consultation__in=own).select_related("consultation")
    return rows.only("number", "consultation__title")


def _remarks_by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Remarks of the number, or with all the words: the words of a hidden one are not looked in."""
    if number := _NUMBER.fullmatch(text):
        return rows.filter(number=int(number[1]))
    asked = query(text)
    return rows.none() if asked.is_empty else rows.public().filter(comment__search=asked)  # type: ignore[attr-defined]  # of Remark


def _row_url(remark: Any) -> str:
    """The row of the table of dispositions."""
    table = reverse("desk:table", args=[remark.consultation_id])
    return f"{table}?q={remark.number or ''}#row-{remark.pk}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: whose it is, how it is found, what is shown of it."""

    label: str | Promise
    rows: Callable[[User], QuerySet[Any]]
    states: Iterable[Any]
    tags: Any
    #: The namespace of its page, or the address of a row.
    place: str | Callable[[Any], str]
    find: Callable[[QuerySet[Any], str], QuerySet[Any]] = _by_words
    title: Callable[[Any], str] = lambda row: row.title

    def show(self, row: Any, now: datetime) -> Found:
        place = self.place
        url = place(row) if callable(place) else reverse(f"{place}:detail", args=[row.pk])
        if not self.states:
            return Found(self.title(row), "", "", url)
        state = row.state_at(now)
        return Found(self.title(row), self.tags[state], state.label, url)


#: By their names in addresses, in the order in which they are shown.
KINDS: dict[str, Kind] = {
    "appeals": Kind(
        _("Appeals and requests"),
        lambda user: Appeal.objects.worked_on_by(user).defer("text", "search"),
        AppealState,
        of_appeals.TAGS,
        "appeals_desk",
        lambda rows, text: rows.said(text),  # type: ignore[attr-defined]  # of Appeal
        lambda row: f"{row.label} {row.subject}",
    ),
    "consultations": Kind(
        _("Consultations"),
        lambda user: Consultation.objects.worked_on_by(user).defer("search"),
        ConsultationState,
        of_consultations.STATUS,
        "desk",
    ),
    "remarks": Kind(
        _("Remarks"),
        _remarks_of,
        (),
        None,
        _row_url,
        _remarks_by_words,
        lambda row: f"№ {row.number or '…'} · {row.consultation.title}",
    ),
    "petitions": Kind(
        _("Petitions"),
        lambda user: Petition.objects.worked_on_by(user).defer("text", "reasons", "search"),
        PetitionState,
        of_petitions.STATUS,
        "petitions_desk",
    ),
    "polls": Kind(
        _("Polls"),
        lambda user: Poll.objects.worked_on_by(user).defer("search"),
        PollState,
        of_polls.STATUS,
        "votes_desk",
        _by_words_or_title,
    ),
    "meetings": Kind(
        _("Meetings"),
        lambda user: Meeting.objects.run_by(user).defer("search"),
        MeetingState,
        of_meetings.STATUS,
        "meetings_desk",
        _by_words_or_title,
    ),
    "news": Kind(
        _("News"),
        lambda user: Article.objects.edited_by(user).defer("search"),
        ArticleState,
        of_news.STATUS,
        "newsroom_desk",
    ),
}


def find(user: User, text: str, *, kind: str = "", by_name: bool = False) -> list[Group]:
    """Groups of what the person works on and ``text`` says: a number, words, a state's name.

    ``kind``: a key of KINDS, of that alone. ``by_name``: appeals are found by their applicant's
    name too, and each one shown is entered in its journal. One query a kind and one for the time;
    with ``by_name`` five more.
    """
    text = clean(text)
    if not text:
        return []
    now = clock.now()
    most = MOST_OF_ONE if kind else MOST_OF_EACH
    kinds = {kind: KINDS[kind]} if kind in KINDS else KINDS
    groups = []
    for name, each in kinds.items():
        names_too = by_name and name == "appeals"
        rows, has_more = _rows(each, user, text, now, most, by_name=names_too)
        if rows:
            if names_too:
                record_readings(Appeal.objects.filter(pk__in=[row.pk for row in rows]), user)
            groups.append(Group(name, each.label, [each.show(row, now) for row in rows], has_more))
    return groups


def _rows(
    kind: Kind, user: User, text: str, now: datetime, most: int, *, by_name: bool
) -> tuple[Sequence[Any], bool]:
    """At most ``most``, the newest first, and whether there may be more."""
    state, words = _split_state(kind.states, text)
    rows = kind.rows(user)
    if words:
        rows = rows.search(words) if by_name else kind.find(rows, words)  # type: ignore[attr-defined]
    rows = rows.order_by("-pk")
    if state is None:
        found = list(rows[: most + 1])
        return found[:most], len(found) > most
    read = list(rows[:MOST_READ])
    found = [row for row in read if row.state_at(now) == state]
    return found[:most], len(found) > most or len(read) == MOST_READ


def _split_state(states: Iterable[Any], text: str) -> tuple[Any, str]:
    """The state that the text names, and the other words; None: it names none."""
    folded = text.casefold()
    named = [each for each in states if str(each.label).casefold() in folded]
    if not named:
        return None, text
    state = max(named, key=lambda each: len(str(each.label)))
    rest = re.sub(re.escape(str(state.label)), " ", text, flags=re.IGNORECASE)
    return state, " ".join(rest.split())
