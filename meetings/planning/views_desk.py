"""Views of the desk: the list of meetings, and a meeting from its draft to its record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.notes.queries import notes_of
from accounts.rules import use_desk
from core.db.paging import neighbours
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings import rules as meetings_rules
from meetings.course import rules as course_rules
from meetings.models import Body, Meeting, State
from meetings.outcome.questions import promised_of
from meetings.planning import actions, queries
from meetings.planning import rules as planning_rules
from meetings.planning.forms import CancelForm, NoticeForm, PlanForm, PublishForm, departments_of
from meetings.planning.matters import matter_of
from meetings.planning.presenters import ShownMeeting
from meetings.terms import is_notice_in_time, notice_day


def meeting_to_work_on(request: AuthenticatedHttpRequest, pk: int) -> ShownMeeting:
    """A meeting that the person plans and runs; 404 for everybody else."""
    row = get_object_or_404(queries.for_desk(Meeting.objects.run_by(request.user)), pk=pk)
    return ShownMeeting(row, row.now)


@login_required
@require_GET
def meeting_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Meetings of the person's departments: planned, running and past. accounts.rules.use_desk."""
    require(use_desk(request.user))
    name = request.GET.get("list", "")
    name = name if name in queries.LISTS else ""
    due = queries.due_of(request.user, local_date(clock.now()))
    page = queries.meetings_of(request.user, name, due=due, after=request.GET.get("after"))
    context = {
        "page": page,
        "late": [row for row in due if row.urgency.kind == "late"],
        "promised": promised_of(request.user),
        "tabs": _tabs(name),
        "may_plan": departments_of(request.user).exists(),
        "may_keep_council": meetings_rules.keep_council(request.user),
        **neighbours(page, request.GET),
    }
    return render(request, "meetings/desk_list.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {"": _("Coming and going on"), "over": _("Over and cancelled")}
    return [
        {"label": label, "url": f"?list={name}", "current": name == current, "count": None}
        for name, label in labels.items()
    ]


def _new_answer(request: HttpRequest, made_id: int) -> HttpResponse:
    messages.success(request, _("Saved. Now write the agenda."))
    return redirect("meetings_desk:detail", made_id)


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Begin to prepare a meeting. rules.planning.plan: of one's own departments."""
    require(use_desk(request.user))
    if not departments_of(request.user).exists():
        require(meetings_rules.RUNNERS_ONLY)
    form = PlanForm(posted_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = form.cleaned_data
            made = actions.plan(
                by=request.user,
                department=data["department"],
                kind=data["kind"],
                body=data["body"],
                notice=form.notice(),
            )
            return _new_answer(request, made.pk)
    context = {"form": form, "has_bodies": Body.objects.open().exists()}
    return render(request, "meetings/desk_new.html", context, status=form.status)


@login_required
@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The meeting's state, agenda, due publications and actions. rules.roles.run."""
    shown = meeting_to_work_on(request, pk)
    user, meeting, now = request.user, shown.meeting, shown.now
    found = queries.detail_of(user, shown)
    is_draft = shown.state == State.DRAFT
    may_publish = planning_rules.publish(
        user, meeting, has_items=bool(found["items"]), short_notice_reason="-", now=now
    )
    context = shown.context(
        **found,
        may_publish=may_publish,
        why_not_published="" if may_publish or not is_draft else may_publish.message,
        may_edit=shown.state in (State.DRAFT, State.ANNOUNCED),
        may_cancel=planning_rules.cancel(user, meeting, reason="-"),
        may_discard=planning_rules.discard(user, meeting),
        may_change_agenda=planning_rules.change_agenda(user, meeting),
        may_control=shown.state in (State.ANNOUNCED, State.RUNNING, State.CLOSED),
        may_open=course_rules.open_meeting(user, meeting, now=now),
        notice_day=notice_day(meeting),
        notes=notes_of(matter_of(meeting), user, request.GET),
    )
    return render(request, "meetings/desk_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change its notice, until it is opened. rules.planning.edit."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    verdict = planning_rules.edit(
        request.user,
        meeting,
        # Its times are judged as they are sent.
        begins_at=shown.now + timedelta(days=1),
        ends_at=shown.now + timedelta(days=2),
        now=shown.now,
    )
    if request.method == "GET":  # who has typed already is told at the form
        require(verdict)
    form = NoticeForm(posted_data(request), instance=meeting)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(meeting, may=verdict):
            actions.edit(meeting, by=request.user, notice=form.notice())
            messages.success(request, _("Saved."))
            return redirect("meetings_desk:detail", pk)
    return render(request, "meetings/desk_edit.html", shown.context(form=form), status=form.status)


def _publish_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The notice is published: everybody reads it with the agenda."))
    return redirect("meetings_desk:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish its notice, at short notice with the reason. rules.planning.publish."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    form = PublishForm(posted_data(request), is_in_time=is_notice_in_time(meeting, shown.now))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            reason = form.cleaned_data.get("short_notice_reason", "")
            actions.publish(meeting, by=request.user, short_notice_reason=reason)
            return _publish_answer(request, pk, pk)
    if request.method == "GET":
        has_items = meeting.items.exists()
        require(
            planning_rules.publish(
                request.user,
                meeting,
                has_items=has_items,
                short_notice_reason="-",
                now=shown.now,
            )
        )
    context = shown.context(form=form, notice_day=notice_day(meeting))
    return render(request, "meetings/desk_publish.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Call it off with a reason. rules.planning.cancel."""
    shown = meeting_to_work_on(request, pk)
    form = CancelForm(posted_data(request))
    if request.method == "GET":
        require(planning_rules.cancel(request.user, shown.meeting, reason="-"))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.cancel(shown.meeting, by=request.user, **form.cleaned_data)
            messages.success(request, _("The meeting is cancelled; everybody reads why."))
            return redirect("meetings_desk:detail", pk)
    context = shown.context(form=form)
    return render(request, "meetings/desk_cancel.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Throw away what nobody was told of, once it was asked. rules.planning.discard."""
    shown = meeting_to_work_on(request, pk)
    if request.method == "POST":
        actions.discard(shown.meeting, by=request.user)
        messages.success(request, _("The draft is discarded."))
        return redirect("meetings_desk:list")
    require(planning_rules.discard(request.user, shown.meeting))
    return ask_first(
        request,
        shown,
        question=_("Delete the draft “%(title)s”?") % {"title": shown.meeting.title},
        consequence=_("Its agenda goes with it, for good."),
        button=_("Delete the draft"),
    )


def ask_first(request: HttpRequest, shown: ShownMeeting, **words: str) -> HttpResponse:
    """The page before a step that cannot be undone: ``question``, ``consequence``, ``button``. It
    posts to its own address."""
    back = reverse("meetings_desk:detail", args=[shown.meeting.pk])
    return render(request, "meetings/desk_confirm.html", shown.context(back=back, **words))
