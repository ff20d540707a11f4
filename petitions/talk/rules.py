"""Rules of the discussion of a petition. Pure: the facts are passed in.

Anybody who has signed in, from its publication on: also of its answer, and of what becomes of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import Verdict, refuse_unless
from discussions import rules as discussion_rules

if TYPE_CHECKING:
    from accounts.models import Anybody
    from discussions.models import Comment
    from petitions.models import Petition


def be_open(petition: Petition, *, now: datetime) -> Verdict:
    """Take comments from anybody at all: while it is published and not withdrawn."""
    return refuse_unless(
        not petition.withdrawn_at,
        "petition.withdrawn",
        _("Its author has withdrawn this petition: it is no longer discussed."),
    ) and refuse_unless(
        petition.published_at and petition.published_at <= now,
        "petition.not_published",
        _("This petition is not published."),
    )


def speak(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Comment, answer, support: while it is published and not withdrawn."""
    return be_open(petition, now=now) and act(user)


def reply(user: Anybody, petition: Petition, comment: Comment, *, now: datetime) -> Verdict:
    """Answer what somebody said."""
    return speak(user, petition, now=now) and discussion_rules.reply(user, comment)


def react(user: Anybody, petition: Petition, comment: Comment, *, now: datetime) -> Verdict:
    """Agree or disagree with what somebody else said."""
    return speak(user, petition, now=now) and discussion_rules.react(user, comment)


def edit(user: Anybody, petition: Petition, comment: Comment, *, now: datetime) -> Verdict:
    """Change one's own words within 15 minutes."""
    return speak(user, petition, now=now) and discussion_rules.edit(user, comment, now=now)


def delete(user: Anybody, comment: Comment) -> Verdict:
    """Take back one's own words, at any time: they are one's own."""
    return discussion_rules.delete(user, comment)
