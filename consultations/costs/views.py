"""Pages of costs: where organisations say what a draft would cost, and where everybody reads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from consultations import pages, queries
from consultations.costs import actions, rules
from consultations.costs import queries as costs
from consultations.costs.forms import CostForm
from consultations.costs.models import Cost
from consultations.models import Consultation, topic_of
from consultations.presenters import ShownConsultation
from consultations.remarks import limits
from consultations.remarks.participation import eligibility_at_all
from core.domain.rules import ALLOWED, Verdict, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.pages import shared_page
from discussions import voices
from organisations.models import Organisation


def _topic(pk: int) -> list[str]:
    return [topic_of(pk)]


def _load_consultation(request: HttpRequest, pk: int) -> ShownConsultation:
    """A consultation that asks for costs; others have no such pages."""
    visible = Consultation.objects.visible_to(request.user).about_business()
    return ShownConsultation.of(get_object_or_404(queries.for_page(visible), pk=pk))


@require_safe
@shared_page(_topic)
def cost_table(request: HttpRequest, pk: int) -> HttpResponse:
    """Expected costs of the draft by size of business, once it has closed. Anybody."""
    shown = _load_consultation(request, pk)
    context = {
        **pages.consultation_context(shown),
        "number": costs.how_many(shown.consultation),
        "costs": costs.public_table(shown, pages.text_shown(shown.consultation)),
    }
    return render(request, "consultations/cost_table.html", context)


def _cost_answer(request: AuthenticatedHttpRequest, cost_id: int, pk: int) -> HttpResponse:
    cost = get_object_or_404(Cost, pk=cost_id, consultation=pk)
    return _thanks(request, _load_consultation(request, pk).consultation, cost.organisation_id)


@idempotent(_cost_answer)
@login_required
@require_http_methods(["GET", "POST"])
def say_cost(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say for an organisation what a clause would cost it. Whoever may comment for it."""
    shown = _load_consultation(request, pk)
    context = _form_context(request, shown)
    form = context["form"] = CostForm(posted_data(request), said=context["before"])
    if request.method == "POST" and form.is_valid():
        clause = context["clause"]
        with form.attempt():
            require(limits.SPEAK.spend(request.user.pk))
            actions.say_cost(
                shown.consultation,
                by=request.user,
                organisation_id=context["organisation_id"],
                clause_id=clause.pk if clause else None,
                **form.said(),
            )
            return _thanks(request, shown.consultation, context["organisation_id"])
    template = "consultations/cost_form.html" + ("#form" if request.htmx else "")
    return render(request, template, context, status=form.status)


def _may_say(request: AuthenticatedHttpRequest, shown: ShownConsultation) -> Verdict:
    consultation, procedure = shown.consultation, shown.consultation.procedure
    eligibility = eligibility_at_all(request.user, procedure)
    return rules.say(request.user, consultation, procedure, now=shown.now, eligibility=eligibility)


def _form_context(request: AuthenticatedHttpRequest, shown: ShownConsultation) -> dict[str, Any]:
    """For whom and of which clause, and what was said of it before.

    ``organisation_id`` is the one that the form was opened for, also when it is theirs no more:
    the action then says so, and their figures stay in the form.
    """
    consultation = shown.consultation
    text = pages.text_shown(consultation)
    mine = voices.organisations_of(request.user)
    asked = {**request.GET.dict(), **request.POST.dict()}
    organisation = _choose_organisation(mine, asked.get("organisation", ""))
    given = asked.get("organisation", "")
    number = int(given) if given.isdecimal() and len(given) < 19 else 0
    clause = text.find(asked.get("clause", "")) if text else None
    said = costs.load_answers_of(consultation, organisation) if organisation else []
    key = clause.key if clause else None
    return {
        "consultation": consultation,
        "verdict": _may_say(request, shown),
        "organisations": mine,
        "organisation": organisation,
        "organisation_id": organisation.pk if organisation else number,
        "may_say_as": rules.say_as(organisation) if organisation else ALLOWED,
        "clause": clause,
        "said": said,
        "before": next((cost for cost in said if cost.clause_key == key), None),
    }


def _choose_organisation(mine: list[Organisation], asked: str) -> Organisation | None:
    """The one asked for, or the only one. One that was asked for and is not theirs is none."""
    if not asked:
        return mine[0] if len(mine) == 1 else None
    return next((each for each in mine if str(each.pk) == asked), None)


def _thanks(
    request: AuthenticatedHttpRequest, consultation: Consultation, organisation_id: int
) -> HttpResponse:
    said = _("Thank you. The figures are kept; until the end you may change them.")
    if request.htmx:
        context: dict[str, Any] = {"consultation": consultation, "said_now": said}
        return render(request, "consultations/cost_form.html#thanks", context)
    messages.success(request, said)
    address = reverse("consultations:say_cost", args=[consultation.pk])
    return redirect(f"{address}?organisation={organisation_id}")


@login_required
@require_POST
def take_back_cost(request: AuthenticatedHttpRequest, pk: int, cost_pk: int) -> HttpResponse:
    """Take an organisation's figures back. Whoever may comment for it."""
    consultation = _load_consultation(request, pk).consultation
    mine = voices.organisations_of(request.user)
    own = Cost.objects.filter(consultation=consultation, organisation__in=mine)
    cost = get_object_or_404(own.select_related("consultation"), pk=cost_pk)
    actions.take_back_cost(cost, by=request.user)
    messages.success(request, _("The figures are taken back."))
    address = reverse("consultations:say_cost", args=[pk])
    return redirect(f"{address}?organisation={cost.organisation_id}")
