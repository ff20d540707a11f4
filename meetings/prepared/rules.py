"""Rules of what is prepared before a meeting. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.displays.models import LONGEST_WORDS
from meetings.prepared.models import MOST_PREPARED, Prepared
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

#: The longest question of a survey (votes.questions.forms.AskHereForm).
LONGEST_QUESTION = 200


def change(user: Anybody, meeting: Meeting) -> Verdict:
    """Prepare anything, or throw it away: who runs the meeting, until it is over."""
    return (
        run(user, meeting)
        and refuse_unless(
            meeting.cancelled_at is None, "meeting.cancelled", _("The meeting was cancelled.")
        )
        and refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))
    )


def prepare(
    user: Anybody, meeting: Meeting, *, kind: str, text: str, options: int, how: str, there: int
) -> Verdict:
    """Prepare a survey or an announcement. ``options``: how many it offers; ``there``: how many are
    prepared already."""
    is_survey = kind == Prepared.Kind.SURVEY
    longest = LONGEST_QUESTION if is_survey else LONGEST_WORDS
    return (
        change(user, meeting)
        and refuse_unless(text.strip(), "prepared.text_missing", _("Please write the words."))
        and refuse_unless(
            len(text.strip()) <= longest,
            "prepared.text_too_long",
            _("This must fit on the screen: please shorten it."),
        )
        and refuse_unless(
            is_survey or not options,
            "prepared.options_of_a_survey",
            _("An announcement has no options."),
        )
        and refuse_unless(
            not is_survey or options >= 2 or (not options and how == Prepared.How.ONE),
            "prepared.options_missing",
            _("Please give two options at least."),
        )
        and refuse_unless(
            there < MOST_PREPARED,
            "prepared.too_many",
            _("So many are prepared already: please throw some away first."),
        )
    )
