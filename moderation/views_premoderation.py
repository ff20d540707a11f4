"""The moderators' switch: for a time everything is read before it is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import StaffRole, User
from consultations.models import Consultation
from consultations.premoderation import actions
from consultations.querysets import ConsultationQuerySet
from core.domain import clock
from core.domain.rules import require
from discussions.rules import use_queue
from moderation.forms import PremoderationForm
from moderation.tabs import tabs

#: More open consultations than this are not listed.
_MOST = 100


def _moderated_consultations(user: User) -> ConsultationQuerySet:
    """Open consultations that they moderate, those that close first in front."""
    rows = Consultation.objects.open().order_by("closes_at", "pk")
    if user.moderates():
        return rows
    return rows.filter(pk__in=user.things_as("consultation", StaffRole.MODERATOR))


@login_required
@require_GET
def premoderation(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Open consultations, and whether moderators read first there. rules.use_queue."""
    require(use_queue(request.user))
    return _premoderation(request)


def _premoderation(
    request: AuthenticatedHttpRequest, refused: tuple[int, PremoderationForm] | None = None
) -> HttpResponse:
    now = clock.now()
    context: dict[str, Any] = {
        "rows": [
            {
                "consultation": each,
                "is_begun": each.is_premoderated_at(now) and not each.premoderates,
                "form": refused[1]
                if refused and refused[0] == each.pk
                else PremoderationForm(consultation=each),
            }
            for each in _moderated_consultations(request.user).defer("search")[:_MOST]
        ],
        "tabs": tabs(request.user, "premoderation"),
    }
    status = 422 if refused else 200
    return render(request, "moderation/premoderation.html", context, status=status)


@login_required
@require_POST
def begin(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Read everything first for some hours. consultations.premoderation.rules.begin."""
    require(use_queue(request.user))
    found = get_object_or_404(_moderated_consultations(request.user), pk=pk)
    form = PremoderationForm(request.POST, consultation=found)
    if form.is_valid():
        with form.attempt():
            until = clock.now() + timedelta(hours=int(form.cleaned_data["hours"]))
            actions.begin(found, by=request.user, until=until, reason=form.cleaned_data["reason"])
            messages.success(request, _("What is said from now on waits until you have read it."))
            return redirect("moderation:premoderation")
    return _premoderation(request, refused=(pk, form))


@login_required
@require_POST
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Show at once again what is said. consultations.premoderation.rules.end."""
    require(use_queue(request.user))
    actions.end(get_object_or_404(_moderated_consultations(request.user), pk=pk), by=request.user)
    messages.success(request, _("What is said from now on is shown at once. Read what waits."))
    return redirect("moderation:premoderation")
