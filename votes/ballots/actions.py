"""Actions by which a vote is cast, in an open poll or in a secret one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.db.kept_cursors import fetch
from core.domain import clock
from core.domain.actions import action, shared
from core.domain.email_addresses import to_comparable
from core.domain.events import emit
from core.domain.rules import Refused, refuse, require
from votes import queries, rules
from votes.ballots import boxes, slips
from votes.ballots.answers import Asked, read
from votes.ballots.voters import Voter, voter_for
from votes.electorate.actions import freeze
from votes.events import OpenBallotCast
from votes.models import (
    Invitation,
    Keeper,
    OpenBallot,
    Poll,
    SecretVoterRecord,
    VoterRecord,
)
from votes.texts.actions import keep

#: Tables, as the models name them.
_RECORDS, _BALLOTS = VoterRecord._meta.db_table, OpenBallot._meta.db_table
_SECRET_RECORDS = SecretVoterRecord._meta.db_table

#: One round trip: the voter's record, and the ballot in its place. A person who has voted votes
#: anew; another representative of an organisation that has voted does not, and a code on paper
#: gives one vote.
_CAST = f"""
WITH record AS (
    INSERT INTO {_RECORDS} AS m
        (poll_id, user_id, organisation_id, invitation_id, used, on_paper, district_id, age_over)
    VALUES
        (%(poll)s, %(user_id)s, %(organisation_id)s, %(invitation_id)s, true, false, %(district)s,
         %(age)s)
    ON CONFLICT {{target}} DO UPDATE SET used = true, user_id = excluded.user_id
        WHERE NOT m.on_paper AND (NOT m.used OR {{again}})
    RETURNING id
)
INSERT INTO {_BALLOTS} AS b (mark_id, poll_id, choices, at)
SELECT id, %(poll)s, %(choices)s, statement_timestamp() FROM record
ON CONFLICT (mark_id) DO UPDATE
    SET choices = excluded.choices, changed_at = statement_timestamp()
RETURNING mark_id
"""  # noqa: S608 - names of tables

#: The box is put on the voter's record, if that is as it was when the form was drawn.
_CAST_SECRETLY = f"""
UPDATE {_SECRET_RECORDS} SET used = true, box = %(box)s, form = %(form)s
WHERE poll_id = %(poll)s AND number = %(number)s AND {{column}} = %({{column}})s
    AND form IS NOT DISTINCT FROM %(before)s AND (form IS NOT NULL OR NOT used)
