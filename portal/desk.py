"""The desk's first page: what the council's staff have to do today, by deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.residence import reading as people
from accounts.residence import rules as rules_of_people
from accounts.rules import use_desk
from accounts.staff.reading import emergencies
from consultations import rules as consultation_rules
from consultations.desk.reading import DeskRow, show_rows, with_work
from consultations.models import Consultation, State
from core.domain.calendar import local_date
from core.domain.due import Urgency, urgency
from core.domain.rules import require
from core.templatetags.components import last_day
from moderation.reading import queue_size, texts_waiting
from organisations import reading as organisations
from organisations import rules as rules_of_organisations
from petitions.desk import reading as petitions
from votes import rules as rules_of_polls
from votes.desk import reading as polls
from votes.presenters import WaitingPoll

#: More unfinished consultations than this are found through the list.
_MOST_ROWS = 50
#: So many petitions that wait are shown, the most urgent; the others are found through the queue.
_MOST_PETITIONS = 8
_MOST_POLLS = 20
_URGENCY = {"late": 0, "soon": 1, "": 2}


@login_required
@require_GET
def desk(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Today's work. accounts.rules.use_desk: whoever works for the council."""
    require(use_desk(request.user))
    return render(request, "portal/desk_home.html", context(request.user))


def context(user: User) -> dict[str, Any]:
    """What the page shows: at most thirteen queries."""
    rows = _unfinished(user) if user.is_officer or user.is_secretary else []
    of_petitions, of_polls = _petitions(user), _polls(user)
    return {
        "overdue": _overdue(rows, of_petitions["rows"], of_polls["rows"] if of_polls else []),
        "rows": rows[:_MOST_ROWS],
        "more": len(rows) > _MOST_ROWS,
        "unanswered": sum(row.shown.unanswered for row in rows),
        "reports_due": sum(1 for row in rows if row.shown.state == State.CLOSED),
        "emergencies": emergencies(),
        "may_begin": consultation_rules.begin(user),
        "queue_size": queue_size(user) if user.is_moderator else None,
        "texts_waiting": texts_waiting(user) if user.is_moderator else 0,
        "people": _people(user),
        "organisations": _organisations(user),
        "petitions": of_petitions,
        "polls": of_polls,
    }


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something whose day is over: what, where it is done, and what is to be done."""

    title: str
    url: str
    words: str
    due_on: date
    urgency: Urgency


def _overdue(
    consultations: list[DeskRow], of_petitions: list[Any], of_polls: list[WaitingPoll]
) -> list[Overdue]:
    """What is late of all that is shown below, whatever it is: what waits longest comes first."""
    found = [
        Overdue(row.shown.consultation.title, step.url, step.words, step.due, step.urgency)
        for row in consultations
        if (step := row.next_step).due and step.urgency.kind == "late"
    ]
    for row in of_petitions:
        step, url = row.step, reverse("petitions_desk:detail", args=[row.petition.pk])
        if step.urgency.kind == "late":
            found.append(Overdue(row.petition.title, url, step.words, step.due_on, step.urgency))
    for waiting in of_polls:
        if waiting.is_late:
            poll, due_on = waiting.shown.poll, last_day(waiting.due_at)
            near = urgency(due_on, local_date(waiting.shown.now))
            if near.kind != "late":  # only some hours
                near = Urgency("late", _("overdue"))
            url = reverse("votes_desk:detail", args=[poll.pk])
            found.append(Overdue(poll.title, url, _("Publish the results"), due_on, near))
    return sorted(found, key=lambda each: each.due_on)


def _polls(user: User) -> dict[str, Any] | None:
    """What of polls waits for the person; None for whoever has nothing to do with them."""
    if not rules_of_polls.use_desk(user):
        return None
    return {
        "rows": polls.waiting(user, _MOST_POLLS),
        "may_begin": rules_of_polls.begin(user),
    }


def _petitions(user: User) -> dict[str, Any]:
    """What of petitions waits for the person, by stage, and the most urgent of them."""
    numbers = petitions.counts(user)
    rows = petitions.first_waiting(user, _MOST_PETITIONS) if numbers["waiting"] else []
    return {**numbers, "rows": rows}


def _people(user: User) -> dict[str, int] | None:
    """What waits at the office's desk for people; None for whoever has nothing to do with it."""
    if not rules_of_people.look_up(user):
        return None
    return {"letters": people.waiting_letters(), "lists": people.waiting_lists_count()}


def _organisations(user: User) -> int | None:
    """How many organisations wait to be checked; None for whoever has nothing to do with it."""
    return organisations.waiting_count() if rules_of_organisations.work_at_desk(user) else None


def _unfinished(user: User) -> list[DeskRow]:
    """The officer's consultations that are not over, what is late first."""
    unfinished = Consultation.objects.worked_on_by(user).filter(reported_at=None, withdrawn_at=None)
    rows = show_rows(with_work(unfinished).order_by("closes_at", "pk")[: _MOST_ROWS + 1])
    rows.sort(key=lambda row: (_URGENCY[row.next_step.urgency.kind], row.next_step.due or date.max))
    return rows
