"""Who stands in for whom: named by the absent person or an administrator, ended by either."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import Absence, User
from accounts.staff import actions, rules
from accounts.staff.forms import CoverForm
from core.domain import clock
from core.domain.rules import require
from core.web.forms import RefusableForm, posted
from core.web.idempotency import idempotent


def _cover_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Your colleague stands in on those days."))
    return redirect("staff:person", pk)


@idempotent(_cover_answer)
@login_required
@require_http_methods(["GET", "POST"])
def cover(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Name who stands in. rules.name_cover: the absent person herself and administrators."""
    absent = get_object_or_404(User, pk=pk)
    require(rules.may_be_covered(request.user, absent))
    form = CoverForm(posted(request), absent=absent)
    if form.is_valid():
        with form.attempt():
            made = actions.name_cover(absent, by=request.user, **form.facts())
            return _cover_answer(request, made.pk, pk)
    context = {"whose": absent, "form": form, "back": reverse("staff:person", args=[pk])}
    return render(request, "accounts/staff/cover.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End a cover early, after a question. rules.end_cover."""
    absence = get_object_or_404(Absence.objects.select_related("absent", "cover"), pk=pk)
    require(rules.touch_cover(request.user, absence))
    whose = absence.cover_id if absence.cover_id == request.user.pk else absence.absent_id
    back = reverse("staff:person", args=[whose])
    form = RefusableForm(posted(request))
    if form.is_valid():
        with form.attempt():
            actions.end_cover(absence, by=request.user)
            messages.success(request, _("The cover has ended."))
            return redirect(back)
    verdict = rules.end_cover(request.user, absence, now=clock.now())
    context = {"absence": absence, "form": form, "verdict": verdict, "back": back}
    return render(request, "accounts/staff/end_cover.html", context, status=form.status)
