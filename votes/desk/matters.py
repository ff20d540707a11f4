"""Polls as matters of notes between officers (accounts/notes/)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.notes.matters import Matter, register
from votes.models import Poll
from votes.querysets import KIND
from votes.rules import run


def matter_of(poll: Poll) -> Matter:
    """A poll as notes know it."""
    return Matter(
        KIND,
        poll.pk,
        poll,
        poll.title,
        reverse("votes_desk:detail", args=[poll.pk]),
        work=lambda user: run(user, poll),
    )


def _find(pk: int) -> Matter | None:
    poll = Poll.objects.filter(pk=pk).first()
    return matter_of(poll) if poll is not None else None


register(KIND, label=gettext_lazy("a poll"), find=_find)
