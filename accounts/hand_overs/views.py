"""Views of hand-overs: all roles of somebody who leaves, and what became of passed work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import record_access, shows_people
from accounts.hand_overs import actions, rules
from accounts.hand_overs.models import HandOver
from accounts.hand_overs.queries import show_rows
from accounts.http import AuthenticatedHttpRequest
from accounts.staff.rules import see
from core.domain.rules import require
from core.web.forms import RefusableForm, posted_data


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def hand_over(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The rows of a hand-over; POST takes back those that may go. rules.hand_over."""
    require(see(request.user))
    rows = HandOver.objects.select_related("person", "department", "by")
    found = get_object_or_404(rows, pk=pk)
    record_access(request.user, [found.person] if found.person else [], "staff.grants")
    verdict = rules.hand_over(request.user, found.person)
    form = RefusableForm(posted_data(request))
    if form.is_valid():
        with form.attempt():
            result = actions.take_back(found, by=request.user)
            _tell(request, result)
            return redirect("staff:hand_over", pk)
    shown = show_rows(found, request.user)
    context: dict[str, Any] = {
        "hand_over": found,
        "whose": found.person,
        "rows": shown,
        "returnable": sum(each.may_go_back for each in shown),
        "form": form,
        "verdict": verdict,
        "back": back_from(found),
    }
    return render(request, "accounts/hand_overs/hand_over.html", context, status=form.status)


def back_from(hand_over: HandOver) -> str:
    """The page of whose work it was."""
    if hand_over.person_id is not None:
        return reverse("staff:person", args=[hand_over.person_id])
    return reverse("city_desk:row", args=["departments", hand_over.department_id])


def _tell(request: AuthenticatedHttpRequest, result: actions.TakenBack) -> None:
    done = len(result.back)
    if done:
        words = ngettext("%(done)d thing went back.", "%(done)d things went back.", done)
        messages.success(request, words % {"done": done})
    for why in dict.fromkeys(str(verdict.message) for _row, verdict in result.left):
        count = sum(str(verdict.message) == why for _row, verdict in result.left)
        words = ngettext(
            "%(count)d thing stays where it is. %(why)s",
            "%(count)d things stay where they are. %(why)s",
            count,
        )
        messages.warning(request, words % {"count": count, "why": why})
    if not done and not result.left:
        messages.info(request, _("All of it has gone back already."))
