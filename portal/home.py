"""The first page: what is open and until when, what is live now, what was answered lately."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations import reading
from consultations.decisions import done
from consultations.models import Consultation, Remark, State
from consultations.presenters import ShownRemark
from core.domain.clock import Now
from core.export.prints.card import Card, draw_card
from core.templatetags.components import thousands
from core.web.pages import shared_page
from meetings import pages as meeting_pages
from newsroom import pages as news_pages
from petitions import pages as petition_pages
from votes import pages as poll_pages

#: A consultation is live while people have spoken in it within this time.
LIVE_WITHIN = timedelta(hours=24)
#: So many of the newest remarks are looked at: enough to tell where people talk.
_NEWEST_LOOKED_AT = 300
_MOST_OPEN, _MOST_SOON, _MOST_LIVE, _MOST_ANSWERED, _MOST_REPLIES = 6, 4, 3, 3, 3


def _topics() -> list[str]:
    return ["consultations", "petitions", "polls", "meetings", "news"]


@require_safe
@shared_page(_topics)
def home(request: HttpRequest) -> HttpResponse:
    """The city's first page. Anybody."""
    return render(request, "portal/home.html", context())


def context() -> dict[str, Any]:
    """What the page shows: at most thirteen queries."""
    taken = done.newest(_MOST_REPLIES)
    published = Consultation.objects.published()
    spoken = _spoken_lately()
    soonest = Consultation.objects.open().order_by("closes_at", "pk")[: _MOST_OPEN + 1]
    wanted = Q(pk__in=soonest.values("pk")) | Q(pk__in=spoken)
    open_rows = reading.for_page(published.open()).filter(wanted).order_by("closes_at", "pk")
    soon_rows = reading.for_page(published.announced()).order_by("opens_at", "pk")[:_MOST_SOON]
    reported_rows = reading.for_page(published.reported()).order_by("-reported_at", "-pk")
    shown = reading.show_counted([*open_rows, *soon_rows, *reported_rows[:_MOST_ANSWERED]])
    open_now = [each for each in shown if each.state == State.OPEN]
    soon = [each for each in shown if each.state == State.ANNOUNCED]
    reported = [each for each in shown if each.state == State.REPORTED]
    live = [(each.consultation, spoken[each.pk]) for each in open_now if each.pk in spoken]
    return {
        "open": open_now[:_MOST_OPEN],
        "more_open": len(open_now) > _MOST_OPEN,
        "soon": soon,
        "live": sorted(live, key=lambda pair: (-pair[1], -pair[0].pk)),
        "reported": reported,
        "taken": taken,
        "replied": _replied()[: _MOST_REPLIES - len(taken)] if len(taken) < _MOST_REPLIES else [],
        "page_url": settings.SITE_URL + reverse("portal:home"),
        "card_url": settings.SITE_URL + reverse("portal:card"),
        **petition_pages.home_context(),
        **poll_pages.home_context(),
        **meeting_pages.home_context(),
        **news_pages.home_context(),
    }


@require_safe
@shared_page(_topics)
def card(request: HttpRequest) -> HttpResponse:
    """The picture that goes with a link to the first page, 1200 × 630. Anybody."""
    open_now = Consultation.objects.open().count()
    shown = Card(
        title=_("Have your say before the council decides"),
        state=_("open now") if open_now else _("nothing is open now"),
        tone="open" if open_now else "closed",
        number=thousands(open_now) if open_now else "",
        beside=ngettext("open consultation", "open consultations", open_now) if open_now else "",
        share=None,
        line=_("Consultations, petitions and polls of the city"),
    )
    return HttpResponse(draw_card(shown, get_language() or ""), content_type="image/png")


def _spoken_lately() -> dict[int, int]:
    """Ids of the open consultations with the most remarks of the last hours, and how many."""
    newest = (
        Remark.objects.public()
        .filter(consultation__in=Consultation.objects.open())
        .order_by("-comment_id")
        .values_list("consultation_id", "comment__created_at", Now())[:_NEWEST_LOOKED_AT]
    )
    fresh = Counter(where for where, at, now in newest if at > now - LIVE_WITHIN)
    return dict(fresh.most_common(_MOST_LIVE))


def _replied() -> list[ShownRemark]:
    """Remarks that the council replied to lately, the newest reply first, with their replies."""
    answered = reading.drawable(
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
        .values_list("pk", flat=True)[: 3 * _MOST_REPLIES]
    )
    chosen = list(dict.fromkeys(newest))[:_MOST_REPLIES]
    found = sorted(answered.filter(pk__in=chosen), key=lambda remark: chosen.index(remark.pk))
    return reading.show_remarks(found)
