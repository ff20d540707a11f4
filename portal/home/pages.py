"""The context of the first page. No request, no user: the same for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from accounts.for_whom import PageCards
from city.models import District
from consultations import queries
from consultations.cards import ConsultationCards
from consultations.decisions.changed import taken_lately
from consultations.models import Consultation, Procedure, Remark, State
from consultations.presenters import ListedConsultation, ShownRemark
from core.db.statements import AskedAnyOf, IsAnyOf, Statement
from core.domain.clock import Now
from core.export.sharing import share_context
from insights.indicators.presenters import newest_figures
from meetings import pages as meeting_pages
from newsroom import pages as news_pages
from petitions import pages as petition_pages
from portal.home.answers import newest_answers
from portal.home.featured import Pulse, choose_featured
from votes import pages as poll_pages

if TYPE_CHECKING:
    from consultations.presenters import ConsultationRow, RemarkRow

#: A consultation is live while people have spoken in it within this time.
LIVE_WITHIN = timedelta(hours=24)
#: Indicators of the city's voice, by their slugs.
FIGURES = ("participants", "remarks-accepted", "signatures", "appeals-on-time")
#: So many of the newest remarks are looked at: enough to tell where people talk.
_NEWEST_LOOKED_AT = 300
ORGANISATIONS = Procedure.Participants.ORGANISATIONS
_MOST_OPEN, _MOST_SOON, _MOST_LIVE, _MOST_REPORTED, _MOST_REPLIES = 4, 2, 3, 1, 1


def context() -> dict[str, Any]:
    """Context of the page: at most thirteen queries, ten where the council has taken any remark
    into account.
    """
    spoken = _count_spoken_lately()
    shown = _consultations(list(spoken))
    # What most may do goes first; the rest by when it closes.
    open_now = sorted(
        (each for each in shown if each.state == State.OPEN),
        key=lambda each: each.consultation.procedure.participants == ORGANISATIONS,
    )
    live = [(each, spoken[each.pk]) for each in open_now if each.pk in spoken]
    live.sort(key=lambda pair: (-pair[1], -pair[0].pk))
    lately = taken_lately()
    found = {
        "open": open_now[:_MOST_OPEN],
        "soon": [each for each in shown if each.state == State.ANNOUNCED],
        "live": live,
        "reported": [each for each in shown if each.state == State.REPORTED],
        "changed": lately.changed,
        "taken": lately.taken,
        "replied": [] if lately else _latest_reply(),
        "figures": newest_figures(FIGURES),
        "districts": _DISTRICTS.all(),
        **share_context(reverse("portal:home"), "portal:card"),
        **petition_pages.home_context(),
        **poll_pages.home_context(),
        **meeting_pages.home_context(),
        **news_pages.home_context(),
    }
    answers = newest_answers(found["answered_petitions"], found["reported"], found["counted_polls"])
    cards = (ConsultationCards.of(open_now), found["poll_cards"], found["petition_cards"])
    return {
        **found,
        "answers": answers,
        "cards": PageCards(cards),
        **_without_featured(found),
    }


def _without_featured(found: dict[str, Any]) -> dict[str, Any]:
    """The featured matter, and the lists that would repeat it without it."""
    featured = choose_featured(
        Pulse(
            meetings=found["coming_meetings"],
            live=found["live"],
            petitions=found["closest_petitions"],
            polls=found["open_polls"],
            consultations=[*found["open"], *found["soon"]],
        )
    )
    names = {
        "to_discuss": "open",
        "to_sign": "closest_petitions",
        "to_vote": "open_polls",
        "to_meet": "coming_meetings",
        "to_open": "soon",
    }
    told = featured.shown if featured else None
    rest = {name: [each for each in found[of] if each is not told] for name, of in names.items()}
    return {"featured": featured, **rest}


def _consultations(spoken: list[int]) -> list[ListedConsultation]:
    """Those that close soonest, those in which people have ``spoken``, the next to open and the
    last reported: two queries."""
    return queries.show_cards(_CONSULTATIONS.all(spoken=spoken))


def _to_show() -> QuerySet[ConsultationRow]:
    found = Consultation.objects
    soonest = found.open().order_by("closes_at", "pk").values("pk")[:_MOST_OPEN]
    next_ones = found.announced().order_by("opens_at", "pk").values("pk")[:_MOST_SOON]
    reported = found.reported().order_by("-reported_at", "-pk").values("pk")[:_MOST_REPORTED]
    wanted = (
        Q(pk__in=soonest) | Q(pk__in=next_ones) | Q(pk__in=reported) | Q(pk=AskedAnyOf("spoken"))
    )
    return queries.for_page(found.published()).filter(wanted).order_by("closes_at", "pk")


def _count_spoken_lately() -> dict[int, int]:
    """Ids of the open consultations with the most remarks of the last hours, and how many."""
    return {where: number for where, number, _newest in _SPOKEN_LATELY.all()}


def _spoken_lately() -> QuerySet[Any]:
    """Counted by PostgreSQL: three rows instead of three hundred. Of two with as many the one that
    was spoken in last."""
    public = Remark.objects.public().filter(consultation__in=Consultation.objects.open())
    looked_at = public.order_by("-comment_id")[:_NEWEST_LOOKED_AT]
    lately = Remark.objects.filter(
        IsAnyOf("pk", looked_at), comment__created_at__gt=Now() - LIVE_WITHIN
    )
    counted = lately.values_list("consultation_id").annotate(number=Count("pk"), newest=Max("pk"))
    return counted.order_by("-number", "-newest")[:_MOST_LIVE]


def _latest_reply() -> list[ShownRemark]:
    """The remark that the council replied to last, with its replies; for a city in which none has
    been taken into account yet."""
    return queries.show_remarks(_REPLIED.all())


def _replied_rows() -> QuerySet[RemarkRow]:
    answered = queries.with_display_columns(
        Remark.objects.public().filter(comment__is_answered=True).select_related("consultation")
    )
    newest = (
        Remark.objects.public()
        .filter(
            comment__answers__is_official=True,
            comment__answers__hidden_at=None,
            comment__answers__deleted_at=None,
        )
        .order_by("-comment__answers__pk")
        .values("pk")[:_MOST_REPLIES]
    )
    return answered.filter(pk__in=newest)


_CONSULTATIONS = Statement(_to_show)
_SPOKEN_LATELY: Statement[Any] = Statement(_spoken_lately)
_REPLIED = Statement(_replied_rows)
_DISTRICTS = Statement(lambda: District.objects.open())
