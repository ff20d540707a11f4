"""Meetings as matters of notes between officers (accounts/notes/)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.notes.matters import Matter, register
from meetings.models import Meeting
from meetings.querysets import KIND
from meetings.rules import run


def matter_of(meeting: Meeting) -> Matter:
    """A meeting as notes know it."""
    return Matter(
        KIND,
        meeting.pk,
        meeting,
        meeting.title,
        reverse("meetings_desk:detail", args=[meeting.pk]),
        work=lambda user: run(user, meeting),
    )


def _find(pk: int) -> Matter | None:
    meeting = Meeting.objects.filter(pk=pk).first()
    return matter_of(meeting) if meeting is not None else None


register(KIND, label=gettext_lazy("a meeting"), find=_find)
