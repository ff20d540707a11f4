"""The questions of a poll that is being prepared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from accounts.models import User
from core import clock
from core.actions import action, locked
from core.events import emit
from core.rules import require
from votes import rules
from votes.events import PollChanged
from votes.models import Option, Poll, Question


def add_question(poll: Poll, *, by: User, described: Mapping[str, Any]) -> Question:
    """Ask one question more, after the others.

    ``described``: the columns of a Question, with ``options``: the columns of each Option. Refuses
    by rules.revise. Emits PollChanged.
    """
    with action():
        poll = locked(poll)
        require(rules.revise(by, poll, now=clock.now()))
        made = write_question(poll, described)
        emit(PollChanged(poll.pk, by.pk))
        return made


def remove_question(question: Question, *, by: User) -> None:
    """Ask one question less. Refuses by rules.revise. Emits PollChanged."""
    with action():
        poll = locked(question.poll)
        require(rules.revise(by, poll, now=clock.now()))
        question.delete()
        emit(PollChanged(poll.pk, by.pk))


def write_question(poll: Poll, described: Mapping[str, Any]) -> Question:
    """Write a question with its options, under the poll's lock."""
    last = Question.objects.filter(poll=poll).aggregate(last=Max("place"))["last"] or 0
    columns = {name: value for name, value in described.items() if name != "options"}
    question = Question.objects.create(poll=poll, place=last + 1, **columns)
    Option.objects.bulk_create(
        Option(question=question, place=place, **option)
        for place, option in enumerate(described.get("options", ()), 1)
    )
    return question
