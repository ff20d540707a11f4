"""Views of the desk: accepting an appeal, giving it to executors, extending, and its endings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals import actions, rules, terms
from appeals.desk import case as cases
from appeals.desk import verdicts
from appeals.desk.forms import (
    AcceptForm,
    AskHeadForm,
    AssignForm,
    ExtendForm,
    ForwardForm,
    LeaveForm,
    MoveForm,
    ReturnForm,
    ShortenForm,
    values_of_executors,
)
from appeals.desk.queries import departments_offered, executors_offered
from appeals.desk.steps import Step, run_step
from appeals.requests import case as requests
from core.domain.rules import require
from core.web.forms import posted_data


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def accept(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take it to be considered. rules.accept: the office."""
    case = cases.load(request, pk)
    require(rules.office(case.user, case.appeal, case.involved))
    appeal = case.appeal
    initial = {
        "kind": appeal.kind,
        "theme": appeal.theme_id,
        "category": appeal.category_id,
        "privileged": appeal.privileged,
        "term": appeal.term if appeal.term in {"urgent", "simple"} else "",
        "about_department": appeal.about_department_id,
        "about_person": appeal.about_person_id,
    }
    form = AcceptForm(
        posted_data(request),
        initial=initial,
        executors=executors_offered(case),
        about=(appeal.about_department_id, appeal.about_person_id),
    )
    step = Step(
        "accept",
        _("Accept it for consideration"),
        _("Accept"),
        said=_("Accepted: the executors see it now, and the applicant reads who answers."),
    )
    return run_step(
        request,
        case,
        step,
        form,
        verdicts.may_accept(case),
        lambda _data: actions.accept(appeal, by=case.user, **form.collect_arguments()),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def assign(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say anew who executes it. rules.assign: the office, the head of the department."""
    case = cases.load(request, pk)
    require(rules.resolve(case.user, case.appeal, case.involved))
    form = AssignForm(
        posted_data(request),
        initial=values_of_executors(case.appeal),
        executors=executors_offered(case),
        departments=list(departments_offered(case)),
    )
    step = Step(
        "assign",
        _("Give it to other executors"),
        _("Save"),
        said=_("Saved. Those who are no longer executors cannot read it."),
        explained=_("One department answers, others help. The applicant reads their names."),
    )
    return run_step(
        request,
        case,
        step,
        form,
        verdicts.may_assign(case),
        lambda _data: actions.assign(case.appeal, by=case.user, **form.collect_arguments()),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def extend(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Extend its term, once. rules.extend: the head of the body or a deputy; a request’s, a
    head."""
    case = cases.load(request, pk)
    require(rules.lengthen(case.user, case.appeal, case.involved, case.leaders))
    longer = terms.extension_of(case.appeal)
    last = verdicts.last_working_day(case, longer) if longer else None
    form = ExtendForm(posted_data(request), initial={"until": last})
    step = Step(
        "extend",
        _("Extend the term"),
        _("Extend, and tell the applicant"),
        said=_("The term is extended; the applicant is told until when, and why."),
        explained=str(longer.words) if longer else "",
    )
    return run_step(
        request,
        case,
        step,
        form,
        verdicts.may_extend(case),
        lambda data: actions.extend(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def ask_head(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask the head of the body to decide about it. rules.ask_head."""
    case = cases.load(request, pk)
    require(rules.respond(case.user, case.appeal, case.involved))
    step = Step(
        "ask_head",
        _("Ask the head of the body to decide"),
        _("Ask the head of the body"),
        said=_("The head of the body and the deputies may read it now, and decide."),
        explained=_(
            "The head of the body alone leaves an appeal without consideration (393/96-ВР art. "
            "8); the head or a deputy extends its term (art. 20). Until they are asked they "
            "cannot read it."
        ),
    )
    return run_step(
        request,
        case,
        step,
        AskHeadForm(posted_data(request)),
        requests.may_ask_head(case),
        lambda data: actions.ask_head(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def shorten(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Shorten its term on the applicant's demand. rules.shorten: the office, a head."""
    case = cases.load(request, pk)
    require(rules.resolve(case.user, case.appeal, case.involved))
    step = Step(
        "shorten",
        _("Shorten the term"),
        _("Shorten, and tell the applicant"),
        said=_("The term is shorter; the applicant is told until when."),
        explained=_("On a reasoned written demand of the applicant (393/96-ВР art. 20)."),
    )
    return run_step(
        request,
        case,
        step,
        ShortenForm(posted_data(request)),
        verdicts.may_shorten(case),
        lambda data: actions.shorten(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def forward(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Forward it to the competent body. rules.forward."""
    case = cases.load(request, pk)
    require(rules.respond(case.user, case.appeal, case.involved))
    step = Step(
        "forward",
        _("Forward it to the competent body"),
        _("Forward, and tell the applicant"),
        said=_("Forwarded; the applicant is told where."),
        explained=_(
            "To who holds the information, telling the applicant at once (2939-VI art. 22). This "
            "ends its consideration here."
        )
        if case.appeal.is_request
        else _(
            "Within five days of the day of receipt (393/96-ВР art. 7). This ends its "
            "consideration here."
        ),
        danger=True,
    )
    return run_step(
        request,
        case,
        step,
        ForwardForm(posted_data(request), initial={"sheets": cases.sheets_of(case.appeal)}),
        verdicts.may_forward(case),
        lambda data: actions.forward(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def return_(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Return it with what is missing. rules.return_."""
    case = cases.load(request, pk)
    require(rules.respond(case.user, case.appeal, case.involved))
    step = Step(
        "return",
        _("Return it to the applicant"),
        _("Return it, with what is missing"),
        said=_("Returned; the applicant reads what is missing."),
        explained=_(
            "What is not made out as the law asks within ten days, what lacks data within five "
            "(393/96-ВР arts 5, 7)."
        ),
        danger=True,
    )
    return run_step(
        request,
        case,
        step,
        ReturnForm(posted_data(request)),
        verdicts.may_return(case),
        lambda data: actions.return_(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def leave(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Leave it without consideration. rules.leave_without_consideration: the head of the body
    alone."""
    case = cases.load(request, pk)
    require(rules.dismiss(case.user, case.appeal, case.leaders))
    step = Step(
        "leave",
        _("Leave it without consideration"),
        _("Leave it without consideration"),
        said=_("It is left without consideration; the applicant reads why."),
        explained=_(
            "The head of the body decides this, on a ground of the law (393/96-ВР arts 8, 17)."
        ),
        danger=True,
    )
    return run_step(
        request,
        case,
        step,
        LeaveForm(posted_data(request)),
        verdicts.may_leave(case),
        lambda data: actions.leave_without_consideration(case.appeal, by=case.user, **data),
    )


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def move(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Go on with it as an administrative case. rules.move."""
    case = cases.load(request, pk)
    require(rules.respond(case.user, case.appeal, case.involved))
    step = Step(
        "move",
        _("Go on with it as an administrative case"),
        _("End it here, and tell the applicant"),
        said=_("It goes on as an administrative case; the applicant is told."),
        explained=_(
            "Matters of law 2073-IX leave this track (393/96-ВР art. 12): they are decided within "
            "30 days, extended by at most 15."
        ),
        danger=True,
    )
    return run_step(
        request,
        case,
        step,
        MoveForm(posted_data(request)),
        verdicts.may_move(case),
        lambda data: actions.move(case.appeal, by=case.user, **data),
    )
