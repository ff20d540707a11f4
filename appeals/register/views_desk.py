"""Views of the desk: the journal of a period, and the classifier."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.rules import use_desk
from appeals import rules
from appeals.desk.case import WHY
from appeals.desk.forms import PeriodForm
from appeals.events import JournalExported
from appeals.models import Appeal, Category
from appeals.queries import load_involved, record_readings
from appeals.querysets import AppealQuerySet
from appeals.register.journal import in_period, journal, journal_csv
from appeals.register.journal_document import journal_document
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.rules import require
from core.domain.typography import group_thousands
from core.export.pdf import as_file, pdf

#: So many rows stand on the page; the file has all.
MOST_ON_PAGE = 1000
#: So many are set as PDF while somebody waits.
MOST_IN_PDF = 2000


@login_required
@require_GET
@shows_people
def journal_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The journal of a period, to be read and printed. rules.register."""
    require(rules.register(request.user, load_involved()))
    form = _period(request)
    context: dict[str, Any] = {"form": form, "most": MOST_ON_PAGE}
    if form.is_valid():
        since, until = form.period()
        shown = list(islice(journal(request.user, since=since, until=until), MOST_ON_PAGE + 1))
        context |= {
            "rows": shown[:MOST_ON_PAGE],
            "is_cut": len(shown) > MOST_ON_PAGE,
            "since": since,
            "until": until,
        }
        record_readings(_readable_appeals(request.user, since, until, MOST_ON_PAGE), request.user)
    else:
        record_access(request.user, [], WHY)
    return render(request, "appeals/desk_journal.html", context, status=form.status)


@login_required
@require_GET
@shows_people
def journal_file(request: AuthenticatedHttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The whole journal of a period as CSV. rules.register."""
    require(rules.register(request.user, load_involved()))
    form = _period(request)
    if not form.is_valid():
        record_access(request.user, [], WHY)
        return render(request, "appeals/desk_journal.html", {"form": form}, status=form.status)
    since, until = form.period()
    _keep_export(request.user, since, until)
    return journal_csv(request.user, since=since, until=until)


@login_required
@require_GET
@shows_people
def journal_pdf(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The journal of a period as a document to be printed and kept. rules.register."""
    require(rules.register(request.user, load_involved()))
    form = _period(request)
    if form.is_valid():
        since, until = form.period()
        rows = list(islice(journal(request.user, since=since, until=until), MOST_IN_PDF + 1))
        if len(rows) <= MOST_IN_PDF:
            _keep_export(request.user, since, until)
            made = pdf(journal_document(rows, since, until))
            return as_file(made, f"appeals-{since}-{until}.pdf")
        most = {"most": group_thousands(MOST_IN_PDF)}
        form.add_error("since", _("Choose a shorter period: at most %(most)s lines.") % most)
    record_access(request.user, [], WHY)
    return render(request, "appeals/desk_journal.html", {"form": form}, status=form.status)


def _keep_export(by: User, since: date, until: date) -> None:
    """Keep whose appeals the file names, and that it was made."""
    with action():
        record_readings(_readable_appeals(by, since, until), by)
        emit(JournalExported(by.pk, since.isoformat(), until.isoformat()))


def _readable_appeals(
    by: User, since: date, until: date, most: int | None = None
) -> AppealQuerySet[Appeal]:
    """The appeals whose names ``by`` reads among the first ``most`` lines of the period."""
    lines = in_period(Appeal.objects.all(), since, until)
    readable = in_period(Appeal.objects.worked_on_by(by), since, until)
    return readable.filter(pk__in=lines.values("pk")[:most]) if most else readable


def _period(request: AuthenticatedHttpRequest) -> PeriodForm:
    """The period asked for; by default the month until today."""
    today = local_date(clock.now())
    asked = {name: request.GET[name] for name in ("since", "until") if request.GET.get(name)}
    return PeriodForm({"since": _month_before(today), "until": today.isoformat()} | asked)


def _month_before(today: date) -> str:
    return (today - timedelta(days=30)).isoformat()


@login_required
@require_GET
def categories(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The classifier, as the council imported it. accounts.rules.use_desk."""
    require(use_desk(request.user))
    return render(request, "appeals/desk_categories.html", {"categories": Category.objects.all()})
