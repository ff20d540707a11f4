"""An organisation's public page: its entry and what it says to the council."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations import queries
from consultations.models import Remark
from core.db.paging import page_of
from core.web.pages import shared_page
from organisations.models import Organisation

_SIZE = 20


def _topics(pk: int) -> list[str]:
    return ["consultations", f"organisation:{pk}"]


@require_safe
@shared_page(_topics)
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation that was confirmed, and its remarks with what became of them. Anybody.

    A closed one keeps its page: its words stay.
    """
    confirmed = Organisation.objects.filter(confirmed_at__isnull=False).defer("contact", "code_key")
    found = get_object_or_404(confirmed, pk=pk)
    after = request.GET.get("after", "")
    return render(request, "portal/organisation.html", context(found, after=after))


def context(found: Organisation, *, after: str = "") -> dict[str, Any]:
    """The organisation and its visible remarks, the newest first: at most three queries."""
    said = queries.with_display_columns(Remark.objects.public()).select_related("consultation")
    page = page_of(
        said.filter(comment__organisation=found),
        order=("-comment_id",),
        after=after,
        size=_SIZE,
    )
    home = reverse("portal:organisation", args=[found.pk])
    return {
        "organisation": found,
        "remarks": queries.show_remarks(page),
        "next_url": f"{home}?after={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"{home}?after={page.previous_cursor}" if page.previous_cursor else "",
    }
