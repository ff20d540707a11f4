"""Actions on ballots on paper: one person of the office types each, another one compares."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.rules import Refused, reject, require
from core.web.idempotency import created
from votes import queries
from votes.ballots.answers import read
from votes.electorate.actions import freeze
from votes.events import (
    PaperBallotConfirmed,
    PaperBallotEntered,
    PaperBallotWithdrawn,
    SheetHanded,
    SheetTakenBack,
)
from votes.models import Invitation, PaperBallot, Poll, voter_records
from votes.paper import rules
from votes.texts.actions import keep

LONGEST_NUMBER = 20


def enter_paper(poll: Poll, *, by: User, number: str, choices: Mapping[str, Any]) -> PaperBallot:
    """Type what stands on a sheet; it counts once another person has typed the same.

    Refuses by office_rules.enter_paper and votes.ballots.answers.read, and with ``paper.number``
    (none) and
    ``paper.number_taken``. Emits PaperBallotEntered.
    """
    number = _spell_number(number)
    try:
        with action():
            # One after the other: each is compared with how many were handed out.
            poll = locked(poll)
            require(rules.enter_paper(by, poll, now=clock.now(), left=sheets_left(poll)))
            ballot = PaperBallot.objects.create(
                poll=poll,
                number=number,
                choices=read(queries.questions_of(poll), choices),
                entered_by=by,
            )
            created(ballot)
            emit(PaperBallotEntered(poll.pk, by.pk, ballot.pk))
            return ballot
    except IntegrityError:
        reject("paper.number_taken", _("A sheet with this number has been entered already."))


def _spell_number(number: str) -> str:
    """The one spelling of a sheet's number, so that «№ 012» is no other sheet than «12»: letters
    and digits, no zeros before them."""
    plain = unicodedata.normalize("NFKC", number.replace("№", "")).upper()
    kept = "".join(sign for sign in plain if sign.isalnum())
    if not 0 < len(kept) <= LONGEST_NUMBER:
        reject("paper.number", _("The number of a sheet has letters or digits, 20 at most."))
    return kept.lstrip("0") or "0"


def confirm_paper(ballot: PaperBallot, *, by: User, choices: Mapping[str, Any]) -> PaperBallot:
    """Type the same sheet as another person did: what both typed alike counts.

    Refuses by office_rules.confirm_paper and votes.ballots.answers.read, and with
    ``paper.differs``: then one of the two has to look again. Emits PaperBallotConfirmed.
    """
    with action():
        poll, now = shared(Poll(pk=ballot.poll_id))
        ballot = locked(ballot)
        require(rules.confirm_paper(by, poll, ballot, now=now))
        questions = queries.questions_of(poll)
        if read(questions, choices) != ballot.choices:
            reject("paper.differs", _("This is not what your colleague typed: look at the sheet."))
        ballot.confirmed_by, ballot.confirmed_at = by, clock.now()
        ballot.save(update_fields=["confirmed_by", "confirmed_at"])
        keep(questions, ballot.choices, paper=ballot.pk)
        emit(PaperBallotConfirmed(poll.pk, by.pk, ballot.pk))
        return ballot


def hand_sheet(invitation: Invitation, *, by: User) -> None:
    """Give somebody on the list a sheet: they cannot vote here any more.

    Refuses by office_rules.hand_sheet and with ``vote.voted_already``. Emits SheetHanded.
    """
    with action():
        poll = freeze(locked(invitation.poll))
        require(rules.hand_sheet(by, poll, now=clock.now()))
        records = voter_records(poll).filter(invitation=invitation, used=False)
        if not records.update(used=True, on_paper=True):
            raise Refused(rules.HAS_VOTED)
        emit(SheetHanded(poll.pk, by.pk, invitation.pk))


def take_sheet_back(invitation: Invitation, *, by: User) -> None:
    """Take an empty sheet back from somebody, who may vote here again.

    Refuses by office_rules.hand_sheet, with ``paper.no_sheet``, and with ``paper.none_handed``: all
    that were handed out are typed. Emits SheetTakenBack.
    """
    with action():
        poll = locked(invitation.poll)
        require(rules.hand_sheet(by, poll, now=clock.now()))
        require(rules.enter_paper(by, poll, now=clock.now(), left=sheets_left(poll)))
        records = voter_records(poll).filter(invitation=invitation, on_paper=True)
        if not records.update(used=False, on_paper=False):
            raise Refused(rules.NO_SHEET)
        emit(SheetTakenBack(poll.pk, by.pk, invitation.pk))


def sheets_left(poll: Poll) -> int:
    """Number of sheets given to people on the list and not typed yet."""
    handed = voter_records(poll).filter(on_paper=True).count()
    return handed - PaperBallot.objects.filter(poll=poll).count()


def withdraw_paper(ballot: PaperBallot, *, by: User) -> None:
    """Take back a sheet that one typed oneself, to type it anew: nobody has confirmed it yet.

    Refuses by office_rules.withdraw_paper. Emits PaperBallotWithdrawn.
    """
    with action():
        poll, now = shared(Poll(pk=ballot.poll_id))
        ballot = locked(ballot)
        require(rules.withdraw_paper(by, poll, ballot, now=now))
        emit(PaperBallotWithdrawn(poll.pk, by.pk, ballot.pk))
        ballot.delete()
