"""Views of the register of acts: its pages, its feed and its table. Anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from consultations.acts import queries
from consultations.acts.presenters import ShownAct
from consultations.acts.queries import Filters
from consultations.decisions.sittings import voted_on
from core.db.paging import neighbours
from core.domain.council import local_council
from core.domain.rules import require
from core.export import atom
from core.export.csv import as_csv
from core.web.client_ip import client_groups
from core.web.pages import shared_page
from drafts.versions.published import text_of

#: Downloads by one client.
DOWNLOADS = Limit("acts-data", 60, HOUR)


def _topics(**_arguments: object) -> list[str]:
    return ["consultations"]


@require_safe
@shared_page(_topics)
def act_list(request: HttpRequest) -> HttpResponse:
    """Acts adopted through the platform, the newest first, by year, theme and department."""
    filters = Filters.of(request.GET)
    page = queries.page_of_acts(filters, request.GET.get("after"))
    context = {
        "acts": queries.show(page),
        "filters": filters,
        **queries.choices(),
        **neighbours(page, request.GET),
    }
    return render(request, "consultations/acts/list.html", context)


@require_safe
@shared_page(_topics)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: its text as adopted, the vote, and when it was published."""
    shown = queries.act_of(pk)
    if shown is None:
        raise Http404
    decision = shown.decision
    context = {
        "act": shown,
        "decision": decision,
        "consultation": decision.consultation,
        "sitting": voted_on(decision.consultation_id, decision),
        "text": text_of(decision.text_id) if decision.text_id else None,
    }
    return render(request, "consultations/acts/act.html", context)


@require_safe
@shared_page(_topics)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest acts, as Atom."""
    newest = queries.acts().order_by("-published_at", "-pk")[: atom.MOST_NEWS]
    return atom.answer(
        _("Acts – %(council)s") % {"council": local_council().council},
        path=reverse("acts:feed"),
        page=reverse("acts:list"),
        entries=map(_entry, queries.show(newest)),
    )


def _entry(shown: ShownAct) -> atom.Entry:
    facts = {"number": shown.number, "day": date_format(shown.decision.decided_on, "j E Y")}
    return atom.Entry(
        path=shown.get_absolute_url(),
        what=f"act/{shown.decision.pk}",
        since=shown.published_at,
        at=shown.published_at,
        title=_("№ %(number)s of %(day)s") % facts + f": {shown.title}",
        text=shown.decision.consultation.summary,
    )


#: Column -> its value of an act. Names of columns are the same in every language.
COLUMNS: dict[str, Callable[[ShownAct], Any]] = {
    "id": lambda act: act.decision.pk,
    "url": lambda act: settings.SITE_URL + act.get_absolute_url(),
    "number": lambda act: act.number,
    "title": lambda act: act.title,
    "decided_on": lambda act: act.decision.decided_on,
    "signed_on": lambda act: act.decision.signed_on,
    "in_force_from": lambda act: act.decision.in_force_from,
    "in_force_until": lambda act: act.decision.in_force_until,
    "ended_by": lambda act: act.decision.ended_by,
    "published_at": lambda act: act.published_at.isoformat(timespec="seconds"),
    "publication_due_on": lambda act: act.due_on,
    "published_in_time": lambda act: str(act.is_in_time).lower(),
    "department": lambda act: act.decision.consultation.department.slug,
    "themes": lambda act: " ".join(
        sorted(theme.slug for theme in act.decision.consultation.themes.all())
    ),
    "votes_for": lambda act: act.decision.votes_for,
    "against": lambda act: act.decision.against,
    "abstained": lambda act: act.decision.abstained,
    "not_voting": lambda act: act.decision.not_voting,
    "members": lambda act: act.decision.members,
    "roll_call": lambda act: act.decision.roll_call_url or None,
    "act": lambda act: act.decision.url or None,
}


@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """All acts as a table."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_csv([*COLUMNS], _rows(), "acts.csv")


def _rows() -> Iterator[list[Any]]:
    for shown in queries.every_act():
        yield [value(shown) for value in COLUMNS.values()]
