"""What a hall's screen and a live page of results show of a poll. No request, no user."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from votes import pages, showing
from votes.models import Poll


def display_context(poll: Poll, *, at_once: bool = False) -> dict[str, Any]:
    """The question, until when, how many have voted, and the bars where they may be shown.

    ``at_once``: of votes.showing.results_of. Five queries, and what counting takes.
    """
    pages.show(poll)
    shown = showing.results_of(poll, at_once=at_once)
    questions = shown["questions"] if shown else []
    address = reverse(
        "votes:vote" if poll.state in ("scheduled", "open") else "votes:detail", args=[poll.pk]
    )
    return {
        "poll": poll,
        "turnout": pages.turnout(poll),
        "bars": [each for each in questions if each["rows"]],
        "is_final": bool(poll.published_at),
        "asked": pages.questions_of(poll),
        "join_url": settings.SITE_URL + address,
        "display_url": reverse("votes:display", args=[poll.pk]),
        "now": poll.now,
    }


def results_context(poll: Poll, *, at_once: bool = False) -> dict[str, Any]:
    """The page of results; without ``counted`` where there is nothing to show (yet, or at all)."""
    pages.show(poll)
    shown = showing.results_of(poll, at_once=at_once)
    return {
        "poll": poll,
        "live_results_url": reverse("votes:live_results", args=[poll.pk]),
        **(shown or {}),
    }
