"""Minutes of the demo city's meeting that is over, as its secretary wrote and published them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation

from accounts.models import User
from core.domain.actions import action
from meetings.minutes.actions import compose_edition, remake_files
from meetings.minutes.manifest import digest
from meetings.models import Meeting, Minutes, MinutesPart, MinutesVersion
from portal.demo import content


def publish_minutes(meeting: Meeting, *, by: User, at: datetime) -> None:
    """The rows that the actions would have written at that moment; jobs make the files."""
    described = content.table("minutes.toml")
    texts = {name: text.strip() for name, text in described["texts"].items()}
    keys = dict(meeting.items.values_list("order", "pk"))
    for row in described["item"]:
        for name in ("said", "decided"):
            if name in row:
                texts[f"{name}-{keys[row['order']]}"] = row[name].strip()
    with action(), translation.override(settings.LANGUAGE_CODE):
        minutes = Minutes.objects.create(meeting=meeting, texts=texts, changed_at=at, changed_by=by)
        MinutesVersion.objects.create(minutes=minutes, number=1, texts=texts, by=by, at=at)
        edition, parts = compose_edition(meeting, minutes, by=by, at=at)
        edition.sha256 = digest(edition, parts)
        edition.save()
        MinutesPart.objects.bulk_create(parts)
        meeting.minutes_edition, meeting.minutes_published_at = edition.number, at
        meeting.save(update_fields=["minutes_edition", "minutes_published_at"])
        remake_files([edition.pk])
