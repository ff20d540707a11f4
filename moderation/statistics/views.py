"""The public page of how comments are moderated, and its figures as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.export.csv import as_csv
from core.web.pages import shared_page
from discussions.models import HideReason
from moderation.statistics import queries

HEAD = (
    *("month", "decision", "rule", "decisions", "median_seconds", "p95_seconds"),
    *("contested", "overturned", "shown_again"),
)


def _topics() -> list[str]:
    return [queries.TOPIC]


@shared_page(_topics)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Decisions by rule and month. Anybody."""
    context = {"statistics": queries.statistics(), "rules": HideReason.choices}
    return render(request, "moderation/statistics.html", context)


@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The same by month and rule, as CSV. Anybody."""
    rows = (
        (
            f"{line.month:%Y-%m}",
            "hidden" if line.rule else "left",
            line.rule,
            line.decisions,
            line.median and int(line.median.total_seconds()),
            line.p95 and int(line.p95.total_seconds()),
            line.contested,
            line.overturned,
            line.restored,
        )
        for line in queries.statistics().lines
    )
    return as_csv(HEAD, rows, "moderation.csv")
