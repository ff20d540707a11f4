"""Views of the desk: correcting what an appeal was registered as."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals import actions, rules
from appeals.correcting.forms import CorrectForm
from appeals.desk import case as cases
from appeals.desk import verdicts
from appeals.desk.steps import Step, run_step
from core.domain.rules import require
from core.web.forms import posted_data


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def correct(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Correct kind, theme, category, place and whom it is about. rules.correct: the office."""
    case = cases.load(request, pk)
    require(rules.office(case.user, case.appeal, case.involved))
    form = CorrectForm(posted_data(request), appeal=case.appeal)
    step = Step(
        "correct",
        _("Correct what it was registered as"),
        _("Save"),
        said=_("Saved; the applicant reads what was corrected."),
        explained=_(
            "Proposals, applications and complaints have the terms of 393/96-ВР, requests those "
            "of 2939-VI. A kind of the other law counts the term anew from the day of receipt, "
            "and the applicant is told. It stays a complaint as long as it is about somebody."
        ),
    )
    return run_step(
        request,
        case,
        step,
        form,
        verdicts.may_correct(case),
        lambda _data: actions.correct(case.appeal, by=case.user, to=form.description()),
    )
