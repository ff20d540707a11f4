"""Public views of panels: results, lists, the lot to repeat; and the answer of a member."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import limits
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from core.domain import clock
from core.export.csv import as_csv
from core.web.forms import posted_data
from insights.models import Panel, PanelMember, TrustSurvey
from insights.panel import actions, repeat
from insights.panel.charts import MOST_SURVEYS, draw_trust
from insights.panel.forms import AnswerForm
from insights.panel.queries import (
    STRATA_COLUMNS,
    ShownPanel,
    panel_rows,
    show_panels,
    strata_rows,
)

#: Panels on the page: ten years of them.
MOST = 40


def _panels(request: HttpRequest) -> Any:
    rows = Panel.objects.visible_to(request.user).filter(listed_at__isnull=False)
    return rows.without_list().prefetch_related("strata", "tallies")


def _load_shown(request: HttpRequest, pk: int) -> ShownPanel:
    return show_panels([get_object_or_404(_panels(request), pk=pk)])[0]


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """Trust by quarters: the closed panels, and the one that goes on. Anybody."""
    shown = show_panels(_panels(request).order_by("-year", "-quarter")[:MOST])
    told = [each for each in reversed(shown) if each.trusting is not None]
    surveys = list(TrustSurvey.objects.all()[:MOST_SURVEYS])
    drawn = list(reversed(surveys))
    context = {
        "shown": shown,
        "told": told,
        "surveys": surveys,
        "bars": draw_trust(told, drawn),
        "has_weighted": any(each.weighted is not None for each in shown),
    }
    return render(request, "insights/trust.html", context)


@require_safe
def trust_csv(request: HttpRequest) -> HttpResponseBase:
    """The results of all closed panels. Anybody."""
    shown = show_panels(_panels(request).order_by("year", "quarter")[:MOST])
    head = ("panel", "drawn", "answered", "answers", "number")
    rows = ([row[name] for name in head] for each in shown for row in panel_rows(each))
    return as_csv(head, rows, "trust.csv")


@require_safe
def strata_csv(request: HttpRequest) -> HttpResponseBase:
    """The results of all closed panels by strata, small ones merged. Anybody."""
    shown = show_panels(_panels(request).order_by("year", "quarter")[:MOST])
    rows = (row for each in shown for row in strata_rows(each))
    return as_csv(STRATA_COLUMNS, rows, "trust-strata.csv")


@require_safe
def surveys_csv(request: HttpRequest) -> HttpResponseBase:
    """The surveys of trust by another method, with their sources. Anybody."""
    head = ("held_on", "source", "url", "question", "method", "answered", "trusting")
    rows = TrustSurvey.objects.order_by("held_on", "pk").values_list(*head)
    return as_csv(head, rows.iterator(), "trust-surveys.csv")


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A panel from its list to its results, with what one needs to repeat the lot. Anybody."""
    return render(request, "insights/panel.html", {"shown": _load_shown(request, pk)})


@require_safe
def panel_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The published list of keys, byte by byte. Anybody."""
    found = get_object_or_404(Panel.objects.filter(listed_at__isnull=False), pk=pk)
    return _file(found.list_text, "text/csv", f"panel-{found.name}-list.csv")


@require_safe
def panel_drawn(request: HttpRequest, pk: int) -> HttpResponse:
    """The keys that were drawn. Anybody."""
    found = get_object_or_404(Panel.objects.filter(drawn_at__isnull=False), pk=pk)
    drawn = repeat.draw(found.list_text, found.seed)
    rows = [f"{stratum},{key}" for stratum, keys in drawn.items() for key in sorted(keys)]
    text = "\n".join(("stratum,key", *rows)) + "\n"
    return _file(text, "text/csv", f"panel-{found.name}-drawn.csv")


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The program that repeats the lot; Python alone runs it. Anybody."""
    text = Path(repeat.__file__).read_text(encoding="utf-8")
    return _file(text, "text/x-python", "repeat.py")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
@per_person(limits.MANAGE)
def answer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Answer the question of a panel: who was drawn for it. rules.answer; others get 404."""
    members = PanelMember.objects.filter(panel=pk, user=request.user, is_drawn=True)
    member = members.select_related("panel").defer("panel__list_text").first()
    if member is None:
        raise Http404
    [shown] = show_panels([member.panel])
    form = AnswerForm(posted_data(request), question=shown.question)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.answer(member.panel, by=request.user, value=form.cleaned_data["value"])
            messages.success(request, _("Thank you. Your answer is counted, and nobody sees it."))
            return redirect("panel_account:consent")
    context = {
        "shown": shown,
        "form": form,
        "member": member,
        "is_open": member.panel.is_open(clock.now()),
    }
    return render(request, "insights/panel_answer.html", context, status=form.status)
