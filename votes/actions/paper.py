"""Ballots on paper: typed by one person of the office, and by another one who compares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.actions import action, locked, shared
from core.events import emit
from core.rules import Refused, reject, require
from votes import reading, rules
from votes.actions.texts import keep
from votes.answers import read
from votes.events import PaperBallotConfirmed, PaperBallotEntered
from votes.models import Mark, PaperBallot, Poll


def enter_paper(poll: Poll, *, by: User, number: str, choices: Mapping[str, Any]) -> PaperBallot:
    """Type what stands on a sheet; it counts once another person has typed the same.

    Refuses by rules.enter_paper and votes.answers.read, and with ``paper.number_taken``. Emits
    PaperBallotEntered.
    """
    try:
        with action():
            poll, now = shared(poll)
            require(rules.enter_paper(by, poll, now=now))
            ballot = PaperBallot.objects.create(
                poll=poll,
                number=number.strip(),
                choices=read(reading.questions_of(poll), choices),
                entered_by=by,
            )
            emit(PaperBallotEntered(poll.pk, by.pk, ballot.pk))
            return ballot
    except IntegrityError:
        reject("paper.number_taken", _("A sheet with this number has been entered already."))


def confirm_paper(ballot: PaperBallot, *, by: User, choices: Mapping[str, Any]) -> PaperBallot:
    """Type the same sheet as another person did: what both typed alike counts.

    Refuses by rules.confirm_paper and votes.answers.read, and with ``paper.differs``: then one of
    the two has to look again. Emits PaperBallotConfirmed.
    """
    with action():
        poll, now = shared(Poll(pk=ballot.poll_id))
        ballot = locked(ballot)
        require(rules.confirm_paper(by, poll, ballot, now=now))
        questions = reading.questions_of(poll)
        if read(questions, choices) != ballot.choices:
            reject("paper.differs", _("This is not what your colleague typed: look at the sheet."))
        ballot.confirmed_by, ballot.confirmed_at = by, clock.now()
        ballot.save(update_fields=["confirmed_by", "confirmed_at"])
        keep(questions, ballot.choices, paper=ballot.pk)
        emit(PaperBallotConfirmed(poll.pk, by.pk, ballot.pk))
        return ballot


def vote_on_paper(poll: Poll, *, by: User, mark: Mark) -> None:
    """Hand a sheet to a voter of a list that was written down: she cannot vote here any more.

    Refuses by rules.enter_paper and with ``vote.voted_already``. Emits nothing: who of a secret
    poll voted when is nobody's business.
    """
    with action():
        poll, now = shared(poll)
        require(rules.enter_paper(by, poll, now=now))
        handed = Mark.objects.filter(pk=mark.pk, poll=poll, used=False)
        if not handed.update(used=True, on_paper=True):
            raise Refused(rules.VOTED)
