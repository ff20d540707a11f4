"""The desk's first page: what the council's staff have to do today, by deadline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.residence import queries as people
from accounts.residence import rules as rules_of_people
from accounts.rules import use_desk
from accounts.staff.queries import break_glass_grants
from appeals.deadlines import KINDS as APPEALS
from appeals.desk.case import WHY
from appeals.desk.queries import Subject, load_subjects
from consultations import rules as consultation_rules
from consultations.desk.queries import DeskRow, show_rows, with_work
from consultations.models import Consultation, State
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.deadlines import Deadline, deadlines_of
from core.domain.due import Urgency
from core.domain.rules import require
from core.state.faults import count_open_faults
from moderation.queries import queue_size, texts_waiting
from organisations import queries as organisations
from organisations import rules as rules_of_organisations
from petitions.desk import queries as petitions
from votes import rules as rules_of_polls
from votes.desk import queries as polls

#: More unfinished consultations than this are found through the list.
_MOST_ROWS = 50
_MOST_POLLS = 20
#: What is due within so many days stands on the page, and so much of each list at most.
COMING = timedelta(days=14)
_MOST_DUE, _MOST_SHOWN = 400, 30
_URGENCY = {"late": 0, "soon": 1, "": 2}


@login_required
@require_GET
@shows_people
def desk(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Today's work. accounts.rules.use_desk: whoever works for the council. Of whose appeals the
    subject is shown, reads that it was."""
    require(use_desk(request.user))
    page = context(request.user)
    record_access(request.user, page["applicants"], WHY)
    return render(request, "portal/desk_home.html", page)


def context(user: User) -> dict[str, Any]:
    """Context of the page: at most fifteen queries."""
    today = local_date(clock.now())
    rows = _unfinished_rows(user) if user.is_officer or user.is_secretary else []
    return {
        **due_context(user, today),
        "rows": rows[:_MOST_ROWS],
        "more": len(rows) > _MOST_ROWS,
        "open_rows": sum(row.shown.open_rows for row in rows),
        "replied": sum(row.shown.replied for row in rows),
        "reports_due": sum(1 for row in rows if row.shown.state == State.CLOSED),
        "break_glass_grants": break_glass_grants(),
        "open_faults": count_open_faults() if user.is_administrator else 0,
        "may_begin": consultation_rules.begin(user),
        "queue_size": queue_size(user) if user.is_moderator else None,
        "texts_waiting": texts_waiting(user) if user.is_moderator else 0,
        "people": _people(user),
        "organisations": _organisations(user),
        "petitions": petitions.counts(user, today, owed=True),
        "polls": _polls(user),
    }


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by a day, as of today."""

    deadline: Deadline
    urgency: Urgency
    #: Of an appeal, which mails and calendars name by its number alone (docs/adr/0059).
    subject: str = ""

    @property
    def title(self) -> str:
        return self.deadline.title

    @property
    def words(self) -> str:
        return self.deadline.words

    @property
    def url(self) -> str:
        return self.deadline.url

    @property
    def due_on(self) -> date:
        return self.deadline.due_on


def due_context(user: User, today: date) -> dict[str, Any]:
    """All that the person answers for, whatever it is: late, today, and what comes within COMING;
    what waits longest stands on top of each. Two queries."""
    found = deadlines_of(user, until=today + COMING, most=_MOST_DUE)
    due = [Due(each, each.urgency_on(today)) for each in found]
    lists = {
        "overdue": [each for each in due if each.due_on < today],
        "today": [each for each in due if each.due_on == today],
        "coming": [each for each in due if each.due_on > today],
    }
    shown = {name: rows[:_MOST_SHOWN] for name, rows in lists.items()}
    subjects = load_subjects(
        user,
        [
            each.deadline.of
            for rows in shown.values()
            for each in rows
            if each.deadline.kind in APPEALS
        ],
    )
    return {
        "appeals": _appeals(due, today),
        "applicants": {each.author_id for each in subjects.values() if each.author_id},
        **{name: _with_subjects(rows, subjects) for name, rows in shown.items()},
        **{f"more_{name}": len(rows) - len(shown[name]) for name, rows in lists.items()},
    }


def _with_subjects(rows: list[Due], subjects: dict[int, Subject]) -> list[Due]:
    return [
        replace(each, subject=subjects[each.deadline.of].words)
        if each.deadline.kind in APPEALS and each.deadline.of in subjects
        else each
        for each in rows
    ]


def _appeals(due: list[Due], today: date) -> dict[str, int]:
    """Numbers of appeals that wait to be accepted, and of late answers."""
    kinds = [(each.deadline.kind, each.due_on) for each in due]
    answers = ("appeal-answer", "appeal-request")
    return {
        "register": sum(kind == "appeal-check" for kind, _day in kinds),
        "late": sum(kind in answers and day < today for kind, day in kinds),
    }


def _polls(user: User) -> dict[str, Any] | None:
    """Polls that wait for the person; None for whoever has nothing to do with them."""
    if not rules_of_polls.use_desk(user):
        return None
    return {
        "rows": polls.waiting(user, _MOST_POLLS),
        "may_begin": rules_of_polls.begin(user),
    }


def _people(user: User) -> dict[str, int] | None:
    """Tasks at the office's desk for people; None for whoever has nothing to do with it."""
    if not rules_of_people.look_up(user):
        return None
    return {"letters": people.waiting_letters(), "lists": people.waiting_lists_count()}


def _organisations(user: User) -> int | None:
    """Number of organisations that wait to be checked; None for whoever has nothing to
    do with it.
    """
    return organisations.waiting_count() if rules_of_organisations.work_at_desk(user) else None


def _unfinished_rows(user: User) -> list[DeskRow]:
    """The officer's consultations that are not over, what is late first."""
    unfinished = Consultation.objects.worked_on_by(user).filter(reported_at=None, withdrawn_at=None)
    rows = show_rows(with_work(unfinished).order_by("closes_at", "pk")[: _MOST_ROWS + 1])
    rows.sort(key=lambda row: (_URGENCY[row.next_step.urgency.kind], row.next_step.due or date.max))
    return rows
