"""Views of the desk about the press. What is seen of people stands in their journals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from meetings.course.models import Kind
from meetings.models import Meeting
from newsroom.conferences import rules as conferences
from newsroom.conferences.queries import retold_questions
from newsroom.models import Accreditation, AccreditationState
from newsroom.press import actions, queries, rules
from newsroom.press.forms import GrantForm, ReasonForm
from newsroom.press.queries import ShownAccreditation

_WHY = "press.accreditation"


@login_required
@require_GET
@shows_people
def accreditation_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Applications that wait, the oldest first; other lists. rules.work_at_desk."""
    require(rules.work_at_desk(request.user))
    name = request.GET.get("list", "")
    name = name if name in queries.LISTS else "waiting"
    today = local_date(clock.now())
    page = queries.page_of_list(name, today, request.GET.get("after"))
    record_access(request.user, queries.accounts_of(page), _WHY)
    context = {
        "rows": [ShownAccreditation(each, today) for each in page],
        "tabs": _tabs(name),
        "conferences": queries.conferences(),
        "conferences_over": queries.conferences_over(),
        **neighbours(page, request.GET),
    }
    return render(request, "newsroom/press/desk_list.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {
        "waiting": _("Waiting"),
        "accredited": _("Accredited"),
        "refused": _("Refused"),
        "over": _("Over"),
    }
    return [
        {"label": label, "url": f"?list={name}", "current": name == current}
        for name, label in labels.items()
    ]


@login_required
@require_GET
@shows_people
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One application with what is decided on it. rules.work_at_desk."""
    return _detail(request, _find(request, pk))


def _detail(
    request: AuthenticatedHttpRequest, accreditation: Accreditation, **bound: Any
) -> HttpResponse:
    today = local_date(clock.now())
    shown = ShownAccreditation(accreditation, today)
    record_access(request.user, queries.accounts_of([accreditation]), _WHY)
    forms = {
        "grant_form": GrantForm(initial={"until": rules.usual_term(today)}),
        "reason_form": ReasonForm(),
    }
    context = {
        "accreditation": accreditation,
        "shown": shown,
        "may_decide": shown.state == AccreditationState.WAITING,
        "may_end": shown.state == AccreditationState.ACCREDITED,
        **(forms | bound),
    }
    wrong = any(form.errors for form in bound.values())
    return render(request, "newsroom/press/desk_detail.html", context, status=422 if wrong else 200)


@login_required
@require_POST
@shows_people
def grant(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Accredit for a term. rules.grant."""
    found = _find(request, pk)
    form = GrantForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.grant(found, by=request.user, until=form.cleaned_data["until"])
            record_access(request.user, queries.accounts_of([found]), _WHY)
            messages.success(request, _("Accredited. The journalist is told by mail."))
            return redirect("press_desk:list")
    return _detail(request, found, grant_form=form)


@login_required
@require_POST
@shows_people
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Refuse an application with a reason. rules.refuse."""
    found = _find(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.refuse(found, by=request.user, reason=form.cleaned_data["reason"])
            record_access(request.user, queries.accounts_of([found]), _WHY)
            messages.success(
                request, _("Refused. The journalist is told by mail, with the reason.")
            )
            return redirect("press_desk:list")
    return _detail(request, found, reason_form=form)


@login_required
@require_POST
@shows_people
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End an accreditation before its term, with a reason. rules.end."""
    found = _find(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.end(found, by=request.user, reason=form.cleaned_data["reason"])
            record_access(request.user, queries.accounts_of([found]), _WHY)
            messages.success(request, _("Ended. The journalist is told by mail, with the reason."))
            return redirect("press_desk:list")
    return _detail(request, found, reason_form=form)


@login_required
@require_GET
@shows_people
def conference(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Journalists coming to a press conference, and the button that invites. rules.work_at_desk."""
    meeting = conference_to_work_on(request, pk)
    coming = queries.coming_to(meeting)
    people = [each.accreditation for each in coming]
    record_access(request.user, queries.accounts_of(people), _WHY)
    now = clock.now()
    context = {
        "meeting": meeting,
        "coming": coming,
        "is_over": meeting.closed_at is not None,
        "may_draft": conferences.draft(
            request.user, meeting, answered=len(retold_questions(meeting))
        ),
        "may_invite": rules.invite(request.user, meeting, now=now),
        "listening": Accreditation.objects.listening(local_date(now)).count(),
    }
    return render(request, "newsroom/press/desk_conference.html", context)


@login_required
@require_POST
def invite(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Send the invitation to those who have not got it. rules.invite."""
    meeting = conference_to_work_on(request, pk)
    actions.invite(meeting, by=request.user)
    messages.success(request, _("Those who have not got the invitation get it now."))
    return redirect("press_desk:conference", pk)


def _find(request: AuthenticatedHttpRequest, pk: int) -> Accreditation:
    require(rules.work_at_desk(request.user))
    rows = Accreditation.objects.filter(confirmed_at__isnull=False)
    return get_object_or_404(rows.select_related("decided_by", "ended_by"), pk=pk)


def conference_to_work_on(request: AuthenticatedHttpRequest, pk: int) -> Meeting:
    """A press conference that was announced. rules.work_at_desk."""
    require(rules.work_at_desk(request.user))
    return get_object_or_404(Meeting.objects.published().filter(kind=Kind.PRESS), pk=pk)
