"""The task that a guarded petition asks of who signs."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import Limit
from core.domain.rules import require
from petitions.defence import proof
from petitions.models import Petition

#: Tasks that one person may ask for: each costs the server as much as a try costs her.
TASKS = Limit("proof-tasks", 60, timedelta(minutes=10))


@login_required
@require_safe
def challenge(request: AuthenticatedHttpRequest, pk: int) -> JsonResponse:
    """A new task (ALTCHA, PoW v2) for whoever is signed in and for this petition. It keeps
    nothing; a task works once."""
    petition = get_object_or_404(Petition.objects.published().only("pk"), pk=pk)
    require(TASKS.spend(request.user.pk))
    answer = JsonResponse(proof.challenge(petition.pk, request.user.pk))
    answer["Cache-Control"] = "private, no-store"
    return answer
