"""All published petitions as open data: a table for spreadsheets, and the same as JSON.

Neither names anybody: no author, no signer, no officer. Both are written as the rows come from the
database, by keyset, so that neither their number nor their readers cost memory or hold a
transaction. Names of columns are the same in every language.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from core.address import group_of
from core.calendar import KYIV
from core.cells import neutral
from core.clock import Now
from core.rules import require
from petitions.models import Petition

#: Downloads by one client.
DOWNLOADS = Limit("petitions-data", 60, HOUR)
#: Rows that are in memory at a time.
AT_ONCE = 500


def _moment(name: str) -> Callable[[Any], Any]:
    def of(petition: Any) -> Any:
        moment = getattr(petition, name)
        return moment.astimezone(KYIV).isoformat(timespec="seconds") if moment else None

    return of


def _column(name: str) -> Callable[[Any], Any]:
    return lambda petition: getattr(petition, name)


#: Column -> its value of a petition: text, a whole number, a date, or None.
COLUMNS: dict[str, Callable[[Any], Any]] = {
    "id": _column("pk"),
    "url": lambda petition: settings.SITE_URL + reverse("petitions:detail", args=[petition.pk]),
    "title": _column("title"),
    "text": _column("text"),
    "reasons": _column("reasons"),
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
    "submitted_at": _moment("submitted_at"),
    "publish_due_on": _column("publish_due_on"),
    "published_at": _moment("published_at"),
    "last_day": _column("last_day"),
    "withdrawn_at": _moment("withdrawn_at"),
    "reached_at": _moment("reached_at"),
    "notice_due_on": _column("notice_due_on"),
    "review_at": _moment("review_at"),
    "review_due_on": _column("review_due_on"),
    "session_on": _column("session_on"),
    "decided_at": _moment("decided_at"),
    "decision": lambda petition: petition.decision or None,
    "answer_due_on": _column("answer_due_on"),
    "answered_at": _moment("answered_at"),
    "answer": lambda petition: petition.answer.decided if hasattr(petition, "answer") else None,
}
_UNSAID = (
    "search",
    "author_name",
    "author_address",
    "author_phone",
    "refused_note",
    "withdrawn_reason",
)


@require_safe
def data_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The table, in UTF-8 with a mark that spreadsheets know it by. Anybody."""
    require(DOWNLOADS.spend(group_of(request)))
    return _file(_csv(), "text/csv", "petitions.csv")


@require_safe
def data_json(request: HttpRequest) -> StreamingHttpResponse:
    """``{"petitions": [{…}, …]}``. Anybody."""
    require(DOWNLOADS.spend(group_of(request)))
    return _file(_json(), "application/json", "petitions.json")


def rows() -> Iterator[dict[str, Any]]:
    """Every published petition, in the order in which they were begun: three queries for each
    AT_ONCE of them."""
    published = (
        Petition.objects.published()
        .filter(total__isnull=False)
        .select_related("procedure", "district", "department", "total", "answer")
        .prefetch_related("themes")
        .defer(*_UNSAID)
        .annotate(now=Now())
        .order_by("pk")
    )
    found = list(published[:AT_ONCE])
    while found:
        for petition in found:
            yield {name: value(petition) for name, value in COLUMNS.items()}
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(published.filter(pk__gt=found[-1].pk)[:AT_ONCE])


def _csv() -> Iterator[str]:
    yield "\ufeff" + _line([*COLUMNS])
    for row in rows():
        yield _line(["" if value is None else neutral(value) for value in row.values()])


def _line(cells: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _json() -> Iterator[str]:
    before = '{"petitions": [\n'
    for row in rows():
        yield before + json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        before = ",\n"
    yield "\n]}\n" if before == ",\n" else before + "]}\n"


def _file(lines: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
