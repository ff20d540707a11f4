"""The desk's pages of ballots on paper: each is typed by two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.paper.letters import to_print
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from votes import pages
from votes.ballots.forms import BallotForm
from votes.desk.views import poll_worked_on
from votes.models import PaperBallot, Poll
from votes.paper import actions, rules
from votes.paper.actions import sheets_left
from votes.paper.forms import PrintForm, SheetForm
from votes.paper.sheets import sheets_pdf

#: Sheets that wait for a second person, on one page.
MOST_WAITING = 100


def _sheet_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Entered. A colleague types the same sheet again."))
    return redirect("votes_desk:sheets", pk)


@idempotent(_sheet_answer)
@login_required
@require_http_methods(["GET", "POST"])
def sheets(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The sheets that were entered; POST types another one. office_rules.enter_paper."""
    shown = poll_worked_on(request, pk)
    poll = shown.poll
    require(rules.enter_paper(request.user, poll, now=shown.now))
    number = SheetForm(posted_data(request))

    def enter(choices: Any) -> None:
        actions.enter_paper(
            poll, by=request.user, number=number.cleaned_data["number"], choices=choices
        )
        messages.success(request, _("Entered. A colleague types the same sheet again."))

    entered = PaperBallot.objects.filter(poll=poll)
    waiting = entered.filter(confirmed_at=None).select_related("entered_by").order_by("pk")
    page = page_of(
        entered.filter(confirmed_at__isnull=False).select_related("entered_by", "confirmed_by"),
        order=("-pk",),
        after=request.GET.get("after"),
    )
    context = shown.context(
        number=number,
        waiting=waiting[:MOST_WAITING],
        page=page,
        counted=entered.filter(confirmed_at__isnull=False).count(),
        left=sheets_left(poll) if poll.voters == Poll.Voters.INVITED else None,
        **neighbours(page, request.GET),
    )
    return _type_sheet(request, poll, enter, "votes/desk_sheets.html", context, number)


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: AuthenticatedHttpRequest, pk: int, sheet_pk: int) -> HttpResponse:
    """Type a sheet again that a colleague typed, without seeing theirs.
    office_rules.confirm_paper."""
    shown = poll_worked_on(request, pk)
    poll = shown.poll
    ballot = get_object_or_404(PaperBallot, pk=sheet_pk, poll=poll)
    require(rules.confirm_paper(request.user, poll, ballot, now=shown.now))

    def confirm(choices: Any) -> None:
        actions.confirm_paper(ballot, by=request.user, choices=choices)
        messages.success(request, _("Both typed the same: the sheet counts."))

    return _type_sheet(request, poll, confirm, "votes/desk_sheet.html", shown.context(sheet=ballot))


@login_required
@require_http_methods(["GET", "POST"])
def print_sheets(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Empty ballots as a file to be printed. office_rules.print_sheets."""
    shown = poll_worked_on(request, pk)
    require(rules.print_sheets(request.user, shown.poll, now=shown.now))
    form = PrintForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        return to_print(sheets_pdf(shown.poll, form.numbers()), f"biuleteni-{pk}.pdf")
    context = shown.context(form=form)
    return render(request, "votes/desk_sheets_print.html", context, status=form.status)


@login_required
@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: int, sheet_pk: int) -> HttpResponse:
    """Take back a sheet that one typed oneself, to type it anew. office_rules.withdraw_paper."""
    shown = poll_worked_on(request, pk)
    ballot = get_object_or_404(PaperBallot, pk=sheet_pk, poll=shown.poll)
    actions.withdraw_paper(ballot, by=request.user)
    messages.success(request, _("Taken back: enter the sheet again."))
    return redirect("votes_desk:sheets", pk)


def _type_sheet(
    request: AuthenticatedHttpRequest,
    poll: Poll,
    act: Callable[[Any], None],
    template: str,
    context: dict[str, Any],
    number: SheetForm | None = None,
) -> HttpResponse:
    form = BallotForm(posted_data(request), poll, pages.questions_of(poll), on_paper=True)
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and (number is None or number.is_valid()):
        with form.attempt():
            act(form.cleaned_data["choices"])
            return redirect("votes_desk:sheets", poll.pk)
    wrong = form.errors or (number is not None and number.errors)
    return render(request, template, context | {"form": form}, status=422 if wrong else 200)
