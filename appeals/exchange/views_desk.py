"""Views of the desk: carry appeals to the document system, and its numbers back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals.exchange import actions, rules
from appeals.exchange.actions import WHY
from appeals.exchange.forms import ConfirmForm, ExportForm, NumbersForm, sign_lines
from appeals.exchange.reading import find_changes, read
from appeals.models import AppealsExport
from appeals.queries import load_involved
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.retention import period_of
from core.domain.rules import Refused, require
from core.export.csv import NotATable
from core.web.forms import posted_data
from core.web.idempotency import idempotent

#: Files on the page: the last ones that one has made.
_MOST_EXPORTS = 20


def _made_answer(request: HttpRequest, _export_id: int) -> HttpResponse:
    messages.success(request, _("The file is made. Fetch it within 24 hours."))
    return redirect("appeals_desk:exchange")


@idempotent(_made_answer)
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def exchange(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Make an encrypted file of a period's appeals; one's files of the last day. rules.export."""
    require(rules.exchange(request.user, load_involved()))
    form = ExportForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.export_appeals(by=request.user, **form.cleaned_data)
            return _made_answer(request, made.pk)
    record_access(request.user, [], WHY)
    since = clock.now() - period_of("appeals_exports")
    own = AppealsExport.objects.filter(by=request.user, made_at__gt=since).exclude(content=b"")
    context = {
        "form": form,
        "exports": own.defer("content").order_by("-pk")[:_MOST_EXPORTS],
    }
    return render(request, "appeals/desk_exchange.html", context, status=form.status)


@login_required
@require_GET
@shows_people
def exchange_file(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The encrypted file: for who made it, within a day. rules.exchange."""
    record_access(request.user, [], WHY)  # the journals have it since the file was made
    export = get_object_or_404(AppealsExport, pk=pk, by=request.user)
    try:
        content = actions.fetch_export(export, by=request.user)
    except Refused as refused:
        if refused.verdict.code != "exchange.gone":
            raise
        messages.error(request, str(refused))
        return redirect("appeals_desk:exchange")
    name = f"appeals-{export.since}-{export.until}.json.age"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def exchange_numbers(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Bring the document system's numbers and days: what they change, then the change.
    rules.exchange."""
    require(rules.exchange(request.user, load_involved()))
    if "lines" in request.POST:
        return _bring(request)
    form = NumbersForm(posted_data(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            lines, wrong = read(form.cleaned_data["file"].read(), today=local_date(clock.now()))
        except NotATable as not_one:
            form.add_error("file", str(not_one))
        else:
            changes, unknown = find_changes(request.user, lines)
            faults = sorted([*wrong, *unknown], key=lambda each: each.line)
            context |= {
                "changes": [each for each in changes if not each.is_same],
                "same": sum(1 for each in changes if each.is_same),
                "faults": faults,
                "confirm": ConfirmForm(initial={"lines": sign_lines(lines)}),
                "is_previewed": True,
            }
    return render(request, "appeals/desk_exchange_numbers.html", context, status=form.status)


def _bring(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Carry out what was previewed."""
    confirm = ConfirmForm(posted_data(request))
    if confirm.is_valid():
        with confirm.attempt():
            number = len(actions.import_numbers(confirm.cleaned_data["lines"], by=request.user))
            words = ngettext(
                "%(number)d number was brought in.", "%(number)d numbers were brought in.", number
            )
            messages.success(request, words % {"number": number})
            return redirect("appeals_desk:exchange")
    for fault in (*confirm.non_field_errors(), *confirm.errors.get("lines", ())):
        messages.error(request, str(fault))
    return redirect("appeals_desk:exchange_numbers")
