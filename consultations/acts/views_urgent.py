"""Acts without a consultation: their public pages, and the desk's page to publish one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.acts import actions
from consultations.acts.forms import UrgentActForm
from consultations.acts.models import UrgentAct
from consultations.acts.urgent_items import asked_of_urgent
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.pages import shared_page


def _topics(**_arguments: Any) -> list[str]:
    return ["consultations"]


@require_safe
@shared_page(_topics)
def urgent_acts(request: HttpRequest) -> HttpResponse:
    """Acts adopted without public consultations, the newest first. Anybody."""
    rows = UrgentAct.objects.select_related("department").defer("text", "justification")
    page = page_of(rows, order=("-adopted_on", "-id"), after=request.GET.get("after"))
    context = {"acts": page, **neighbours(page, request.GET)}
    return render(request, "consultations/acts/urgent_list.html", context)


@require_safe
@shared_page(_topics)
def urgent_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: its ground by law, why it could not wait, and its text. Anybody."""
    act = UrgentAct.objects.select_related("department").filter(pk=pk).first()
    if act is None:
        raise Http404
    context = {"act": act, "asked": asked_of_urgent(act)}
    return render(request, "consultations/acts/urgent.html", context)


def _published_answer(request: HttpRequest, act_pk: int) -> HttpResponse:
    messages.success(request, _("Published, with its grounds and its text."))
    return redirect("acts:urgent_act", act_pk)


@idempotent(_published_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_urgent_act(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Publish an act that could not wait for a consultation. consultations.rules.begin,
    acts.rules.publish."""
    require(rules.begin(request.user))
    form = UrgentActForm(posted_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            act = actions.publish(by=request.user, fields=form.cleaned_data)
            return _published_answer(request, act.pk)
    context = {"form": form}
    return render(request, "consultations/acts/desk_urgent.html", context, status=form.status)
