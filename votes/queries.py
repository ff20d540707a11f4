"""Queries of polls: questions as they are asked, ballots as they are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext

from core.domain.clock import Now
from core.domain.email_addresses import to_comparable
from votes.ballots.answers import Asked, asked_question
from votes.models import (
    Invitation,
    OpenBallot,
    Option,
    PaperBallot,
    Poll,
    Question,
    Result,
    SecretVoterRecord,
    Text,
    VoterRecord,
    cast_ballots,
)
from votes.presenters import ShownQuestion

if TYPE_CHECKING:
    from accounts.for_whom import Marking
    from accounts.models import User
    from votes.cards import PollCard

#: How many have voted, and of polls that show results while they are open a number that is another
#: one as soon as anybody has voted or changed their vote, or a sheet has been checked.
_TURNOUTS = f"""
SELECT p.id,
    CASE
    WHEN p.secrecy = '{Poll.Secrecy.SECRET}' THEN p.told_turnout
    WHEN p.published_at IS NOT NULL THEN
        (SELECT (r.counted->>'ballots')::int FROM {Result._meta.db_table} r WHERE r.poll_id = p.id)
    ELSE
        (SELECT count(*) FROM {OpenBallot._meta.db_table} b WHERE b.poll_id = p.id)
        + (SELECT count(*) FROM {PaperBallot._meta.db_table} b
           WHERE b.poll_id = p.id AND b.confirmed_at IS NOT NULL)
    END,
    CASE
    WHEN p.secrecy <> '{Poll.Secrecy.SECRET}' AND p.results_while_open AND p.cancelled_at IS NULL
        AND p.closes_at > statement_timestamp() THEN
        (SELECT coalesce(sum(extract(epoch FROM coalesce(b.changed_at, b.at))), 0)
         FROM {OpenBallot._meta.db_table} b WHERE b.poll_id = p.id)
        + (SELECT count(*) FROM {PaperBallot._meta.db_table} b
           WHERE b.poll_id = p.id AND b.confirmed_at IS NOT NULL)
    END
FROM {Poll._meta.db_table} p WHERE p.id = ANY(%s)
"""  # noqa: S608 - names of ours


def questions_of(poll: Poll) -> tuple[Asked, ...]:
    """The poll's questions in their order; two queries."""
    options: dict[int, list[int]] = defaultdict(list)
    for question_id, pk in Option.objects.filter(question__poll=poll).values_list(
        "question_id", "pk"
    ):
        options[question_id].append(pk)
    return tuple(
        asked_question(question, options[question.pk])
        for question in Question.objects.filter(poll=poll)
    )


def words_of(poll: Poll) -> str:
    """All that is asked, in words: questions and options; two queries."""
    questions = Question.objects.filter(poll=poll).values_list("text", "details")
    options = Option.objects.filter(question__poll=poll).values_list("text", "details")
    return " \n".join(part for pair in (*questions, *options) for part in pair if part)


@dataclass(frozen=True, slots=True)
class Vote:
    """The record of a poll in which a person has voted, and of an open one the ballot."""

    record: VoterRecord | SecretVoterRecord
    now: datetime
    ballot: OpenBallot | None


def voted_in(user: User, most: int) -> list[Vote]:
    """The polls in which the person has voted, the last to close first: two queries."""
    used = VoterRecord.objects.filter(user=user, used=True, poll__scheduled_at__isnull=False)
    kinds: list[QuerySet[Any]] = [used.select_related("poll", "ballot", "organisation")]
    secret = SecretVoterRecord.objects.filter(user=user, used=True).defer("box")
    kinds.append(secret.select_related("poll", "organisation"))
    found = [
        Vote(record, record.now, getattr(record, "ballot", None))
        for rows in kinds
        for record in rows.defer("poll__search")
        .annotate(now=Now())
        .order_by("-poll__closes_at", "-pk")[:most]
    ]
    found.sort(key=lambda vote: (vote.record.poll.closes_at, vote.record.poll_id), reverse=True)
    return found[:most]


#: Marks of a person in a poll: on its list, or of its voters; has voted.
LISTED, VOTED = 1, 2


