"""Published roll-calls as votes on consultations, for the council's decision on each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from consultations.decisions import sittings
from consultations.decisions.models import Votes
from consultations.decisions.sittings import Sitting
from core.domain.calendar import local_date
from meetings.models import Kind, RollCall
from meetings.outcome.counting import result_of_counted, with_counts
from meetings.outcome.deciding import counting
from meetings.rollcalls.majority import Result

#: Kinds of meetings that adopt acts; a committee concludes.
_ADOPT = (Kind.SESSION, Kind.EXECUTIVE)
#: What the council writes is Ukrainian (2704-VIII art. 13).
_LANGUAGE = "uk"


def read(consultation_ids: Collection[int]) -> Iterator[Sitting]:
    """The published roll-calls on items about these consultations that may have decided, the first
    one first: one query. Procedural questions and annulled votes are left out, and all but the
    one that the secretary has confirmed."""
    rows = with_counts(RollCall.objects.all()).filter(
        item__consultation__in=consultation_ids,
        item__meeting__kind__in=_ADOPT,
        published_at__isnull=False,
    )
    rows = counting(rows).select_related("item__meeting", "annulment")
    return map(_sitting, rows.order_by("closed_at", "pk"))


def _sitting(row: Any) -> Sitting:
    result, meeting = result_of_counted(row), row.item.meeting
    args = [meeting.pk, row.pk]
    with translation.override(_LANGUAGE):
        path = reverse("meetings:roll_call", args=args)
    return Sitting(
        key=row.pk,
        consultation_id=row.item.consultation_id,
        title=meeting.title,
        question=row.question,
        closed_at=row.closed_at,
        is_adopted=result.is_carried,
        votes=Votes(
            votes_for=result.for_,
            against=result.against,
            abstained=result.abstained,
            not_voting=result.not_voting,
            members=result.membership,
        ),
        reason="" if result.is_carried else _why_not(row, result),
        path=path,
        url=reverse("meetings:roll_call", args=args),
        moment_url=moment_url(row),
    )


def moment_url(roll_call: RollCall) -> str:
    """The second at which the vote ended, in the log of its meeting (loaded with it)."""
    meeting = roll_call.item.meeting
    log = reverse("meetings:log", args=[meeting.pk])
    if roll_call.closed_at is None or meeting.opened_at is None:
        return log
    return f"{log}#t-{int((roll_call.closed_at - meeting.opened_at).total_seconds())}"


def _why_not(row: RollCall, result: Result) -> str:
    """In Ukrainian: it goes into what the council publishes."""
    assert row.closed_at is not None  # noqa: S101 - only closed ones are published
    with translation.override(_LANGUAGE):
        day = date_format(local_date(row.closed_at), "j E Y")
    if not result.has_quorum:
        return (
            f"Поіменне голосування {day} року: участь узяли {result.present} із "
            f"{result.membership}, кворуму не було."
        )
    return (
        f"Поіменне голосування {day} року: «за» – {result.for_}, потрібно не менш як "
        f"{result.needed} із {result.membership}."
    )


sittings.register(read)
