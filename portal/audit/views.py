"""The desk's page of the audit log: search, and the same as a file. Each look is an entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.rules import administer
from core.audit_log import protection
from core.db.paging import neighbours
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from core.export.csv import as_csv
from core.models import AuditEntry
from portal.audit import queries
from portal.audit.events import AuditRead
from portal.audit.forms import SearchForm

#: Entries of one file; more are asked for by time.
MOST = 50_000
_HEAD = ("number", "at", "event", "by", "ids")


@login_required
@require_safe
@shows_people
def log(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Audit log: search by object, person, time and event. accounts.rules.administer."""
    require(administer(request.user))
    form = _form(request)
    if not form.is_valid():
        record_access(request.user, [], "audit.search")
        return render(request, "portal/audit/log.html", {"form": form}, status=422)
    page, lines = queries.page(queries.search(form.cleaned_data), request.GET.get("after"))
    _record_look(request.user, form.cleaned_data, lines)
    context = {
        "form": form,
        "lines": lines,
        "query": _without_page(request),
        "is_unprotected": bool(protection.find_faults()),
        **neighbours(page, request.GET),
    }
    return render(request, "portal/audit/log.html", context)


@login_required
@require_safe
@shows_people
def download(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    """Results of the search as CSV, numbers instead of names. accounts.rules.administer."""
    require(administer(request.user))
    form = _form(request)
    if not form.is_valid():
        record_access(request.user, [], "audit.search")
        return render(request, "portal/audit/log.html", {"form": form}, status=422)
    _record_look(request.user, form.cleaned_data, [], is_download=True)
    return as_csv(_HEAD, _rows(form.cleaned_data), "audit.csv")


def _form(request: HttpRequest) -> SearchForm:
    return SearchForm(request.GET, events=queries.event_choices())


def _record_look(
    by: User, asked: dict[str, Any], lines: list[Any], *, is_download: bool = False
) -> None:
    """Everybody who is shown reads that it was looked at, and the log itself holds it."""
    shown = {each.pk for line in lines for each in (line.by, line.about) if each is not None}
    if person := asked.get("person"):
        shown |= set(User.objects.filter(pk=person).values_list("pk", flat=True))
    record_access(by, sorted(shown), "audit.search")
    with action():
        emit(
            AuditRead(
                by.pk,
                asked.get("kind") or "",
                asked.get("number"),
                asked.get("person"),
                is_download,
            )
        )


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    return query.urlencode()


def _rows(asked: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    found = queries.search(asked).order_by("-at", "-pk")[:MOST]
    for entry in found.iterator(chunk_size=500):
        yield entry.pk, entry.at.isoformat(), entry.event, entry.actor, _ids(entry)


def _ids(entry: AuditEntry) -> str:
    return "; ".join(f"{key}={value}" for key, value in entry.ids.items() if value is not None)
