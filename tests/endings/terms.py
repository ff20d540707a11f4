"""Terms of law and other last days: each as a question of a moment, whether it is too late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, cast

from accounts.models import Grant
from accounts.staff.presenters import ShownGrant
from appeals import terms as appeals
from appeals.desk import clocks as appeals_desk
from appeals.filing.presenters import ApplicantAppeal
from appeals.models import Appeal
from consultations import rules as consultations
from consultations.acts.presenters import ShownAct
from consultations.decisions import presenters as decisions
from consultations.decisions.models import Decision, ExecutionStep
from consultations.models import Consultation
from consultations.models import State as ConsultationState
from core.domain.calendar import PEACETIME, end_of_day, local_date
from core.domain.due import NOT_URGENT, urgency
from meetings import presenters as meetings_public
from meetings import terms as meetings
from meetings.models import Kind, Meeting
from meetings.planning import presenters as meetings_desk
from meetings.stopped.queries import ShownStop
from newsroom.models import Accreditation, Article
from newsroom.presenters import ShownArticle
from newsroom.press.models import AccreditationState
from petitions.desk import clocks as petitions_desk
from petitions.models import Petition, Step
from petitions.models import State as PetitionState
from petitions.presenters import ShownStep
from votes.models import Poll
from votes.models import State as PollState
from votes.presenters import WaitingPoll

#: Whether it is too late at a moment, for what has a last day.
type IsLate = Callable[[date, datetime], bool]


def _any(**values: Any) -> Any:
    """Something that a presenter reads these of."""
    return cast(Any, SimpleNamespace(**values))


def _act(last_day: date, at: datetime) -> bool:
    """The act was signed so many working days before, and published then."""
    signed_on = PEACETIME.add_working_days(last_day, -5)
    decision = Decision(signed_on=signed_on, decided_on=signed_on)
    return not ShownAct(_any_row(decision, published_at=at), PEACETIME).is_in_time


def _any_row(row: Any, **facts: Any) -> Any:
    for name, value in facts.items():
        setattr(row, name, value)
    return row


def _due(last_day: date, done_on: date | None) -> meetings.Due:
    return meetings.Due("minutes", "", "", last_day, done_on)


def _notice(last_day: date, at: datetime) -> bool:
    """The session begins ten days after it."""
    begins_at = end_of_day(last_day + 9 * meetings.ONE_DAY)
    meeting = Meeting(kind=Kind.SESSION, begins_at=begins_at)
    return not meetings.is_notice_in_time(meeting, at)


def _stop(last_day: date, at: datetime) -> bool:
    return ShownStop(_any(vote_due_on=last_day, second_vote=None), local_date(at)).is_late


def _appeal_term(last_day: date, at: datetime) -> bool:
    """Of 15 days: nothing of the days counts but the day."""
    received = end_of_day(last_day - 16 * meetings.ONE_DAY)
    return appeals.SIMPLE.is_over(Appeal(received_at=received), at, PEACETIME)


def _state(model: Any, over: Any, **fields: Any) -> IsLate:
    def is_late(last_day: date, at: datetime) -> bool:
        values = {name: value(last_day) for name, value in fields.items()}
        return bool(model(**values).state_at(at) == over)

    return is_late


def _before(last_day: date) -> datetime:
    return end_of_day(last_day - 40 * meetings.ONE_DAY)


#: Each predicate of the product, by its file and name, that has something to do with a last day.
IS_LATE: Mapping[str, IsLate] = {
    "accounts/staff/presenters.py ShownGrant.is_over": lambda last_day, at: ShownGrant(
        Grant(ends_at=end_of_day(last_day)), ""
    ).is_over(at),
    "appeals/terms.py Term.is_over": _appeal_term,
    "appeals/filing/models.py Appeal.is_late_at": lambda last_day, at: (
        Appeal(due_at=end_of_day(last_day)).is_late_at(at)
        or Appeal(due_at=end_of_day(last_day), answered_at=at).is_late_at(at)
    ),
    "appeals/filing/presenters.py ApplicantAppeal.is_late": lambda last_day, at: (
        ApplicantAppeal(Appeal(due_at=end_of_day(last_day)), at).is_late
    ),
    "appeals/desk/clocks.py LegalTerm.was_late": lambda last_day, at: (
        appeals_desk.LegalTerm("", "", end_of_day(last_day), at, NOT_URGENT).was_late
    ),
    "petitions/desk/clocks.py LegalTerm.was_late": lambda last_day, at: (
        petitions_desk.LegalTerm("", "", last_day, local_date(at), NOT_URGENT).was_late
    ),
    "consultations/rules.py is_past_the_last_day": lambda last_day, at: (
        consultations.is_past_the_last_day(Consultation(closes_at=end_of_day(last_day)), at)
    ),
    "consultations/decisions/presenters.py ShownStep.is_late": lambda last_day, at: (
        decisions.ShownStep(ExecutionStep(due_on=last_day), (), local_date(at)).is_late
    ),
    "consultations/acts/presenters.py ShownAct.is_in_time": _act,
    "meetings/terms.py Due.is_late_on": lambda last_day, at: (
        _due(last_day, None).is_late_on(local_date(at))
        or _due(last_day, local_date(at)).is_late_on(last_day)
    ),
    "meetings/terms.py is_notice_in_time": _notice,
    "meetings/presenters.py ShownDue.is_late": lambda last_day, at: (
        meetings_public.ShownDue(_due(last_day, None), local_date(at)).is_late
    ),
    "meetings/planning/presenters.py ShownDue.is_late": lambda last_day, at: (
        meetings_desk.ShownDue.on(local_date(at), _due(last_day, None)).is_late
    ),
    "meetings/planning/presenters.py ShownDue.was_late": lambda last_day, at: (
        meetings_desk.ShownDue.on(last_day, _due(last_day, local_date(at))).was_late
    ),
    "meetings/stopped/queries.py ShownStop.is_late": _stop,
    "newsroom/presenters.py ShownArticle.is_over": lambda last_day, at: (
        ShownArticle(Article(begins_at=end_of_day(last_day)), at, None).is_over
    ),
    "petitions/presenters.py ShownStep.is_late": lambda last_day, at: (
        ShownStep(Step(due_on=last_day), local_date(at)).is_late
    ),
    "votes/presenters.py WaitingPoll.is_late": lambda last_day, at: (
        WaitingPoll(_any(now=at), 0, end_of_day(last_day)).is_late
    ),
}
#: Predicates of such a name that ask for no last day of law.
NO_TERM = {
    "consultations/evidence/models.py EvidenceBundle.is_over": "its file has gone",
    "consultations/evidence/spoken.py Spoken._is_past": "a period of keeping, in moments",
    "petitions/record.py _is_past_term": "a period of keeping, in moments",
    "meetings/periods.py _is_over": "a meeting, not a term",
    "consultations/personal_data.py _is_past_its_act": "a period of keeping, in moments",
    "core/audit_log/heads.py is_over": "a day of the audit log, from the clock",
    "meetings/pauses/models.py Pause.is_over_night": "how long a pause is",
}
#: What else closes with the end of a day, by what it is.
CLOSES: Mapping[str, IsLate] = {
    "urgency of deadlines": lambda last_day, at: urgency(last_day, local_date(at)).kind == "late",
    "accreditation": lambda last_day, at: (
        Accreditation(confirmed_at=at, decided_at=at, until=last_day).state_on(local_date(at))
        == AccreditationState.OVER
    ),
    "consultation": _state(
        Consultation,
        ConsultationState.CLOSED,
        announced_at=_before,
        opens_at=_before,
        closes_at=end_of_day,
    ),
    "petition": lambda last_day, at: (
        Petition(
            submitted_at=_before(last_day),
            published_at=_before(last_day),
            closes_at=end_of_day(last_day),
        ).state_at(at)
        != PetitionState.COLLECTING
    ),
    "poll": _state(
        Poll, PollState.CLOSED, scheduled_at=_before, opens_at=_before, closes_at=end_of_day
    ),
}
