"""The terms of law that bind the council: what starts each, and what ends it.

Law 393/96-ВР: publication or refusal within two working days of sending, the notice that the
review begins within three of having enough, the review itself within ten, the answer on the next
one. The numbers are the petition's procedure's; what did not gather enough is an appeal, whose term
is kept by appeals alone (appeals/terms.py). Each is counted from the day *after*
what set it going, in Kyiv, by the working calendar (core/domain/calendar.py), and stored when it
begins; terms that still run are counted anew when the periods of martial law change
(actions.recount_terms). The last day of collecting is none of them: it was promised to
everybody when the petition was published, and stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import Period, WorkCalendar, local_date
from petitions.models import Petition


@dataclass(frozen=True, slots=True)
class Term:
    """One of them. ``column`` holds its last day, ``period`` is the procedure's; it runs from the
    moment in ``since`` until one of ``until`` is there."""

    column: str
    period: str
    since: str
    until: tuple[str, ...]

    @property
    def running(self) -> Q:
        """Petitions whose term this is now."""
        return Q(**{f"{self.since}__isnull": False}, **dict.fromkeys(self.until))

    def runs(self, petition: Petition) -> bool:
        begun = getattr(petition, self.since)
        return bool(begun) and not any(getattr(petition, name) for name in self.until)

    def period_of(self, petition: Petition) -> Period:
        found: Period = attrgetter(self.period)(petition.procedure)
        return found

    def start(self, petition: Petition) -> date:
        """The day, in Kyiv, that set it going and is not counted."""
        return local_date(getattr(petition, self.since))

    def last_day(self, petition: Petition, calendar: WorkCalendar) -> date:
        """The day until whose end it must be done."""
        return self.period_of(petition).last_day(self.start(petition), calendar)

    def set(self, petition: Petition, calendar: WorkCalendar) -> bool:
        """Write its last day into the petition (without saving); whether it is another now."""
        last_day = self.last_day(petition, calendar)
        if getattr(petition, self.column) == last_day:
            return False
        setattr(petition, self.column, last_day)
        return True


PUBLISH = Term(
    "publish_due_on",
    "publish_period",
    "submitted_at",
    ("published_at", "refused_at", "withdrawn_at"),
)
NOTICE = Term("notice_due_on", "notice_period", "reached_at", ("review_at",))
REVIEW = Term("review_due_on", "review_period", "review_at", ("decided_at",))
ANSWER = Term("answer_due_on", "answer_period", "decided_at", ("answered_at",))
TERMS = (PUBLISH, NOTICE, REVIEW, ANSWER)
#: What each last day is of.
LABELS = {
    "publish_due_on": _("Publication or refusal"),
    "notice_due_on": _("Notice of the review"),
    "review_due_on": _("Review and decision"),
    "answer_due_on": _("Answer"),
}
