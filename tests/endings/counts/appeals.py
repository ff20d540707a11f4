"""Appeals, as the desk, the load and the indicators count them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from appeals.desk.load_by_person import load_by_person
from appeals.desk.queries import LISTS, counts, load_of
from appeals.models import Answer, Appeal, Executor
from core.domain import clock
from core.domain.calendar import local_date
from tests import factories, people
from tests.appeals import factories as made
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, NOW, PAST


def _desk() -> SimpleNamespace:
    at = SimpleNamespace(registrar=made.registrar(), today=local_date(clock.now()))
    at.department = made.department("Управління благоустрою", "improvement")
    at.head = made.head(at.department)
    at.other = made.department("Інше", "other")
    at.officer = factories.user("improver", role="officer", department=at.department)
    at.mayor, at.olena = made.mayor(), people.load("olena")
    return at


def _in_work(at: Any) -> Appeal:
    """In work, given to the officer, due in nine days or so."""
    row = made.appeal(at.olena, "in_work", by=at.department)
    write(Appeal, row.pk, officer=at.officer, due_at=NOW + 20 * DAY)
    return Appeal.objects.get(pk=row.pk)


_ANSWERED = {"answered_at": NOW, "closed_at": NOW}
_ENDED = {"closed_at": NOW}


def _draft(row: Appeal, at: Any, **values: Any) -> None:
    said = {"appeal": row, "text": "Відповідь", "result": "satisfied", "by": at.officer}
    answer = Answer.objects.create(at=clock.now(), **said)
    if values:
        write(Answer, answer.pk, **values)


_READY = {"asked_at": NOW}


def _about(row: Appeal, at: Any) -> None:
    write(Appeal, row.pk, kind="complaint", about_person=at.head)


def _load(at: Any) -> dict[str, int]:
    (found,) = load_of(at.head) or [SimpleNamespace(late=0, soon=0, all=0)]
    return {name: getattr(found, name) for name in ("late", "soon", "all")}


def _by_person(at: Any) -> dict[str, int]:
    found = [
        each for each in load_by_person(at.head) if each.officer and each.officer == at.officer
    ]
    return {
        name: sum(getattr(each, name) for each in found) for name in ("open", "late", "this_week")
    }


def _give_elsewhere(row: Appeal, at: Any) -> None:
    Executor.objects.filter(appeal=row).update(department=at.other)
    write(Appeal, row.pk, department=at.other, officer=None)


_OPEN = (
    "ordinary waiting late due-now drafted ready approved asked-head extended elsewhere"
    " about-the-head by-letter"
)
_LATE = "late due-now"
#: Given to the officer's department, which the head of it may read.
_OF_HEAD = "ordinary late due-now drafted ready approved asked-head extended by-letter"
_OF_OFFICER = f"{_OF_HEAD} about-the-head"

APPEALS = Kind(
    "an appeal in work",
    _desk,
    _in_work,
    {
        "waiting": lambda row, at: (
            Executor.objects.filter(appeal=row).delete(),
            write(Appeal, row.pk, accepted_at=None, department=None, officer=None),
        ),
        "late": {"received_at": NOW - 40 * DAY, "due_at": NOW - DAY},
        "due-now": {"received_at": NOW - 40 * DAY, "due_at": PAST},
        "answered": _ANSWERED,
        "answered-late": {**_ANSWERED, "received_at": NOW - 40 * DAY, "due_at": NOW - DAY},
        "withdrawn": {**_ENDED, "withdrawn_at": NOW},
        "drafted": _draft,
        "ready": lambda row, at: _draft(row, at, asked_by=at.officer, **_READY),
        "approved": lambda row, at: _draft(
            row, at, asked_by=at.officer, approved_by=at.head, approved_at=NOW, **_READY
        ),
        "asked-head": {"decision_asked_at": NOW},
        "extended": {"decision_asked_at": PAST, "extended_at": NOW, "extension_reason": "так"},
        "elsewhere": _give_elsewhere,
        "about-the-head": _about,
        "by-letter": lambda row, at: write(
            Appeal, row.pk, via="letter", registered_by=at.registrar
        ),
    },
    (
        Figure(
            "appeals/desk/queries.py counts",
            lambda at: counts(at.registrar),
            {
                "waiting": _OPEN,
                "register": "waiting",
                "late": _LATE,
                "approval": "ready",
                "head": "asked-head",
            },
        ),
        Figure(
            "appeals/desk/queries.py counts · an officer",
            lambda at: counts(at.officer),
            {
                "waiting": _OF_OFFICER,
                "mine": _OF_OFFICER,
                "department": _OF_OFFICER,
                "late": _LATE,
                "approval": "ready",
                "head": "asked-head",
            },
        ),
        Figure(
            "appeals/desk/queries.py LISTS",
            lambda at: {
                name: rows(Appeal.objects.worked_on_by(at.registrar), at.registrar)
                for name, rows in LISTS.items()
            },
            {
                "": _OPEN,
                "register": "waiting",
                "late": _LATE,
                "approval": "ready",
                "head": "asked-head",
                "answered": "answered answered-late",
                "all": f"{_OPEN} answered answered-late withdrawn",
            },
        ),
        Figure(
            "appeals/desk/queries.py load_of",
            _load,
            {"all": _OF_HEAD, "late": _LATE},
        ),
        Figure(
            "appeals/desk/load_by_person.py load_by_person",
            _by_person,
            {"open": _OF_HEAD, "late": _LATE},
        ),
        Figure(
            "appeals/querysets.py AppealQuerySet.worked_on_by",
            lambda at: {
                "head": Appeal.objects.worked_on_by(at.head),
                "mayor": Appeal.objects.worked_on_by(at.mayor),
                "resident": Appeal.objects.worked_on_by(at.olena),
            },
            {
                "head": f"{_OF_HEAD} answered answered-late withdrawn",
                "mayor": "asked-head extended",
            },
        ),
        Figure("appeals/querysets.py AppealQuerySet.open", lambda at: Appeal.objects.open(), _OPEN),
        Figure(
            "appeals/querysets.py AppealQuerySet.waiting",
            lambda at: Appeal.objects.waiting(),
            "waiting",
        ),
        Figure(
            "appeals/querysets.py AppealQuerySet.in_work",
            lambda at: Appeal.objects.in_work(),
            _OPEN.replace(" waiting", ""),
        ),
        Figure("appeals/querysets.py AppealQuerySet.late", lambda at: Appeal.objects.late(), _LATE),
        Figure(
            "appeals/answers/models.py AnswerQuerySet.waiting_for_approval",
            lambda at: Answer.objects.waiting_for_approval(),
            "ready",
        ),
    ),
)

KINDS = (APPEALS,)
