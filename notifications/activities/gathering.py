"""Activities without an event: things that close soon, and remarks of organisations.

Jobs look for them. A remark is an event, but a frequent one, and hardly any is an organisation's:
its action does not ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from consultations.models import Consultation, Remark
from core.domain.calendar import end_of_day, last_date, local_date
from notifications.activities.recording import tell_soon
from notifications.activities.topics import topics_of
from notifications.models import Activity
from petitions.models import Petition
from votes.models import Poll

Verb = Activity.Verb
#: So many days before its last one it is told that something closes; on Mondays the whole week of
#: the weekly digest, which comes too late for what closes from Friday to Sunday else.
SOON_DAYS, WEEK_DAYS = 3, 6
_MONDAY = 0
#: What was opened so lately has just been told of.
_JUST_OPENED = timedelta(days=2)
#: Remarks of organisations are looked for so far back: a job may have been missed.
_LOOKED_BACK = timedelta(days=2)


def record_closing(now: datetime) -> int:
    """Record that what closes within SOON_DAYS does, on Mondays within WEEK_DAYS, each closing day
    of each thing once; returns how many. A fixed number of queries."""
    today = local_date(now)
    ahead = WEEK_DAYS if today.weekday() == _MONDAY else SOON_DAYS
    until = end_of_day(today + timedelta(days=ahead))
    soon = {"closes_at__gt": now, "closes_at__lte": until}
    before = now - _JUST_OPENED
    closing = {
        "consultation": Consultation.objects.open().filter(opens_at__lte=before, **soon),
        "petition": Petition.objects.collecting().filter(published_at__lte=before, **soon),
        "poll": Poll.objects.open().filter(opens_at__lte=before, is_quick=False, **soon),
    }
    made = []
    for kind, rows in closing.items():
        days = {pk: last_date(closes_at) for pk, closes_at in rows.values_list("pk", "closes_at")}
        topics = topics_of(kind, days) if days else {}
        for pk, own in topics.items():
            about = f"{kind}:{pk}:{days[pk].isoformat()}"
            made.append(
                Activity(verb=Verb.CLOSES, about=about, at=now, topics=own, **{f"{kind}_id": pk})
            )
    return _record_new(made)


def record_remarks_of_organisations(now: datetime) -> int:
    """Record what organisations have said in consultations, for who follows them; returns how
    many."""
    remarks = Remark.objects.public().filter(
        comment__organisation__isnull=False, comment__created_at__gt=now - _LOOKED_BACK
    )
    found = remarks.values_list("pk", "consultation", "comment__organisation")
    return _record_new(
        Activity(
            verb=Verb.PUBLISHED,
            about=f"remark:{pk}",
            at=now,
            topics=[f"organisation:{organisation}"],
            consultation_id=consultation,
        )
        for pk, consultation, organisation in found
    )


def _record_new(activities: Iterable[Activity]) -> int:
    """Write those that are not there yet, and leave the jobs that tell of them."""
    made = {(each.verb, each.about): each for each in activities}
    with transaction.atomic():
        known = Activity.objects.filter(about__in=[about for _verb, about in made])
        for key in known.values_list("verb", "about"):
            made.pop(key, None)
        Activity.objects.bulk_create(made.values(), ignore_conflicts=True)
        new = [about for _verb, about in made]
        written = list(Activity.objects.filter(about__in=new)) if new else []
        tell_soon(written)
    return len(written)
