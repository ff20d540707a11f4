"""Suggesting to an applicant that they also say it in public (docs/adr/0061-tracks.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from appeals.begin import begin, enter
from appeals.events import AppealTrackSuggested
from appeals.models import Appeal, Entry
from appeals.tracks import rules
from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require

if TYPE_CHECKING:
    from accounts.models import User


def suggest_track(appeal: Appeal, *, by: User, track: str, words: str = "") -> Entry:
    """Write into the applicant's timeline that a petition or a remark may serve them too.

    The appeal keeps its number, its date and its term, and goes on: only its applicant makes the
    petition or the remark, and only they take the appeal back. Refuses by rules.suggest_track.
    Emits AppealTrackSuggested.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(
            rules.suggest_track(by, appeal, involved=involved, now=now, track=track, words=words)
        )
        with override("uk"):
            told = (
                str(rules.SUGGESTIONS[track]),
                words.strip(),
                gettext(
                    "You decide. The link on this page opens the form with your words in it. The "
                    "appeal is considered as before, unless you take it back."
                ),
            )
        entry = enter(appeal, Entry.Kind.NOTE, by=by, at=now, words="\n\n".join(filter(None, told)))
        created(entry)
        emit(AppealTrackSuggested(appeal.pk, by.pk, entry.pk))
        return entry
