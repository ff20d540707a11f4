"""Deadlines of meetings: what the law has published of them by a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.calendar import KYIV
from core.domain.deadlines import Kind, Rows, register, select
from meetings.models import Kind as KindOfMeeting
from meetings.models import Meeting, RollCall, Stop
from meetings.outcome.queries import concluded_items
from meetings.stopped.queries import WAITING
from meetings.terms import NOTICE_DAYS


def _page(of: int, _thing: int) -> str:
    return reverse("meetings_desk:detail", args=[of])


def _minutes_page(of: int, _thing: int) -> str:
    return reverse("meetings_desk:minutes", args=[of])


def _control_page(of: int, _thing: int) -> str:
    return f"{reverse('meetings_control:control', args=[of])}#stops"


def _conclusions(of: int, thing: int) -> str:
    return reverse("meetings_desk:conclusions", args=[of, thing])


def _rows(user: Any) -> Iterator[Rows]:
    mine = Meeting.objects.run_by(user)
    about = {"of": "pk", "title": "title", "department": "department_id"}
    noticed = TruncDate(F("begins_at") - Value(timedelta(days=NOTICE_DAYS)), tzinfo=KYIV)
    unpublished = mine.filter(kind=KindOfMeeting.SESSION, published_at=None)
    yield select(unpublished, kind="meeting-notice", due_on=noticed, **about)
    filmed = mine.filter(
        kind__in=[KindOfMeeting.SESSION, KindOfMeeting.COMMITTEE],
        closed_at__isnull=False,
        video_published_at=None,
    )
    next_day = TruncDate(F("closed_at") + Value(timedelta(days=1)), tzinfo=KYIV)
    yield select(filmed, kind="meeting-video", due_on=next_day, **about)
    yield select(
        mine.filter(minutes_published_at=None),
        kind="meeting-minutes",
        due_on="minutes_due_on",
        **about,
    )
    yield select(
        mine.filter(proposals_due_on__isnull=False, outcomes=None),
        kind="meeting-proposals",
        due_on="proposals_due_on",
        **about,
    )
    yield select(
        concluded_items().filter(meeting__in=mine, outcomes=None),
        kind="meeting-conclusions",
        of="meeting_id",
        title="title",
        due_on="meeting__minutes_due_on",
        department="meeting__department_id",
    )
    yield select(
        RollCall.objects.filter(
            closed_at__isnull=False,
            published_at=None,
            item__meeting__in=mine,
            item__meeting__kind=KindOfMeeting.SESSION,
        ),
        kind="meeting-roll-call",
        of="item__meeting_id",
        title="question",
        due_on=TruncDate("closed_at", tzinfo=KYIV),
        department="item__meeting__department_id",
    )
    yield select(
        Stop.objects.filter(WAITING, roll_call__item__meeting__in=mine),
        kind="meeting-stopped",
        of="roll_call__item__meeting_id",
        title="roll_call__question",
        due_on="vote_due_on",
        department="roll_call__item__meeting__department_id",
    )


register(
    {
        "meeting-notice": Kind(lambda _n: _("Publish the notice of the session"), _page),
        "meeting-video": Kind(lambda _n: _("Publish the video of the meeting"), _page),
        "meeting-minutes": Kind(lambda _n: _("Publish the minutes"), _minutes_page),
        "meeting-conclusions": Kind(lambda _n: _("Publish the conclusions"), _conclusions),
        "meeting-proposals": Kind(lambda _n: _("Publish what was decided on the proposals"), _page),
        "meeting-stopped": Kind(
            lambda _n: _("Put the stopped decision to the second vote"), _control_page
        ),
        "meeting-roll-call": Kind(lambda _n: _("Publish the result of the roll-call"), _page),
    },
    _rows,
)
