"""Rules of suggesting another track to an applicant."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals.models import OPEN_STATES, Appeal
from appeals.rules import Involved, respond
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: Where the words of an appeal can be said in public, and what the applicant is told of it.
SUGGESTIONS = {
    "petition": _("Others may want the same: you can ask for it by an electronic petition."),
    "remark": _("The council discusses a draft about this now: you can say it there in public."),
}
LONGEST_WORDS = 2000


def suggest_track(
    user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, track: str, words: str
) -> Verdict:
    """Tell the applicant that they may also say it in public: who deals with them, while the
    council owes an answer. It changes nothing of the appeal."""
    return (
        respond(user, appeal, involved)
        and refuse_unless(
            appeal.state_at(now) in OPEN_STATES,
            "appeal.not_open",
            _("The appeal is finished: its applicant expects nothing more."),
        )
        and refuse_unless(
            appeal.via != Appeal.Via.PETITION,
            "appeal.was_a_petition",
            _("It was said in public already: it was a petition."),
        )
        and refuse_unless(
            track in SUGGESTIONS,
            "appeal.track_missing",
            _("Choose where it can be said in public."),
            field="track",
        )
        and refuse_unless(
            len(words) <= LONGEST_WORDS,
            "appeal.words_too_long",
            _("This is too long: write at most %(most)d characters.") % {"most": LONGEST_WORDS},
            field="words",
        )
    )
