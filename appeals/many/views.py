"""View of the desk: many appeals are accepted and given to one executor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from accounts.staff.queries import people_offered
from appeals.desk.case import WHY
from appeals.desk.presenters import ShownAppeal
from appeals.desk.queries import LISTS, show
from appeals.many import actions
from appeals.many.forms import ManyForm
from appeals.many.parts import part_of
from appeals.models import Appeal
from city.models import Department
from core.domain.calendar import last_date
from core.domain.rules import Verdict, require
from core.web.forms import posted_data

#: Lists whose appeals can be given.
_OFFERED = ("register", "", "mine", "department", "late")


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def many(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Accept and give many at once: a part of a list, in the desk's order. rules.give of each: the
    office, and the head of the responsible department."""
    user = request.user
    require(use_desk(user))
    name = request.GET.get("list", "")
    name = name if name in _OFFERED else ""
    part = part_of(LISTS[name](Appeal.objects.worked_on_by(user), user), request.GET)
    shown = show(part.appeals)
    form = ManyForm(
        posted_data(request),
        executors=people_offered(Department.objects.open()),
        appeals=[(each.appeal, line_of(each)) for each in shown],
        is_all="all" in request.GET,
        initial={"executor": request.GET.get("executor")},
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            department, officer = form.cleaned_data["executor"]
            chosen = form.cleaned_data["appeals"]
            given = actions.give_many(chosen, by=user, department=department, officer=officer)
            _say(request, given)
            executor = form["executor"].value()
            if onward := part.query_of_next(len(chosen), len(shown), all="1", executor=executor):
                return redirect(f"{reverse('appeals_desk:many')}?{onward}")
            return redirect(f"{reverse('appeals_desk:list')}?list={name}")
    record_access(user, {each.appeal.author_id for each in shown if each.appeal.author_id}, WHY)
    context = {"form": form, "rows": shown, **part.context()}
    return render(request, "appeals/desk_many.html", context, status=form.status)


def line_of(shown: ShownAppeal) -> str:
    """One line beside its box: number, subject, sender, kind, last day, department."""
    appeal = shown.appeal
    parts = (
        f"{appeal.label} {appeal.subject}",
        shown.whose,
        str(appeal.get_kind_display()),
        f"{last_date(appeal.due_at):%d.%m.%Y}",
        appeal.department.local_name if appeal.department else "",
    )
    return " · ".join(filter(None, parts))


def _say(request: AuthenticatedHttpRequest, given: actions.Given) -> None:
    """Say how many were given, and name what was left with the reason."""
    for count, words in (
        (
            len(given.accepted),
            ngettext("%(n)d is accepted.", "%(n)d are accepted.", len(given.accepted)),
        ),
        (
            len(given.assigned),
            ngettext("%(n)d is given anew.", "%(n)d are given anew.", len(given.assigned)),
        ),
    ):
        if count:
            messages.success(request, words % {"n": count})
    say_left(request, given.left)
    if not (given.accepted or given.assigned or given.left):
        messages.warning(request, _("None of them is there for you any more: nothing was changed."))


def say_left(request: AuthenticatedHttpRequest, left: Sequence[tuple[Appeal, Verdict]]) -> None:
    """Name what was left, by reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for appeal, verdict in left:
        reasons[str(verdict.message)].append(appeal.label)
    for reason, labels in reasons.items():
        messages.warning(
            request,
            _("Left: %(labels)s. %(reason)s") % {"labels": ", ".join(labels), "reason": reason},
        )
