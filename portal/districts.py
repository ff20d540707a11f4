"""The page of a district: everything in it that one can take part in, and its news.

Which district is somebody's own, their device keeps (static/js/my-district.js). The server sees
which district's lines are asked for, without cookies, and stores nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.for_whom import PageCards
from city.models import District
from consultations import queries as consultations
from consultations.cards import ConsultationCards
from consultations.models import Consultation
from consultations.presenters import ListedConsultation
from core.export.prints.card import Card
from core.export.sharing import card_response, share_context
from core.templatetags.components import thousands
from core.web.pages import shared_page
from meetings import pages as meetings
from meetings.models import Meeting
from meetings.presenters import ShownMeeting
from newsroom import queries as news
from newsroom.models import Article
from newsroom.presenters import ShownArticle
from petitions import queries as petitions
from petitions.cards import PetitionCards
from petitions.models import Petition
from petitions.presenters import ListedPetition
from votes import pages as polls
from votes.cards import PollCards
from votes.models import Poll
from votes.presenters import ShownPoll

#: Of each kind on the page, and of all together on the first page.
MOST, MOST_NEAR = 10, 2


@dataclass(frozen=True, slots=True)
class Near:
    """A line about something in the district. ``until``: the moment at which it closes, as of
    ``now``; ``at``: when it begins or was published."""

    kind: str
    title: str
    url: str
    until: datetime | None = None
    now: datetime | None = None
    at: datetime | None = None


def _topics(slug: str) -> list[str]:
    return ["consultations", "petitions", "polls", "meetings", "news"]


@require_safe
@shared_page(_topics)
def district(request: HttpRequest, slug: str) -> HttpResponse:
    """Page of a district; with ``?short`` its newest lines for the first page. Anybody."""
    found = District.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    template = "portal/district.html"
    if "short" in request.GET:
        template += "#short"
    return render(request, template, context(found))


def count_open_matters(district: District) -> int:
    """Number of consultations, petitions and polls of the district that are open: three queries."""
    number = Consultation.objects.open().filter(district=district).count()
    number += Petition.objects.collecting().filter(district=district).count()
    return number + Poll.objects.open().filter(district=district, is_quick=False).count()


@require_safe
@shared_page(_topics)
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that goes with a link to a district, 1200 × 630. Anybody."""
    found = District.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    number = count_open_matters(found)
    return card_response(
        Card(
            title=found.local_name,
            state=_("District"),
            tone="info",
            number=thousands(number) if number else "",
            beside=ngettext("open matter", "open matters", number) if number else "",
            share=None,
            line=_("Consultations, petitions and polls of the city"),
        )
    )


def context(found: District) -> dict[str, Any]:
    """Context of the page: at most seven queries."""
    matters: dict[str, list[Any]] = {
        "consultations": _consultations(found),
        "polls": _polls(found),
        "petitions": _petitions(found),
        "meetings": _meetings(found),
        "news": _news(found),
    }
    return {
        "district": found,
        **share_context(
            reverse("portal:district", args=[found.slug]), "portal:district_card", found.slug
        ),
        "others": District.objects.open().exclude(pk=found.pk),
        "is_quiet": not any(matters.values()),
        "near": list(islice(_lines(matters), MOST_NEAR)),
        "cards": PageCards(
            (
                ConsultationCards.of(matters["consultations"]),
                PollCards.of(matters["polls"]),
                PetitionCards.of(matters["petitions"]),
            )
        ),
        **matters,
    }


def _consultations(found: District) -> list[ListedConsultation]:
    """Open ones, then those that open soon; two queries."""
    either = Consultation.objects.open() | Consultation.objects.announced()
    rows = consultations.for_page(either.filter(district=found)).order_by("opens_at", "pk")
    return consultations.show_counted(rows[:MOST])


def _polls(found: District) -> list[ShownPoll]:
    rows = polls.for_page(Poll.objects.open().filter(district=found, is_quick=False))
    return [ShownPoll.of(row) for row in rows.order_by("closes_at", "pk")[:MOST]]


def _petitions(found: District) -> list[ListedPetition]:
    rows = petitions.for_lists(Petition.objects.collecting().filter(district=found))
    ordered = rows.order_by(*petitions.ORDERS["momentum"])
    return [ListedPetition.of_list(row) for row in ordered[:MOST]]


def _meetings(found: District) -> list[ShownMeeting]:
    rows = meetings.for_page(Meeting.objects.coming().filter(district=found))
    return [ShownMeeting.of(row) for row in rows[:MOST]]


def _news(found: District) -> list[ShownArticle]:
    rows = news.for_cards(Article.objects.published().filter(district=found))
    return [ShownArticle.of(row) for row in rows.order_by("-publish_at", "-pk")[:MOST]]


def _lines(matters: dict[str, list[Any]]) -> Iterator[Near]:
    """Lines to take part in, then the news."""
    for each in matters["consultations"]:
        row = each.consultation
        is_open = each.state == "open"
        yield Near(
            _("consultation"),
            row.title,
            row.get_absolute_url(),
            until=row.closes_at if is_open else None,
            now=each.now,
            at=None if is_open else row.opens_at,
        )
    for each in matters["polls"]:
        row = each.poll
        yield Near(_("poll"), row.title, row.get_absolute_url(), until=row.closes_at, now=each.now)
    for each in matters["petitions"]:
        row = each.petition
        url = row.get_absolute_url()
        yield Near(_("petition"), row.title, url, until=row.closes_at, now=each.now)
    for each in matters["meetings"]:
        row = each.meeting
        yield Near(_("meeting"), row.title, row.get_absolute_url(), at=row.begins_at)
    for each in matters["news"]:
        row = each.article
        yield Near(_("news"), each.title, row.get_absolute_url(), at=row.publish_at)