RETURNING 1
"""  # noqa: S608 - names of tables

_AGAIN, _ONCE = "m.user_id IS NOT DISTINCT FROM excluded.user_id", "false"
_TARGETS = {"user_id": "(poll_id, user_id) WHERE organisation_id IS NULL"}
OLD_FORM = refuse(
    "ballot.form_old",
    _("You have voted since this form was opened: that vote stands. Open the form again."),
)
#: By the database: the form of another organisation's vote; boxes that are being opened.
_REFUSED_BY = {"one_secret_record_per_form": slips.NOT_SIGNED, "boxes_stay": rules.OVER}
#: For so long the same ballot by the same code is taken for an answer that was lost on the way.
#: Later whoever holds the letter could try one choice after the other until they are told that it
#: is the one.
SENT_AGAIN_WITHIN = timedelta(minutes=10)


def cast(
    poll: Poll,
    *,
    by: User | None = None,
    invitation: Invitation | None = None,
    choices: Mapping[str, Any],
    organisation_id: int | None = None,
) -> int:
    """Vote in an open poll, or vote anew; returns the id of the voter's record.

    ``by`` votes in their own name or in that of ``organisation_id``; ``invitation`` instead: who
    came with a code on paper, which gives one vote and changes none: whoever finds the sheet, or
    printed it, cannot undo what its owner chose. The same ballot once more within SENT_AGAIN_WITHIN
    (the answer was lost on the way) is the same vote. ``choices`` as in votes/ballots/answers.py.

    Refuses by votes.ballots.voters.voter_for, votes.ballots.answers.read and
    rules.vote_by_invitation; with
    ``vote.voted_already`` (on paper), ``vote.code_used`` and ``vote.organisation_voted``. Emits
    OpenBallotCast for who votes in their own name; whoever shows a turnout counts.
    """
    poll = _freeze_if_open(poll)
    with action():
        poll, now = shared(poll)
        voter = _voter(poll, by, invitation, now, organisation_id)
        questions = questions_of(poll)
        kept = read(questions, choices)
        target = _TARGETS.get(voter.column, f"(poll_id, {voter.column})")
        rows = fetch(
            _CAST.format(target=target, again=_ONCE if invitation else _AGAIN),
            _values(poll, voter) | {"choices": json.dumps(kept)},
        )
        if not rows:
            return _cast_already(voter, kept, by_code=invitation is not None)
        [row] = rows
        keep(questions, kept, ballot=row[0])
        if by is not None and organisation_id is None and not poll.is_quick:
            emit(OpenBallotCast(poll.pk, by.pk))
        return int(row[0])


def cast_secretly(
    poll: Poll,
    *,
    slip: str,
    by: User | None = None,
    invitation: Invitation | None = None,
    choices: Mapping[str, Any],
    organisation_id: int | None = None,
) -> UUID | None:
    """Vote in a secret poll; returns the code of the receipt, which the voter keeps, or None where
    the poll has no receipts and the vote may be changed by a new form.

    ``slip``: what was drawn with the form (votes/ballots/slips.py). The same form again – the
    answer was lost on the way – writes nothing and gives the same. Leaves the sealed box on the
    voter's record and nothing else: no event, no audit, no job, no limit, no time (docs/adr/0118).

    Refuses as ``cast`` does and by votes.ballots.slips.read, with ``vote.voted_already``,
    ``vote.code_used`` (by ``invitation``), ``vote.not_on_list`` and ``ballot.form_old``: somebody
    has voted by a newer form.
    """
    if poll.closes_at is None or poll.closes_at <= datetime.now(UTC):
        require(rules.voting(poll, now=clock.now()))  # who is late waits for no lock
    whose = slips.whose(by.pk if by else None, invitation)
    drawn = slips.read(slip, poll, whose=whose)
    poll = _freeze_if_open(poll)
    try:
        with action():
            poll, now = shared(poll)
            voter = _voter(poll, by, invitation, now, organisation_id)
            kept = read(questions_of(poll), choices)
            if not _put_into_box(poll, voter, drawn, kept, by_code=invitation is not None):
                _tell_why_not(poll, voter, drawn, by_code=invitation is not None)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        verdict = _REFUSED_BY.get(getattr(diagnosis, "constraint_name", ""))
        if verdict is None:
            raise
        raise Refused(verdict) from error
    return drawn.code


def _put_into_box(
    poll: Poll, voter: Voter, slip: slips.Slip, choices: Mapping[str, Any], *, by_code: bool
) -> bool:
    """Whether it is put there: not where the record is another's, or holds another form's vote."""
    before = slip.before
    if before is not None and (by_code or poll.has_receipts):
        return False  # a vote that stays
    number = slip.number
    if number is None:
        whose = {voter.column: getattr(voter, voter.column)}
        number = _records(poll, **whose).values_list("number", flat=True).first()
    if number is None:
        raise Refused(rules.NOT_ON_LIST)
    ballot = boxes.Ballot(dict(choices), slip.code)
    values = _values(poll, voter) | {
        "number": number,
        "box": boxes.seal(poll, keys_of(poll), number, ballot),
        "before": before,
        "form": slip.form,
    }
    return bool(fetch(_CAST_SECRETLY.format(column=voter.column), values))


def keys_of(poll: Poll) -> tuple[bytes, ...]:
    """The public keys of an announced poll's keepers, in their order: they do not change any more,
    so each process reads them once."""
    return _keys(poll.pk, poll.scheduled_at)


@lru_cache(maxsize=256)
def _keys(poll_id: int, scheduled_at: datetime | None) -> tuple[bytes, ...]:
    keys = Keeper.objects.filter(poll=poll_id).values_list("public_key", flat=True)
    return tuple(bytes(key) for key in keys)


def questions_of(poll: Poll) -> tuple[Asked, ...]:
    """The questions of a poll that is announced: they do not change any more, so each process
    reads them once."""
    return _questions(poll.pk, poll.scheduled_at)


@lru_cache(maxsize=256)
def _questions(poll_id: int, scheduled_at: datetime | None) -> tuple[Asked, ...]:
    return queries.questions_of(Poll(pk=poll_id))


def _freeze_if_open(poll: Poll) -> Poll:
    """The poll with its electorate written down: the first voter sees to it.

    Whether it is open, ``freeze`` asks of the locked row: the dates read before may be former ones.
    """
    return freeze(poll) if poll.frozen_at is None else poll


def _voter(
    poll: Poll,
    by: User | None,
    invitation: Invitation | None,
    now: datetime,
    organisation_id: int | None,
) -> Voter:
    if invitation is not None:
        require(rules.vote_by_invitation(poll, now=now))
        if invitation.poll_id != poll.pk:
            raise Refused(rules.NOT_ON_LIST)
        return Voter(invitation_id=invitation.pk)
    if by is None:
        raise Refused(rules.NOT_ON_LIST)
    return voter_for(poll, by, now=now, organisation_id=organisation_id)


def _values(poll: Poll, voter: Voter) -> dict[str, Any]:
    return {
        "poll": poll.pk,
        # A line of a list is nobody's account: who signed in by it is not written down.
        "user_id": None if voter.invitation_id else voter.user_id,
        "organisation_id": voter.organisation_id,
        "invitation_id": voter.invitation_id,
        "district": voter.district_id,
        "age": voter.age_over,
    }


def _cast_already(voter: Voter, kept: Mapping[str, Any], *, by_code: bool) -> int:
    """The record of a voter who has voted; refuses what would be a second vote."""
    if not by_code:
        raise Refused(rules.VOTED_FOR_ORGANISATION if voter.organisation_id else rules.VOTED)
    same = OpenBallot.objects.filter(
        voter_record__invitation=voter.invitation_id,
        choices=kept,
        at__gt=clock.Now() - SENT_AGAIN_WITHIN,
    )
    record = same.values_list("voter_record", flat=True).first()
    if record is None:
        raise Refused(rules.CODE_USED)
    return int(record)


def draw_slip(
    poll: Poll, by: User | None = None, invitation: Invitation | None = None
) -> slips.Slip:
    """Draw the slip of a form of a secret ballot, of who signed in or came with a code."""
    whose = slips.whose(by.pk if by else None, invitation)
    return slips.draw(poll, whose=whose, record=record_of(poll, by, invitation))


def draw_again(
    poll: Poll, signed: str, by: User | None = None, invitation: Invitation | None = None
) -> tuple[slips.Slip, bool]:
    """The slip of a form that comes back before it is cast, another one, so that two choices never
    share a slip; and whether a vote was cast by that form already, which stays.

    Without it an answer that was lost would let another choice be taken for the one that counts.
    Refuses by votes.ballots.slips.read.
    """
    slip = slips.read(signed, poll, whose=slips.whose(by.pk if by else None, invitation))
    is_cast = _records(poll, form=slip.form).exists()
    if is_cast and (invitation is not None or poll.has_receipts):
        return slip, True
    before = slip.form if is_cast else slip.before
    return replace(slip, before=before, form=uuid4(), code=slip.code and uuid4()), False


def record_of(
    poll: Poll, user: User | None, invitation: Invitation | None = None
) -> SecretVoterRecord | None:
    """The record of who is about to vote in their own name, for the slip of their form; None where
    it is not known: the poll is not frozen yet, or organisations vote."""
    if not poll.frozen_at or poll.voters == Poll.Voters.ORGANISATIONS:
        return None
    if invitation is None and user is not None and poll.voters == Poll.Voters.INVITED:
        email = to_comparable(user.email or "-")
        return _records(poll, invitation__poll=poll, invitation__email=email).first()
    if invitation is None:
        return _records(poll, user=user).first() if user is not None else None
    return _records(poll, invitation=invitation).first()


def _records(poll: Poll, **whose: Any) -> QuerySet[SecretVoterRecord]:
    records = SecretVoterRecord.objects.filter(poll=poll, **whose)
    return records.only("poll_id", "number", "form", "used", "on_paper")


def _tell_why_not(poll: Poll, voter: Voter, slip: slips.Slip, *, by_code: bool) -> None:
    """Refuse a vote that was not put into a box, unless it is the same form again."""
    record = _records(poll, **{voter.column: getattr(voter, voter.column)}).first()
    if record is None:
        raise Refused(rules.NOT_ON_LIST)
    if record.form == slip.form:
        return
    if by_code:
        raise Refused(rules.CODE_USED)
    if not poll.has_receipts and not record.on_paper:
        raise Refused(OLD_FORM)
    raise Refused(rules.VOTED_FOR_ORGANISATION if voter.organisation_id else rules.VOTED)
