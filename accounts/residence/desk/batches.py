"""Views of the office about many people: letters to print, lists of checks."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import CheckList, Document, LetterRun, Residence
from accounts.paper.letters import to_print
from accounts.residence import queries, rules
from accounts.residence.checking import confirm_list, decline_list, make_list
from accounts.residence.desk import lists as tables
from accounts.residence.desk.forms import ListForm
from accounts.residence.printing import MOST, print_letters
from city.models import District
from core.domain.rules import Refused, require
from core.export.csv import NotATable
from core.web.forms import posted_data
from core.web.idempotency import idempotent


@login_required
@require_GET
def letters(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Number of waiting letters, and the latest printings. rules.look_up. Shows nobody's name."""
    require(rules.look_up(request.user))
    context = {
        "waiting": queries.waiting_letters(),
        "runs": queries.letter_runs_with_unused(),
        "most": MOST,
    }
    return render(request, "accounts/people/letters.html", context)


@login_required
@require_POST
@shows_people
def print_waiting(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Print what waits as one PDF. rules.look_up."""
    return _answer_pdf(request, None)


@login_required
@require_POST
@shows_people
def print_again(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Print the letters of a run again, with new codes; the old ones are void. rules.look_up."""
    return _answer_pdf(request, get_object_or_404(LetterRun, pk=pk))


def _answer_pdf(request: AuthenticatedHttpRequest, again: LetterRun | None) -> HttpResponse:
    try:
        run, pdf = print_letters(by=request.user, again=again)
    except Refused as refusal:
        if refusal.verdict.code != "letters.none":
            raise
        messages.info(request, str(refusal.verdict.message))
        return redirect("people:letters")
    people = run.letters.values_list("residence__user", flat=True)
    record_access(request.user, list(people), "residence.letter")
    return to_print(pdf, f"lysty-{run.pk}.pdf")


def _list_answer(request: HttpRequest, list_id: int) -> HttpResponse:
    return _to_list(request, get_object_or_404(CheckList, pk=list_id))


@idempotent(_list_answer)
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def lists(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Hand in a list of checks; see those that wait. rules.look_up, checking.make_list."""
    require(rules.look_up(request.user))
    form = ListForm(posted_data(request), request.FILES or None)
    wrong: list[tuple[int, str]] = []
    seen: list[int] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = tables.read(form.cleaned_data["table"])
            wrong, seen = done.wrong, [proof.user.pk for proof in done.proofs]
            if wrong:
                form.add_error("table", _("Nothing was taken over: some lines are wrong."))
            else:
                made = make_list(done.proofs, by=request.user)
                return _handed_in(request, made, seen)
        except NotATable as reason:
            form.add_error("table", str(reason))
        except Refused as refusal:
            form.refuse(refusal.verdict)
    record_access(request.user, seen, "identity.check")
    context = {
        "form": form,
        "wrong": wrong,
        "lists": queries.waiting_lists(),
        "columns": tables.COLUMNS,
        "documents": Document.choices,
        "bases": Residence.Basis.choices,
        "districts": District.objects.open(),
        "alone": settings.CHECKS_ALONE,
        "most": tables.MOST,
    }
    return render(request, "accounts/people/lists.html", context, status=form.status)


def _handed_in(request: AuthenticatedHttpRequest, made: CheckList, seen: list[int]) -> HttpResponse:
    record_access(request.user, seen, "identity.check")
    return _to_list(request, made)


def _to_list(request: HttpRequest, made: CheckList) -> HttpResponse:
    if made.applied_at:
        messages.success(request, _("Recorded."))
        return redirect("people:lists")
    messages.success(request, _("Handed in. It waits for another officer."))
    return redirect("people:list", made.pk)


@login_required
@require_GET
@shows_people
def one_list(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Exactly what a waiting list says of whom. rules.look_up."""
    require(rules.look_up(request.user))
    return _list_page(request, get_object_or_404(CheckList.objects.waiting(), pk=pk))


def _list_page(
    request: AuthenticatedHttpRequest, check_list: CheckList, refused: str = ""
) -> HttpResponse:
    rows = list(
        check_list.rows.select_related("user", "user__paper_account", "district").order_by("pk")
    )
    record_access(request.user, [row.user_id for row in rows], "identity.check")
    context = {
        "list": check_list,
        "rows": rows,
        "refused": refused,
        "may_confirm": rules.confirm(request.user, check_list),
        "own": check_list.by_id == request.user.pk,
    }
    return render(request, "accounts/people/list.html", context, status=422 if refused else 200)


def _confirm_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Confirmed: all of the list is recorded."))
    return redirect("people:lists")


@idempotent(_confirm_answer)
@login_required
@require_POST
@shows_people
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Apply another officer's list. rules.confirm."""
    require(rules.look_up(request.user))
    check_list = get_object_or_404(CheckList, pk=pk)
    try:
        confirm_list(check_list, by=request.user)
    except Refused as refusal:
        return _list_page(request, check_list, str(refusal.verdict.message))
    return _confirm_answer(request, pk, pk)


@login_required
@require_POST
def decline(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Refuse a list, or take back one's own. rules.decline."""
    require(rules.look_up(request.user))
    decline_list(get_object_or_404(CheckList, pk=pk), by=request.user)
    messages.success(request, _("Nothing of the list is recorded."))
    return redirect("people:lists")
