"""Rules of retelling a press conference. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.course.models import Kind
from newsroom.press.rules import work_at_desk

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting


def draft(by: Anybody, meeting: Meeting, *, answered: int) -> Verdict:
    """Draft an article of a conference that is over: who works with the press.
    ``answered``: how many of its questions were answered or will be in writing."""
    return (
        work_at_desk(by)
        and refuse_unless(
            meeting.kind == Kind.PRESS and meeting.closed_at is not None,
            "conference.not_over",
            _("A draft is made of a press conference that is over."),
        )
        and refuse_unless(
            answered > 0,
            "conference.nothing_answered",
            _("No question of this press conference has an answer yet."),
        )
    )


def publish(text: str, hidden: Collection[str]) -> Verdict:
    """Publish an article: not while a question stands in its text that was hidden since the draft
    was made. ``hidden``: the words of such questions."""
    flat = " ".join(text.split())
    return refuse_unless(
        not any(" ".join(words.split()) in flat for words in hidden),
        "conference.question_hidden",
        _("A question in the text is not shown any more at the conference. Please take it out."),
    )
