"""The desk's button that makes an article's draft of a press conference."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import AuthenticatedHttpRequest
from core.web.idempotency import idempotent
from newsroom.conferences import actions
from newsroom.press.views_desk import conference_to_work_on


def _drafted_answer(request: HttpRequest, made_id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Saved as a draft. Nobody else reads it yet."))
    return redirect("newsroom_desk:detail", made_id)


@idempotent(_drafted_answer)
@login_required
@require_POST
def draft(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Make the draft of the questions and answers. conferences.rules.draft."""
    meeting = conference_to_work_on(request, pk)
    made = actions.draft_article(meeting, by=request.user)
    return _drafted_answer(request, made.pk, pk)
