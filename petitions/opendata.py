"""Open data: all published petitions as CSV and as JSON.

Neither names anybody: no author, no signer, no officer. Both are written as the rows come from the
database, by keyset, so that neither their number nor their readers cost memory or hold a
transaction. Names of columns are the same in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from core.domain.calendar import KYIV
from core.domain.clock import Now
from core.domain.rules import require
from core.export.csv import as_csv, as_json, column, moment
from core.web.client_ip import client_groups
from petitions.as_appeal.considered import UNREAD, answer_due_on
from petitions.models import Petition

#: Downloads by one client.
DOWNLOADS = Limit("petitions-data", 60, HOUR)
#: Rows that are in memory at a time.
AT_ONCE = 500


#: Column -> its value of a petition: text, a whole number, a date, or None.
COLUMNS: dict[str, Callable[[Any], Any]] = {
    "id": column("pk"),
    "url": lambda petition: settings.SITE_URL + reverse("petitions:detail", args=[petition.pk]),
    "title": column("title"),
    "text": column("text"),
    "reasons": column("reasons"),
    "state": lambda petition: petition.state_at(petition.now).value,
    "themes": lambda petition: " ".join(sorted(theme.slug for theme in petition.themes.all())),
    "district": lambda petition: petition.district.slug if petition.district else None,
    "department": lambda petition: petition.department.slug if petition.department else None,
    "threshold": lambda petition: petition.procedure.threshold,
    "signatures": lambda petition: petition.total.counted,
    "signatures_waiting": lambda petition: petition.total.checking,
    "signatures_removed": lambda petition: petition.total.removed,
    "signatures_taken_back": lambda petition: petition.total.withdrawn,
    "counted_at": lambda petition: petition.total.at.astimezone(KYIV).isoformat(timespec="seconds"),
    "submitted_at": moment("submitted_at"),
    "publish_due_on": column("publish_due_on"),
    "published_at": moment("published_at"),
    "last_day": column("last_day"),
    "withdrawn_at": moment("withdrawn_at"),
    "reached_at": moment("reached_at"),
    "notice_due_on": column("notice_due_on"),
    "review_at": moment("review_at"),
    "review_due_on": column("review_due_on"),
    "session_on": column("session_on"),
    "decided_at": moment("decided_at"),
    "decision": lambda petition: petition.decision or None,
    "answer_due_on": lambda petition: answer_due_on(petition, petition.now),
    "answered_at": moment("answered_at"),
    "answer": lambda petition: petition.answer.decided if hasattr(petition, "answer") else None,
}
_UNSAID = (
    "search",
    "author_name",
    "author_address",
    "author_phone",
    "refused_note",
    "refused_quote",
    "withdrawn_reason",
)


@require_safe
def data_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The table, in UTF-8 with a mark that spreadsheets know it by. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_csv([*COLUMNS], (row.values() for row in rows()), "petitions.csv")


@require_safe
def data_json(request: HttpRequest) -> StreamingHttpResponse:
    """``{"petitions": [{…}, …]}``. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_json("petitions", rows(), "petitions.json")


def rows() -> Iterator[dict[str, Any]]:
    """Every published petition, in the order in which they were begun: three queries for each
    AT_ONCE of them."""
    published = (
        Petition.objects.published()
        .filter(total__isnull=False)
        .select_related("procedure", "district", "department", "total", "answer", "appeal")
        .prefetch_related("themes")
        .defer(*_UNSAID, *UNREAD)
        .annotate(now=Now())
        .order_by("pk")
    )
    found = list(published[:AT_ONCE])
    while found:
        for petition in found:
            yield {name: value(petition) for name, value in COLUMNS.items()}
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(published.filter(pk__gt=found[-1].pk)[:AT_ONCE])
