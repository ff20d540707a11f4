"""The desk: telling an applicant that a petition or a remark may serve them too."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from appeals.models import Appeal
from appeals.queries import load_involved
from appeals.tracks import rules
from appeals.tracks.actions import suggest_track
from core.domain import clock
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from portal.tracks.forms import SuggestForm


def _suggested_answer(request: HttpRequest, _entry_id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The applicant reads it on the page of their appeal."))
    return redirect("appeals_desk:detail", pk)


@idempotent(_suggested_answer)
@login_required
@require_http_methods(["GET", "POST"])
def suggest(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Suggest another track to the applicant. rules.suggest_track: who deals with them.

    The page shows the appeal's number alone, so opening it is no reading.
    """
    require(use_desk(request.user))
    appeal = get_object_or_404(Appeal.objects.worked_on_by(request.user), pk=pk)
    form = SuggestForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            entry = suggest_track(appeal, by=request.user, **form.cleaned_data)
            return _suggested_answer(request, entry.pk, pk)
    else:
        involved, now = load_involved(appeal), clock.now()
        asked = {"track": "petition", "words": ""}
        require(rules.suggest_track(request.user, appeal, involved=involved, now=now, **asked))
    context = {"appeal": appeal, "form": form}
    return render(request, "portal/tracks/suggest.html", context, status=form.status)