def marking(user: User, polls: Iterable[PollCard]) -> list[Marking]:
    """Queries of the polls among ``polls`` in which the person has voted, and on whose list they
    stand. Whether one who was invited to a secret poll has voted is not told.
    """
    polls = list(polls)
    invited = [each.pk for each in polls if each.voters == Poll.Voters.INVITED]
    mark = f"CASE WHEN used THEN {VOTED} ELSE {LISTED} END"
    found: list[Marking] = []
    for kind in (VoterRecord, SecretVoterRecord):
        those = [each.pk for each in polls if each.is_secret == (kind is SecretVoterRecord)]
        select = f"SELECT poll_id, {mark} FROM {kind._meta.db_table}"  # noqa: S608
        if those:
            found.append((f"{select} WHERE user_id = %s AND poll_id = ANY(%s)", [user.pk, those]))
    if invited and user.email:
        table = Invitation._meta.db_table
        select = f"SELECT poll_id, {LISTED} FROM {table} WHERE poll_id = ANY(%s) AND email = %s"  # noqa: S608
        found.append((select, [invited, to_comparable(user.email)]))
    return found


@dataclass(frozen=True, slots=True)
class Ready:
    """A poll in which votes are cast, with what is asked: as it was announced, for reading alone.
    Whether it is still open is for the action to say."""

    poll: Poll
    questions: tuple[Asked, ...]
    described: list[ShownQuestion]


@lru_cache(maxsize=256)
def to_vote(poll_id: int) -> Ready:
    """A poll whose electorate is written down, so that a vote needs nothing of it to be read again.

    A process remembers it: what was announced stays so. Raises DoesNotExist, and remembers no such.
    """
    announced = Poll.objects.published().defer("search")
    poll = announced.get(pk=poll_id, frozen_at__isnull=False)
    found = [
        ShownQuestion(question, list(question.options.all()))
        for question in Question.objects.filter(poll=poll)
    ]
    to_answer = (
        asked_question(each.question, [option.pk for option in each.options]) for each in found
    )
    return Ready(poll, tuple(to_answer), found)


def ballots_of(poll: Poll, *, at_once: int = 5000) -> Iterator[dict[str, Any]]:
    """The choices of every ballot that counts: cast here, or on paper and checked by two.

    Read through a cursor, ``at_once`` in memory.
    """
    for ballots in (
        cast_ballots(poll),
        PaperBallot.objects.filter(poll=poll, confirmed_at__isnull=False),
    ):
        yield from ballots.order_by().values_list("choices", flat=True).iterator(at_once)


def own_ballot(
    poll: Poll, user: User | Any, organisation_id: int | None = None
) -> OpenBallot | None:
    """A person's ballot in an open poll, in their own name or an organisation's. One query."""
    if poll.is_secret:
        return None
    cast = OpenBallot.objects.filter(poll=poll)
    if poll.voters == Poll.Voters.INVITED:
        return cast.filter(voter_record__invitation__email=to_comparable(user.email or "-")).first()
    if organisation_id is not None:
        return cast.filter(voter_record__organisation=organisation_id).first()
    return cast.filter(voter_record__user=user, voter_record__organisation=None).first()


def named_ballots(poll: Poll) -> QuerySet[OpenBallot]:
    """Every ballot of an open poll with whose it is."""
    whose = ("voter_record__user", "voter_record__organisation", "voter_record__invitation")
    return OpenBallot.objects.filter(poll=poll).select_related(*whose)


def voter_name(record: VoterRecord) -> str:
    """The name under which a vote is shown: an organisation's, a person's public one, or that of a
    line of a list."""
    if record.organisation:
        return str(record.organisation.short_name)
    if record.invitation:
        return str(record.invitation.name)
    return str(record.user.public_name) if record.user else ""


def with_shown_texts(
    ballots: Sequence[OpenBallot], questions: Sequence[ShownQuestion]
) -> list[tuple[OpenBallot, dict[str, Any]]]:
    """Each ballot with its choices as others may read them: words that no moderator let through
    are not among them. One query where the poll asks for words."""
    asked = [
        str(each.question.pk) for each in questions if each.question.kind == Question.Kind.TEXT
    ]
    if not asked:
        return [(ballot, ballot.choices) for ballot in ballots]
    shown = set(
        Text.objects.shown()
        .filter(ballot__in=[ballot.pk for ballot in ballots])
        .values_list("ballot", "question")
    )
    return [
        (
            ballot,
            {
                question: answer
                if question not in asked or (ballot.pk, int(question)) in shown
                else gettext("written, but not shown")
                for question, answer in ballot.choices.items()
            },
        )
        for ballot in ballots
    ]


def turnouts(ids: Collection[int]) -> dict[int, tuple[int, Any]]:
    """By poll, how many have voted, and what tells that its bars have moved; one query.

    Of a secret poll: as its page tells it, in steps of twenty, until its boxes are opened. What
    tells of bars is None where none are shown before the close.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TURNOUTS, [list(ids)])
        return {pk: (voted or 0, moved) for pk, voted, moved in cursor.fetchall()}
