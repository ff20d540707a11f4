"""Legal terms for publications of a meeting.

280/97-ВР art. 46 (sessions), art. 47 (standing committees), art. 59 (decisions); 2939-VI art. 15
(drafts and documents), arts 46 and 47 as 3590-IX has them, art. 13 (hearings). A term that the law
names for no kind of meeting is not made up: a press conference and a round table have none here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import ONE_DAY, Period, Unit, WorkCalendar, local_date
from meetings.models import OF_BODIES, Item, Kind, Meeting, Outcome, RollCall

#: So many days before a session its notice comes; in exceptional cases so many (art. 46(10)).
NOTICE_DAYS, EXCEPTIONAL_NOTICE_DAYS = 10, 1
#: So many working days before it is considered a draft decision is published (2939-VI art. 15(4)).
DRAFT_WORKING_DAYS = 10
#: Within so many working days a document is published (2939-VI art. 15(2)).
MINUTES_WORKING_DAYS = 5
#: Within so many days what was proposed at a hearing is decided on (art. 13(5)).
PROPOSALS = Period(30, Unit.DAYS)

#: What each stored last day is of.
LABELS = {
    "minutes_due_on": _("Minutes"),
    "proposals_due_on": _("Decision on the proposals of the hearing"),
}
#: Kinds whose video is published by the next day.
_FILMED = frozenset({Kind.SESSION, Kind.COMMITTEE})
_ARTICLES_OF_VIDEO = {Kind.SESSION: "280/97-ВР, 46(18)", Kind.COMMITTEE: "280/97-ВР, 47(9)"}
_ARTICLES_OF_MINUTES = {
    Kind.SESSION: "280/97-ВР, 46(17); 2939-VI, 15(2)",
    Kind.COMMITTEE: "280/97-ВР, 47(10); 2939-VI, 15(2)",
    Kind.EXECUTIVE: "2939-VI, 15(2)",
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to be published by the end of a day, in Kyiv.

    ``article`` is the law's, its parts in brackets. ``is_binding``: false where the law only asks
    for it while martial law lasts (389-VIII art. 9(10)).
    """

    code: str
    label: str | Promise
    article: str
    last_day: date
    done_on: date | None = None
    is_binding: bool = True
    #: The one item, or the one roll-call, that it is about.
    item: Item | None = None
    roll_call: RollCall | None = None

    def is_late_on(self, today: date) -> bool:
        """Whether it is overdue, or was done late."""
        return self.is_binding and (self.done_on or today) > self.last_day


def notice_day(meeting: Meeting) -> date | None:
    """The last day on which its notice comes in time; None: the law names none for its kind."""
    if meeting.kind != Kind.SESSION:
        return None
    exceptional = bool(meeting.short_notice_reason)
    days = EXCEPTIONAL_NOTICE_DAYS if exceptional else NOTICE_DAYS
    return local_date(meeting.begins_at) - timedelta(days=days)


def is_notice_in_time(meeting: Meeting, now: datetime) -> bool:
    """Whether a notice that is published ``now`` comes in time."""
    last_day = notice_day(meeting)
    return last_day is None or local_date(now) <= last_day


def draft_day(meeting: Meeting, calendar: WorkCalendar) -> date:
    """The last day on which a draft decision that it considers is published in time."""
    return calendar.add_working_days(local_date(meeting.begins_at), -DRAFT_WORKING_DAYS)


def video_day(meeting: Meeting) -> date | None:
    """The day after it; None: it is not over, or its kind is not filmed by law."""
    if meeting.kind not in _FILMED or meeting.closed_at is None:
        return None
    return local_date(meeting.closed_at) + ONE_DAY


def minutes_day(meeting: Meeting, calendar: WorkCalendar) -> date | None:
    """The last day for its minutes; None: it is not over, or is of no body.

    The law counts from the day on which they are signed, which nobody enters here: they are counted
    from its end, which is never later.
    """
    if meeting.kind not in OF_BODIES or meeting.closed_at is None:
        return None
    return calendar.add_working_days(local_date(meeting.closed_at), MINUTES_WORKING_DAYS)


def proposals_day(meeting: Meeting, calendar: WorkCalendar) -> date | None:
    """The last day for a decision on what was proposed; None: it is not over, or no hearing."""
    if meeting.kind != Kind.HEARING or meeting.closed_at is None:
        return None
    return PROPOSALS.last_day(local_date(meeting.closed_at), calendar)


def roll_call_day(meeting: Meeting, roll_call: RollCall) -> date | None:
    """The day of the vote itself (art. 59(3): of the council's decisions); None: it is open, or
    of another body."""
    if meeting.kind != Kind.SESSION or roll_call.closed_at is None:
        return None
    return local_date(roll_call.closed_at)


