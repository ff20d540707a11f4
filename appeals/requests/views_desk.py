"""Views of the desk: refusing a request for information, postponing it, the fee for copying."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals import actions, rules
from appeals.desk import case as cases
from appeals.desk.steps import Step, run_step
from appeals.requests import case as requests
from appeals.requests.forms import FeeForm, PaymentForm, PostponeForm, RefuseForm, values_of_refusal
from core.domain.calendar import local_date
from core.domain.rules import require
from core.web.forms import posted_data


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Draft a refusal of a request, wholly or in part. rules.refuse_request."""
    case = cases.load(request, pk)
    require(rules.work(case.user, case.appeal, case.involved))
    form = RefuseForm(posted_data(request), initial=values_of_refusal(case.appeal))
    step = Step(
        "refuse",
        _("Change the draft of the refusal") if case.refusal else _("Refuse the request"),
        _("Save the draft of the refusal"),
        said=_("The draft is saved. A head approves it before it is sent."),
        explained=_(
            "The grounds are a closed list (2939-VI art. 22(1)). What anybody can find in open "
            "sources is no ground (art. 22(2)); a request for what another body holds is "
            "forwarded to it (art. 22(3))."
        ),
    )
    return run_step(
        request,
        case,
        step,
        form,
        requests.may_refuse(case),
        lambda _data: actions.refuse_request(case.appeal, by=case.user, **form.collect_arguments()),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def postpone(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Postpone the answer for force majeure. rules.postpone: a head."""
    case = cases.load(request, pk)
    require(rules.decide(case.user, case.appeal, case.involved))
    step = Step(
        "postpone",
        _("Postpone the answer for force majeure"),
        _("Postpone, and tell the applicant"),
        said=_("It is postponed; the applicant is told until when, and why."),
        explained=_(
            "Only where force majeure keeps the information from being given in time, in writing, "
            "with the way to complain (2939-VI art. 22(6)–(7))."
        ),
    )
    return run_step(
        request,
        case,
        step,
        PostponeForm(posted_data(request)),
        requests.may_postpone(case),
        lambda data: actions.postpone(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def fee(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask for payment for copying. rules.ask_fee."""
    case = cases.load(request, pk)
    require(rules.respond(case.user, case.appeal, case.involved))
    step = Step(
        "fee",
        _("Ask for payment for copying"),
        _("Tell the applicant what it costs"),
        said=_("The applicant is told what it costs; the rest of the term waits for payment."),
        explained=_(
            "Copies of more than 10 pages are paid for, at the council’s price within the "
            "Cabinet’s limit; never of what is about the applicant themselves or of public "
            "interest (2939-VI art. 21)."
        ),
    )
    return run_step(
        request,
        case,
        step,
        FeeForm(posted_data(request)),
        requests.may_ask_fee(case),
        lambda data: actions.ask_fee(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def payment(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Record that copying was paid for. rules.record_payment."""
    case = cases.load(request, pk)
    require(rules.respond(case.user, case.appeal, case.involved))
    step = Step(
        "payment",
        _("Record the payment for copying"),
        _("Record the payment"),
        said=_("Recorded: the rest of the term runs from the payment."),
    )
    return run_step(
        request,
        case,
        step,
        PaymentForm(posted_data(request), initial={"paid_on": local_date(case.now)}),
        requests.may_record_payment(case),
        lambda data: actions.record_payment(case.appeal, by=case.user, **data),
    )
