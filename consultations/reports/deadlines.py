"""The deadlines of a report, as its page at the desk shows them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from consultations.models import State
from consultations.presenters import ShownConsultation
from core.domain.calendar import Period, Unit, WorkCalendar, local_date
from core.domain.due import NOT_URGENT, Urgency, urgency

#: A deadline this near is marked.
SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is due: words, the last day, how near it is."""

    words: str
    due: date
    urgency: Urgency


def of(
    shown: ShownConsultation,
    calendar: WorkCalendar,
    waiting_since: datetime | None,
    edition_due_on: date | None = None,
) -> list[Deadline]:
    """Deadlines: the report, another edition of it, and each proposal's publication where the
    procedure sets a term.

    ``waiting_since``: when the oldest remark was sent that is not public yet; ``edition_due_on``:
    by when another edition is due, None where none is.
    """
    consultation, today = shown.consultation, local_date(shown.now)
    is_over = shown.state in (State.REPORTED, State.WITHDRAWN)
    found = []
    within = consultation.procedure.proposals_within
    if within and not is_over:
        period = Period(within, Unit.WORKING_DAYS)
        if waiting_since is not None:
            due = period.last_day(local_date(waiting_since), calendar)
            words = _("Publish the proposal that waits longest: %(period)s after it came")
            near = urgency(due, today, soon_days=SOON_DAYS)
            found.append(Deadline(words % {"period": period}, due, near))
        if consultation.last_day:
            due = period.last_day(consultation.last_day, calendar)
            words = _("The last proposals are public: %(period)s after each came")
            found.append(Deadline(words % {"period": period}, due, NOT_URGENT))
    if consultation.report_due_on and not is_over:
        near = urgency(consultation.report_due_on, today, soon_days=SOON_DAYS)
        words = _("Publish the report: %(period)s after the last day")
        period = consultation.procedure.report_period
        found.append(Deadline(words % {"period": period}, consultation.report_due_on, near))
    if edition_due_on and shown.state == State.REPORTED:
        near = urgency(edition_due_on, today, soon_days=SOON_DAYS)
        words = _("Publish another edition: %(period)s after hidden words were shown again")
        period = consultation.procedure.edition_period
        found.append(Deadline(words % {"period": period}, edition_due_on, near))
    return found
