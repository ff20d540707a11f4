"""Queries of the author's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accounts.models import User
from city.calendar import work_calendar
from core.db.paging import Page, page_of
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.clock import Now
from petitions.as_appeal.considered import UNREAD
from petitions.models import News, Petition, Procedure
from petitions.presenters import ShownPetition

if TYPE_CHECKING:
    from petitions.presenters import PetitionNow
    from petitions.querysets import PetitionQuerySet

_LIST_SIZE = 20
_NEWS_SIZE = 20


def drafts(user: User) -> PetitionQuerySet[PetitionNow]:
    """Drafts that the person has neither sent nor thrown away, the last touched first."""
    unsent = own(user).filter(submitted_at=None, withdrawn_at=None)
    return unsent.order_by("-changed_at", "-pk")


def own(user: User) -> PetitionQuerySet[PetitionNow]:
    """The person's petitions with what their rows show."""
    return (
        Petition.objects.filter(author=user.pk)
        .select_related("procedure", "total", "refused_on", "answer", "district", "appeal")
        .defer("search", *UNREAD)
        .annotate(now=Now())
    )


def mine(user: User, *, after: str = "", size: int = _LIST_SIZE) -> Page[ShownPetition]:
    """The person's petitions, the newest first, each with where it stands: one query."""
    page = page_of(own(user).defer("text", "reasons"), order=("-pk",), after=after, size=size)
    shown = [ShownPetition.of(petition) for petition in page]
    return Page(shown, page.next_cursor, page.previous_cursor)


def news_page(petition: Petition, *, after: str = "") -> Page[News]:
    """A page of the author's news, the newest first."""
    return page_of(petition.news.all(), order=("-pk",), after=after, size=_NEWS_SIZE)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a petition that is sent today."""

    procedure: Procedure
    publish_by: date

    @classmethod
    def now(cls) -> Terms:
        """By the rules in force and the city's calendar: three queries."""
        procedure = Procedure.objects.now()
        today = local_date(clock.now())
        return cls(procedure, procedure.publish_period.last_day(today, work_calendar()))
