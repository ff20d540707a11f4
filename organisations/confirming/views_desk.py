"""Views of the office about organisations. What is seen of people stands in their journals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours
from core.domain.rules import Refused, require
from core.web.downloads import to_save
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from organisations import queries, rules, waiting
from organisations.confirming import actions
from organisations.confirming import actions_letters as letters_actions
from organisations.confirming.forms import ConfirmForm, HeadForm, ReasonForm
from organisations.mandates import actions_invitations as invitations_actions
from organisations.models import Amendment, Organisation
from organisations.queries import ShownOrganisation
from organisations.registering import actions as registering_actions
from organisations.registering.tables import write_table

LISTS = ("waiting", "refused", "confirmed", "headless", "closed")


@login_required
@require_GET
@shows_people
def queue(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Organisations waiting for the office, the oldest first; other lists. rules.work_at_desk."""
    require(rules.work_at_desk(request.user))
    name = request.GET.get("list", "")
    name = name if name in LISTS else "waiting"
    page = queries.queue(name, request.GET.get("after"))
    amendments = queries.amendments() if name == "waiting" else []
    letters = queries.letters_waiting()
    people = [
        *(each.registered_by_id for each in page),
        *(each.asked_by_id for each in amendments),
        *(each.asked_by_id for each in letters),
    ]
    record_access(request.user, people, "organisation.check")
    waits = waiting.for_organisations([each.pk for each in page])
    context = {
        "organisations": [
            ShownOrganisation(each, waiting_number=len(waits.get(each.pk, ()))) for each in page
        ],
        "list": name,
        "tabs": _tabs(name),
        "amendments": amendments,
        "letters": letters,
        **neighbours(page, request.GET),
    }
    return render(request, "organisations/desk_queue.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {
        "waiting": _("Waiting"),
        "refused": _("Refused"),
        "confirmed": _("Confirmed"),
        "headless": _("Without a head"),
        "closed": _("Closed"),
    }
    return [
        {"label": label, "url": f"?list={name}", "current": name == current}
        for name, label in labels.items()
    ]


@login_required
@require_GET
@shows_people
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One organisation with all that is checked. rules.work_at_desk."""
    return _detail(request, _organisation(request, pk))


def _detail(
    request: AuthenticatedHttpRequest, organisation: Organisation, **bound: Any
) -> HttpResponse:
    people = queries.people_of(organisation)
    rivals = queries.other_claims_to_code(organisation)
    seen = [organisation.registered_by_id, *(mandate.user_id for mandate in people)]
    record_access(
        request.user, [*seen, *(rival.registered_by_id for rival in rivals)], "organisation.check"
    )
    forms = {"confirm_form": ConfirmForm(), "reason_form": ReasonForm(), "head_form": HeadForm()}
    context = {
        "organisation": organisation,
        "state": queries.state_of(organisation),
        "people": people,
        "headless": bool(organisation.is_confirmed) and not any(one.is_head for one in people),
        "rivals": rivals,
        "waiting": waiting.for_organisations([organisation.pk]).get(organisation.pk, []),
        "letter": organisation.letters.filter(ended_at=None).first(),
        **(forms | bound),
    }
    wrong = any(form.errors for form in bound.values())
    return render(request, "organisations/desk_detail.html", context, status=422 if wrong else 200)


@login_required
@require_POST
@shows_people
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Confirm it by the papers that were shown. desk.rules.confirm_at_office."""
    organisation = _organisation(request, pk)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.confirm_at_office(organisation, by=request.user, **form.cleaned_data)
            messages.success(request, _("Confirmed. Its head is told by mail."))
            return redirect("organisations_desk:queue")
    return _detail(request, organisation, confirm_form=form)


@login_required
@require_POST
@shows_people
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say why it cannot be confirmed. desk.rules.refuse_at_office."""
    organisation = _organisation(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.refuse_at_office(organisation, by=request.user, **form.cleaned_data)
            messages.success(request, _("Refused. The person is told by mail, with your reason."))
            return redirect("organisations_desk:queue")
    return _detail(request, organisation, reason_form=form)


def _head_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The invitation is on its way."))
    return redirect("organisations_desk:detail", pk)


@idempotent(_head_answer)
@login_required
@require_POST
@shows_people
def name_head(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Invite somebody to run an organisation that nobody runs. rules.invite."""
    organisation = _organisation(request, pk)
    form = HeadForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        with form.attempt():
            made = invitations_actions.invite(
                organisation, by=request.user, email=email, is_head=True
            )
            return _head_answer(request, made.pk, pk)
    return _detail(request, organisation, head_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End an organisation here. rules.close."""
    organisation = _organisation(request, pk)
    if request.method == "POST":
        registering_actions.close(organisation, by=request.user)
        messages.success(request, _("Closed. What the organisation said stays."))
        return redirect("organisations_desk:queue")
    return render(request, "organisations/desk_close.html", {"organisation": organisation})


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def amendment(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Another name or location: take it over, or turn it down. desk.rules.decide_amendment."""
    require(rules.work_at_desk(request.user))
    asked = get_object_or_404(Amendment.objects.select_related("organisation", "asked_by"), pk=pk)
    accepts = request.POST.get("decision") == "accept"
    form = ReasonForm(posted_data(request))
    if accepts:
        form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        reason = "" if accepts else form.cleaned_data["reason"]
        with form.attempt():
            actions.decide_amendment(asked, by=request.user, accept=accepts, reason=reason)
            messages.success(request, _("Decided. Whoever asked is told by mail."))
            return redirect("organisations_desk:queue")
    record_access(request.user, asked.asked_by, "organisation.check")
    context = {"amendment": asked, "organisation": asked.organisation, "form": form}
    return render(request, "organisations/desk_amendment.html", context, status=form.status)


@login_required
@require_POST
@shows_people
def print_letters(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The letters that are marked, as one PDF; it is not kept. rules.work_at_desk."""
    marked = [
        int(key) for key in request.POST.getlist("letter") if key.isdecimal() and len(key) < 19
    ]
    try:
        letters, pdf = letters_actions.print_letters(by=request.user, compared=marked)
    except Refused as refusal:
        if refusal.verdict.code != "organisation.no_letters":
            raise
        messages.info(request, str(refusal.verdict.message))
        return redirect("organisations_desk:queue")
    record_access(request.user, [letter.asked_by_id for letter in letters], "organisation.letter")
    return to_save(pdf, "application/pdf", "lysty.pdf")


@login_required
@require_GET
@shows_people
def export(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All organisations as a table (CSV). rules.work_at_desk."""
    require(rules.work_at_desk(request.user))
    organisations = Organisation.objects.order_by("pk")
    record_access(
        request.user,
        organisations.values_list("registered_by", flat=True).distinct(),
        "organisation.check",
    )
    return to_save(write_table(organisations), "text/csv; charset=utf-8", "organisations.csv")


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    require(rules.work_at_desk(request.user))
    organisations = Organisation.objects.select_related(
        "registered_by", "confirmed_by", "refused_by"
    )
    return get_object_or_404(organisations, pk=pk)
