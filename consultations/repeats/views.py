"""Desk pages of repeats: the groups, one group, and its buttons."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from consultations.desk.queries import frame, load_worked_on
from consultations.models import KeptApart, Remark
from consultations.repeats import actions, queries, rules
from core.db.paging import neighbours


@login_required
@require_GET
def groups(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Remarks into which others are folded. rules.keep_record."""
    shown = load_worked_on(request, pk)
    page = queries.groups_of(pk, request.GET.get("after", ""))
    context = {**frame(shown, "register"), "page": page, **neighbours(page, request.GET)}
    return render(request, "consultations/desk_repeats.html", context)


@login_required
@require_GET
def group(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Remarks folded into one remark and unfolded from it. rules.keep_record."""
    shown = load_worked_on(request, pk)
    head = _load_remark(pk, remark_pk)
    page = queries.folded_into(head, request.GET.get("after", ""))
    context = {
        **frame(shown, "register"),
        "head": head,
        "page": page,
        **neighbours(page, request.GET),
        "apart": queries.kept_apart_from(head),
        "may_regroup": rules.regroup(request.user, shown.consultation, now=shown.now),
    }
    return render(request, "consultations/desk_repeats_group.html", context)


@login_required
@require_POST
def unfold_all(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Show and answer each of the group by itself. rules.regroup."""
    load_worked_on(request, pk)
    actions.unfold_all(_load_remark(pk, remark_pk), by=request.user)
    messages.success(request, _("Each of them stands by itself now."))
    return redirect("desk:repeats_group", pk, remark_pk)


@login_required
@require_POST
def unfold(
    request: AuthenticatedHttpRequest, pk: int, remark_pk: int, folded_pk: int
) -> HttpResponse:
    """Show and answer one of the group by itself. rules.unfold."""
    load_worked_on(request, pk)
    actions.unfold(_load_remark(pk, folded_pk), by=request.user)
    messages.success(request, _("It stands by itself now."))
    return redirect("desk:repeats_group", pk, remark_pk)


@login_required
@require_POST
def fold(
    request: AuthenticatedHttpRequest, pk: int, remark_pk: int, folded_pk: int
) -> HttpResponse:
    """Take an unfolding back. rules.fold_again."""
    load_worked_on(request, pk)
    apart = KeptApart.objects.select_related("remark__consultation__procedure")
    here = apart.filter(remark__consultation=pk, head=remark_pk)
    actions.fold_again(get_object_or_404(here, pk=folded_pk), by=request.user)
    messages.success(request, _("It is shown with the others again."))
    return redirect("desk:repeats_group", pk, remark_pk)


def _load_remark(consultation_id: int, remark_pk: int) -> Remark:
    remarks = Remark.objects.select_related(
        "consultation__procedure", "comment__author", "comment__organisation", "clause"
    )
    return get_object_or_404(remarks.filter(consultation=consultation_id), pk=remark_pk)
