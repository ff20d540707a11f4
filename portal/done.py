"""«You said – the council did»: what was taken into account, and what was answered, by theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from city.models import District, Theme
from consultations.decisions import done as taken
from core.db.paging import neighbours, page_of
from core.web.pages import shared_page
from petitions.models import Petition
from petitions.queries import for_lists

#: The lists of the page, by what is asked for.
REMARKS, PETITIONS = "", "petitions"
_SIZE = 10


def _topics() -> list[str]:
    return ["consultations", "petitions"]


@require_safe
@shared_page(_topics)
def outcomes(request: HttpRequest) -> HttpResponse:
    """Outcomes of people's comments and requests. Anybody."""
    return render(request, "portal/done.html", context(request.GET))


def context(query: QueryDict) -> dict[str, Any]:
    """At most four queries."""
    kind = PETITIONS if query.get("of") == PETITIONS else REMARKS
    theme, district = (query.get(name, "").replace("\0", "")[:50] for name in ("theme", "district"))
    after = query.get("after", "")
    shown: dict[str, Any] = {"kind": kind, "theme": theme, "district": district}
    if kind == PETITIONS:
        answered = Petition.objects.answered().filter(answer__isnull=False)
        if theme:
            answered = answered.filter(themes__slug=theme)
        if district:
            answered = answered.filter(district__slug=district)
        page = page_of(
            for_lists(answered).select_related("answer"),
            order=("-answered_at", "-id"),
            after=after,
            size=_SIZE,
        )
        shown["petitions"] = page.items
        shown["districts"] = District.objects.filter(petition__answered_at__isnull=False).distinct()
        shown["themes"] = Theme.objects.filter(petition__answered_at__isnull=False).distinct()
    else:
        page = taken.page_of_taken(theme, after)
        shown["taken"] = page.items
        shown["themes"] = Theme.objects.filter(
            consultation__reported_at__isnull=False, consultation__withdrawn_at=None
        ).distinct()
    return {**shown, "tabs": _tabs(kind, theme), **neighbours(page, query)}


def _tabs(kind: str, theme: str) -> list[dict[str, Any]]:
    base = reverse("portal:done")
    labels = {REMARKS: _("Remarks taken into account"), PETITIONS: _("Petitions answered")}
    tabs = []
    for name, label in labels.items():
        query = QueryDict(mutable=True)
        for key, value in (("of", name), ("theme", theme)):
            if value:
                query[key] = value
        url = f"{base}?{query.urlencode()}" if query else base
        tabs.append({"label": label, "url": url, "current": name == kind})
    return tabs
