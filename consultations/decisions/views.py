"""The public page of a decision, and its region that live pages fetch again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import pages
from consultations.decisions import queries
from consultations.views import load_consultation, topic_of_page
from core.web.pages import shared_page


@require_safe
@shared_page(topic_of_page)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The council's decision, the vote, the adopted text, the execution. Anybody."""
    shown = load_consultation(request, pk)
    context = {
        **pages.consultation_context(shown),
        **queries.decision_context(shown.consultation, shown.now),
    }
    part = "#decision" if "part" in request.GET else ""
    return render(request, f"consultations/decision.html{part}", context)
