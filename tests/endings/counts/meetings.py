"""Meetings, their registrations and questions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from core.domain import clock
from core.domain.calendar import local_date
from insights.indicators import report
from meetings.control.queries import _counts, count_questions
from meetings.displays.boards import _figures
from meetings.models import (
    Meeting,
    Question,
    Registration,
)
from meetings.outcome.questions import promised_of, unanswered_at
from meetings.pages import LISTS, floor_context, for_page, meetings_in_list
from meetings.presenters import ShownMeeting
from meetings.queries import questions_of
from meetings.registration.actions import _free_places
from meetings.registration.queries import _place_in_line, counts_of, registration_of
from tests import people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, FUTURE, NOW, PAST
from tests.meetings import factories

# --- registrations --------------------------------------------------------------------------------


def _hearing() -> SimpleNamespace:
    at = SimpleNamespace(meeting=factories.meeting(kind="hearing", capacity=5))
    at.olena, at.now = people.load("olena"), clock.now()
    behind = {"meeting": at.meeting, "user": people.load("bohdan"), "attendance": "hall"}
    at.last = Registration.objects.create(at=at.now + DAY, **behind)
    at.item = at.meeting.items.first()
    return at


_HALL = "ordinary came speaks needs"
REGISTRATIONS = Kind(
    "a registration that waits for a place",
    _hearing,
    lambda at: Registration.objects.create(
        meeting=at.meeting, user=at.olena, attendance="hall", at=at.now
    ),
    {
        "seated": {"seated_at": NOW},
        "remote": {"attendance": "remote"},
        "withdrawn": {"withdrawn_at": NOW},
        "withdrawn-seated": {"withdrawn_at": NOW, "seated_at": PAST},
        "came": {"came_at": NOW},
        "speaks": lambda row, at: write(Registration, row.pk, speaks_on=at.item),
        "needs": {"needs": "пандус", "consented_at": NOW},
        "withdrawn-speaks": lambda row, at: write(
            Registration, row.pk, speaks_on=at.item, withdrawn_at=NOW, came_at=NOW
        ),
    },
    (
        Figure(
            "meetings/registration/queries.py counts_of",
            lambda at: counts_of(at.meeting),
            {
                "seated": "seated",
                "waiting": _HALL,
                "remote": "remote",
                "speaking": "speaks",
                "came": "came",
                "needing": "needs",
            },
        ),
        Figure(
            "meetings/registration/queries.py _place_in_line",
            lambda at: _place_in_line(at.last),
            _HALL,
        ),
        Figure(
            "meetings/registration/queries.py registration_of",
            lambda at: 5 - (registration_of(at.meeting, clock.now()).left or 0),
            "seated",
        ),
        Figure(
            "meetings/registration/actions.py _free_places",
            lambda at: 5 - (_free_places(at.meeting) or 0),
            "seated",
        ),
        Figure(
            "meetings/querysets.py RegistrationQuerySet.active",
            lambda at: Registration.objects.active(),
            f"{_HALL} seated remote",
        ),
        Figure(
            "meetings/querysets.py RegistrationQuerySet.seated",
            lambda at: Registration.objects.seated(),
            "seated",
        ),
        Figure(
            "meetings/querysets.py RegistrationQuerySet.waiting",
            lambda at: Registration.objects.waiting(),
            _HALL,
        ),
    ),
)


# --- questions ------------------------------------------------------------------------------------


def _closed_meeting() -> SimpleNamespace:
    at = SimpleNamespace(meeting=factories.meeting("closed", kind="hearing"))
    at.by, at.olena = factories.secretary(), people.load("olena")
    at.running = factories.meeting("running", kind="hearing")
    asked = {"meeting": at.meeting, "author": people.load("bohdan"), "asked_at": clock.now()}
    at.other = Question.objects.create(text="Інше?", state="shown", **asked)
    at.answered = Question.objects.create(
        text="Третє?", state="answered", answered_at=clock.now(), **asked
    )
    return at


def _shown(at: Any) -> ShownMeeting:
    rows: Any = for_page(Meeting.objects.filter(pk=at.meeting.pk))
    return ShownMeeting.of(rows.get())


QUESTIONS = Kind(
    "a question of a meeting that is over",
    _closed_meeting,
    lambda at: Question.objects.create(
        meeting=at.meeting, author=at.olena, text="Коли?", asked_at=clock.now()
    ),
    {
        "shown": {"state": "shown"},
        "answered": {"state": "answered", "answered_at": NOW},
        "later": {"state": "later"},
        "hidden": {"state": "hidden", "hidden_reason": "не про те"},
        "merged": lambda row, at: write(Question, row.pk, state="merged", merged_into=at.other),
        "merged-answered": lambda row, at: write(
            Question, row.pk, state="merged", merged_into=at.answered
        ),
        "taken-back": {"text": ""},
        "elsewhere": lambda row, at: write(Question, row.pk, meeting=at.running),
        "elsewhere-later": lambda row, at: write(
            Question, row.pk, meeting=at.running, state="later"
        ),
    },
    (
        Figure(
            "meetings/control/queries.py count_questions",
            lambda at: count_questions(at.meeting),
            {
                "waiting": "ordinary taken-back",
                "shown": "shown",
                "done": "answered later",
                "hidden": "hidden merged merged-answered",
            },
        ),
        Figure(
            "meetings/control/queries.py _counts",
            lambda at: _counts(at.meeting),
            {"waiting": "ordinary taken-back", "shown": "shown"},
        ),
        Figure(
            "meetings/querysets.py QuestionQuerySet.public",
            lambda at: Question.objects.public(),
            "shown answered later elsewhere-later",
        ),
        Figure(
            "meetings/querysets.py QuestionQuerySet.unanswered",
            lambda at: Question.objects.unanswered(),
            "ordinary shown merged",
        ),
        Figure(
            "meetings/querysets.py QuestionQuerySet.promised",
            lambda at: Question.objects.promised(),
            "later elsewhere-later",
        ),
        Figure(
            "meetings/queries.py questions_of",
            lambda at: questions_of(at.meeting, public=True),
            "shown answered later",
        ),
        Figure(
            "meetings/outcome/questions.py promised_of",
            lambda at: sum(each.owed for each in promised_of(at.by)),
            "later",
        ),
        Figure(
            "meetings/outcome/questions.py promised_of · of one meeting",
            lambda at: unanswered_at(at.meeting),
            "ordinary shown",
        ),
        Figure(
            "meetings/displays/boards.py _figures",
            lambda at: int(_figures(at.meeting, None)[0][1]),
            "shown answered later",
        ),
        Figure(
            "meetings/pages.py floor_context",
            lambda at: floor_context(_shown(at))["total"],
            "shown answered later",
        ),
    ),
)


# --- meetings -------------------------------------------------------------------------------------


def _run_meetings() -> SimpleNamespace:
    at = SimpleNamespace(by=factories.secretary(), stranger=people.load("stranger"))
    at.today, at.olena = local_date(clock.now()), people.load("olena")
    at.year = at.today.year
    return at


def _held(at: Any) -> dict[str, int]:
    found = [each for each in report.forms_of(at.year, []) if not each.procedure]
    return {
        "held": sum(each.held for each in found),
        "people": sum(each.participants for each in found),
    }


def _announced(at: Any) -> Meeting:
    made = factories.meeting(kind="hearing", items=1)
    for user in (at.olena, people.load("bohdan")):
        Registration.objects.create(meeting=made, user=user, attendance="hall", at=clock.now())
    return made


_OVER = {"opened_at": NOW, "closed_at": NOW}


def _withdraw_one(row: Meeting, at: Any) -> None:
    write(Meeting, row.pk, **_OVER)
    one = Registration.objects.get(meeting=row, user=at.olena)
    write(Registration, one.pk, withdrawn_at=NOW)


MEETINGS = Kind(
    "an announced hearing",
    _run_meetings,
    _announced,
    {
        "draft": {"published_at": None},
        "published-later": {"published_at": FUTURE},
        "running": {"opened_at": NOW},
        "closed": _OVER,
        "cancelled": {"cancelled_at": NOW, "cancelled_reason": "ні"},
        "closed-session": {**_OVER, "kind": "press"},
        "closed-withdrawn": _withdraw_one,
    },
    (
        Figure(
            "meetings/querysets.py MeetingQuerySet.published",
            lambda at: Meeting.objects.published(),
            "ordinary running closed cancelled closed-session closed-withdrawn",
        ),
        Figure(
            "meetings/querysets.py MeetingQuerySet.visible_to",
            lambda at: Meeting.objects.visible_to(at.stranger),
            "ordinary running closed cancelled closed-session closed-withdrawn",
        ),
        Figure(
            "meetings/querysets.py MeetingQuerySet.visible_to · who runs it",
            lambda at: Meeting.objects.visible_to(at.by),
            "ordinary draft published-later running closed cancelled closed-session"
            " closed-withdrawn",
        ),
        Figure(
            "meetings/querysets.py MeetingQuerySet.run_by",
            lambda at: {
                "own": Meeting.objects.run_by(at.by),
                "strange": Meeting.objects.run_by(at.stranger),
                "a resident's": Meeting.objects.run_by(at.olena),
            },
            {
                "own": "ordinary draft published-later running closed cancelled closed-session"
                " closed-withdrawn"
            },
        ),
        Figure(
            "meetings/querysets.py MeetingQuerySet.coming",
            lambda at: Meeting.objects.coming(),
            "ordinary running",
        ),
        Figure(
            "meetings/querysets.py MeetingQuerySet.running",
            lambda at: Meeting.objects.running(),
            "running",
        ),
        Figure(
            "meetings/querysets.py MeetingQuerySet.past",
            lambda at: Meeting.objects.past(),
            "closed cancelled closed-session closed-withdrawn",
        ),
        Figure(
            "meetings/pages.py _numbers",
            lambda at: {name: meetings_in_list(name) for name in LISTS},
            {
                "coming": "ordinary running",
                "past": "closed cancelled closed-session closed-withdrawn",
            },
        ),
        Figure(
            "insights/indicators/report.py forms_of · meetings",
            _held,
            {"held": "closed closed-withdrawn", "people": "closed closed closed-withdrawn"},
        ),
    ),
)


KINDS = (REGISTRATIONS, QUESTIONS, MEETINGS)
