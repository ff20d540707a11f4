"""The poll that stands with an answer: put there and taken off."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import RefusableForm
from petitions import rules
from petitions.desk.case import run_and_redirect, worked_on
from petitions.models import Petition
from petitions.polls import actions
from votes.desk.attaching import AttachForm


def _answered(request: AuthenticatedHttpRequest, pk: int) -> Petition:
    petition = worked_on(request, pk)
    require(rules.keep_record(request.user, petition))
    if not hasattr(petition, "answer"):
        raise Http404
    return petition


@login_required
@require_POST
@shows_people
def attach_poll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a poll with the answer. polls.rules.attach."""
    petition = _answered(request, pk)
    form = AttachForm(request.POST, department_id=petition.department_id)
    do = partial(actions.attach, petition, by=request.user)
    said = _("The poll stands with the answer.")
    return run_and_redirect(request, petition, "poll_form", form, do, said=said)


@login_required
@require_POST
@shows_people
def detach_poll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take the poll off the answer. polls.rules.detach."""
    petition = _answered(request, pk)
    do = partial(actions.detach, petition, by=request.user)
    said = _("The poll is taken off the answer.")
    return run_and_redirect(request, petition, "", RefusableForm(request.POST), do, said=said)
