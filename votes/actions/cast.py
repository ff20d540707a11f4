"""Actions by which a vote is cast, in an open poll or in a secret one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.rules import Refused, reject, require
from votes import reading, rules
from votes.actions.electorate import freeze
from votes.actions.texts import keep
from votes.answers import Asked, read
from votes.events import OpenBallotCast
from votes.models import (
    Invitation,
    OpenBallot,
    Poll,
    SealedBallot,
    SecretVoterRecord,
    VoterRecord,
    voter_records,
)
from votes.voters import Voter, voter_for

#: Tables, as the models name them.
_RECORDS, _BALLOTS = VoterRecord._meta.db_table, OpenBallot._meta.db_table
_SECRET_RECORDS, _SEALED_BALLOTS = SecretVoterRecord._meta.db_table, SealedBallot._meta.db_table

#: One round trip: the voter's record, and the ballot in its place. A person who has voted votes
#: anew; another representative of an organisation that has voted does not, and a code on paper
#: gives one vote.
_CAST = f"""
WITH record AS (
    INSERT INTO {_RECORDS} AS m
        (poll_id, user_id, organisation_id, invitation_id, used, on_paper, district_id, age_over)
    VALUES
        (%(poll)s, %(user)s, %(organisation)s, %(invitation)s, true, false, %(district)s, %(age)s)
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

#: One round trip: the voter's record is used up and a ballot that nothing leads to lies in the box,
#: or neither. With the poll's id in its text it locks that poll's partitions alone
#: (votes.querysets.Inlined).
_CAST_SECRETLY = f"""
WITH record AS (
    UPDATE {_SECRET_RECORDS} SET used = true
    WHERE poll_id = {{poll}} AND {{whose}} AND NOT used
    RETURNING 1
)
INSERT INTO {_SEALED_BALLOTS} (poll_id, code, choices)
SELECT {{poll}}, %(code)s, %(choices)s FROM record
RETURNING 1
"""  # noqa: S608 - names of tables

_AGAIN, _ONCE = "m.user_id IS NOT DISTINCT FROM excluded.user_id", "false"
_TARGETS = {
    "organisation": "(poll_id, organisation_id)",
    "invitation": "(poll_id, invitation_id)",
    "user": "(poll_id, user_id) WHERE organisation_id IS NULL",
}
#: For so long the same ballot by the same code is taken for an answer that was lost on the way.
#: Later whoever holds the letter could try one choice after the other until they are told that it
#: is the one.
SENT_AGAIN_WITHIN = timedelta(minutes=10)
_WHOSE = {
    "organisation": "organisation_id = %(organisation)s",
    "invitation": "invitation_id = %(invitation)s",
    "user": "user_id = %(user)s",
}


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
    (the answer was lost on the way) is the same vote. ``choices`` as in votes/answers.py.

    Refuses by votes.voters.voter_for, votes.answers.read and rules.vote_by_invitation; with
    ``vote.voted_already`` (on paper), ``vote.code_used`` and ``vote.organisation_voted``. Emits
    OpenBallotCast for who votes in their own name; whoever shows a turnout counts.
    """
    poll = _freeze_if_open(poll)
    with action():
        poll, now = shared(poll)
        voter = _voter(poll, by, invitation, now, organisation_id)
        questions = questions_of(poll)
        kept = read(questions, choices)
        kind = _kind(voter)
        values = _values(poll, voter, kept)
        with connection.cursor() as cursor:
            again = _ONCE if invitation else _AGAIN
            cursor.execute(_CAST.format(target=_TARGETS[kind], again=again), values)
            row = cursor.fetchone()
        if row is None:
            return _cast_already(voter, kept, by_code=invitation is not None)
        keep(questions, kept, ballot=row[0])
        if by is not None and organisation_id is None and not poll.is_quick:
            emit(OpenBallotCast(poll.pk, by.pk))
        return int(row[0])


def cast_secretly(
    poll: Poll,
    *,
    code: UUID,
    by: User | None = None,
    invitation: Invitation | None = None,
    choices: Mapping[str, Any],
    organisation_id: int | None = None,
) -> UUID:
    """Vote in a secret poll, once and for good; returns the code, which the voter keeps.

    ``code``: random (version 4), made with the form, so that the same form sent twice – the answer
    was lost on the way – gives the same receipt. Leaves the voter record and the ballot and nothing
    else: no event, no audit, no job, no limit (docs/adr/0024).

    Refuses as ``cast`` does, with ``vote.voted_already``, ``vote.code_used`` (by ``invitation``),
    ``vote.not_on_list``, ``poll.opening`` (votes.actions.freeze) and ``ballot.code`` (no random
    code, or one that is in the box already).
    """
    if code.version != 4:
        reject("ballot.code", _("The form is out of date: open it again."))
    poll = _freeze_if_open(poll)
    try:
        with action():
            poll, now = shared(poll)
            voter = _voter(poll, by, invitation, now, organisation_id)
            kept = read(questions_of(poll), choices)
            kind = _kind(voter)
            values = _values(poll, voter, kept) | {"code": code}
            with connection.cursor() as cursor:
                cast_it = _CAST_SECRETLY.format(poll=int(poll.pk), whose=_WHOSE[kind])
                cursor.execute(cast_it, values)
                if cursor.fetchone() is None:
                    _tell_why_not(poll, voter, code, by_code=invitation is not None)
    except IntegrityError:
        reject("ballot.code", _("The form is out of date: open it again."))
    return code


def questions_of(poll: Poll) -> tuple[Asked, ...]:
    """The questions of a poll that is announced: they do not change any more, so each process
    reads them once."""
    return _questions(poll.pk, poll.scheduled_at)


@lru_cache(maxsize=256)
def _questions(poll_id: int, scheduled_at: datetime | None) -> tuple[Asked, ...]:
    return reading.questions_of(Poll(pk=poll_id))


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


def _kind(voter: Voter) -> str:
    if voter.organisation_id is not None:
        return "organisation"
    return "invitation" if voter.invitation_id is not None else "user"


def _values(poll: Poll, voter: Voter, choices: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "poll": poll.pk,
        # A line of a list is nobody's account: who signed in by it is not written down.
        "user": None if voter.invitation_id else voter.user_id,
        "organisation": voter.organisation_id,
        "invitation": voter.invitation_id,
        "district": voter.district_id,
        "age": voter.age_over,
        "choices": json.dumps(choices),
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


def _tell_why_not(poll: Poll, voter: Voter, code: UUID, *, by_code: bool) -> None:
    """Refuse a vote for which there was no unused record, unless it is the same form again."""
    records = voter_records(poll)
    if voter.organisation_id is not None:
        records = records.filter(organisation=voter.organisation_id)
    elif voter.invitation_id is not None:
        records = records.filter(invitation=voter.invitation_id)
    else:
        records = records.filter(user=voter.user_id)
    if not records.exists():
        raise Refused(rules.NOT_ON_LIST)
    if not SealedBallot.objects.of_poll(poll).filter(code=code).exists():
        if by_code:
            raise Refused(rules.CODE_USED)
        raise Refused(rules.VOTED_FOR_ORGANISATION if voter.organisation_id else rules.VOTED)