def due_items(
    meeting: Meeting,
    *,
    items: Iterable[Item],
    roll_calls: Iterable[RollCall],
    calendar: WorkCalendar,
    concluded: Iterable[Item] = (),
    outcomes: Iterable[Outcome] = (),
) -> list[Due]:
    """All that is to be published of it, and what was, by the last day.

    Pure: ``items`` come with their consultations, and as ``roll_calls`` from reading;
    ``concluded`` and ``outcomes`` from outcome.queries.load_followed.
    """
    if meeting.cancelled_at:
        return []
    found = [
        *_notice(meeting),
        *_drafts(meeting, items, calendar),
        *_roll_calls(meeting, roll_calls),
        *_record(meeting),
        *_conclusion_terms(meeting, concluded, list(outcomes)),
    ]
    return sorted(found, key=lambda due: due.last_day)


def _notice(meeting: Meeting) -> Iterator[Due]:
    last_day = notice_day(meeting)
    if last_day is not None:
        done_on = _day_of(meeting.published_at)
        yield Due("notice", _("Notice of the session"), "280/97-ВР, 46(10)", last_day, done_on)


def _drafts(meeting: Meeting, items: Iterable[Item], calendar: WorkCalendar) -> Iterator[Due]:
    """Drafts that were put to a public consultation here: of others the day is not known."""
    if meeting.kind not in (Kind.SESSION, Kind.EXECUTIVE):
        return
    last_day = draft_day(meeting, calendar)
    for item in items:
        if item.consultation is not None and item.state != Item.State.DROPPED:
            yield Due(
                "draft",
                _("Draft decision"),
                "2939-VI, 15(4)",
                last_day,
                _day_of(item.consultation.announced_at),
                is_binding=not calendar.is_martial_law(last_day),
                item=item,
            )


def _roll_calls(meeting: Meeting, roll_calls: Iterable[RollCall]) -> Iterator[Due]:
    for roll_call in roll_calls:
        last_day = roll_call_day(meeting, roll_call)
        if last_day is not None:
            yield Due(
                "roll_call",
                _("Result of the roll-call"),
                "280/97-ВР, 59(3)",
                last_day,
                _day_of(roll_call.published_at),
                roll_call=roll_call,
            )


def _record(meeting: Meeting) -> Iterator[Due]:
    last_day = video_day(meeting)
    if last_day is not None:
        article = _ARTICLES_OF_VIDEO[Kind(meeting.kind)]
        done_on = _day_of(meeting.video_published_at)
        yield Due("video", _("Video of the meeting"), article, last_day, done_on)
    if meeting.minutes_due_on is not None:
        article = _ARTICLES_OF_MINUTES[Kind(meeting.kind)]
        done_on = _day_of(meeting.minutes_published_at)
        yield Due("minutes", _("Minutes"), article, meeting.minutes_due_on, done_on)


def _conclusion_terms(
    meeting: Meeting, concluded: Iterable[Item], outcomes: list[Outcome]
) -> Iterator[Due]:
    """Conclusions on each item, in the term of any document: it begins on the day on which the
    committee adopted them, as that of its minutes. Decisions on what a hearing proposed."""
    done: dict[int | None, date] = {}
    for outcome in outcomes:
        done.setdefault(outcome.item_id, local_date(outcome.at))
    if meeting.minutes_due_on is not None:
        label, article = _("Conclusions of the committee"), "280/97-ВР, 47(10); 2939-VI, 15(2)"
        for item in concluded:
            last_day, done_on = meeting.minutes_due_on, done.get(item.pk)
            yield Due("conclusions", label, article, last_day, done_on, item=item)
    if meeting.proposals_due_on is not None:
        last_day, label = meeting.proposals_due_on, LABELS["proposals_due_on"]
        yield Due("proposals", label, "280/97-ВР, 13(5)", last_day, done.get(None))


def _day_of(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None


#: Within so many days after it is made the head may stop a decision of the council.
STOP = Period(5, Unit.DAYS)
#: Within two weeks the council considers it again.
SECOND_VOTE = Period(14, Unit.DAYS)


def stop_day(decided_on: date, calendar: WorkCalendar) -> date:
    """The last day on which a decision of that day can be stopped."""
    return STOP.last_day(decided_on, calendar)


def second_vote_day(stopped_on: date, calendar: WorkCalendar) -> date:
    """The last day for the second vote on what was stopped that day."""
    return SECOND_VOTE.last_day(stopped_on, calendar)
