"""Bulk inserts of what people said in the past: many remarks, answers and reactions at once.

The actions of `consultations` write what is said now, one at a time. Here the rows are written
directly, with dates in the past, so that everything derived from them – numbers in the order of
time, counts, search – is as the actions would have left it (the tests compare).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import connection

from accounts.models import User
from consultations.models import Consultation, Declaration, Remark, RemarkCount
from core.db.search import document
from core.web import markup
from discussions.models import Comment, Reaction, cite
from drafts.clauses import anchors
from drafts.models import Clause
from organisations.models import Organisation

_BATCH = 2000


@dataclass(eq=False)
class Said:
    """A remark, or an answer to one; `agrees` and `disagrees` are how many people reacted."""

    by: User
    at: datetime
    text: str
    kind: str = Remark.Kind.REMARK
    clause: Clause | None = None
    quote: str = ""
    proposal: str = ""
    official: bool = False
    organisation: Organisation | None = None
    interest: str = ""
    #: What a procedure that asks for it was told; the contact is the account's.
    full_name: str = ""
    agrees: int = 0
    disagrees: int = 0
    answers: list[Said] = field(default_factory=list)
    comment: Comment = field(init=False)


def write(
    consultation: Consultation,
    remarks: Sequence[Said],
    *,
    voters: Sequence[User],
    until: datetime,
    random: Random,
) -> None:
    """Write remarks with their answers and reactions into a consultation that has none.

    Reactions come from `voters` (as many as there are, never the author) before `until`.
    """
    everything = sorted(_with_answers(remarks), key=lambda said: said.at)
    for said, pk in zip(everything, _numbers(len(everything)), strict=True):
        said.comment = _comment(consultation, said, pk)
    for remark in remarks:
        for said in remark.answers:
            said.comment.parent = remark.comment
    reactions = [
        reaction for said in everything for reaction in _reactions(said, voters, until, random)
    ]
    Comment.objects.bulk_create([said.comment for said in everything], batch_size=_BATCH)
    Remark.objects.bulk_create([_remark(consultation, said) for said in remarks], batch_size=_BATCH)
    Declaration.objects.bulk_create(
        Declaration(remark_id=said.comment.pk, full_name=said.full_name, contact=said.by.email)
        for said in remarks
        if said.full_name
    )
    Reaction.objects.bulk_create(reactions, batch_size=_BATCH)
    _count(consultation, remarks)


def _with_answers(remarks: Sequence[Said]) -> Iterator[Said]:
    for said in remarks:
        yield said
        yield from said.answers


def _numbers(amount: int) -> list[int]:
    """Primary keys for comments, rising: lists are sorted by them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Comment._meta.db_table, amount],
        )
        return sorted(row[0] for row in cursor.fetchall())


def _comment(consultation: Consultation, said: Said, pk: int) -> Comment:
    return Comment(
        pk=pk,
        thread_id=consultation.thread_id,
        author=said.by,
        text=said.text,
        html=markup.html(said.text),
        proposal=said.proposal,
        is_official=said.official,
        organisation=said.organisation,
        interest=said.interest,
        created_at=said.at,
        replies=len(said.answers),
        is_answered=any(answer.official for answer in said.answers),
        search=document(
            B=said.text,
            C=said.proposal,
            D=cite(said.organisation) if said.organisation else "",
        ),
    )


def _reactions(
    said: Said, voters: Sequence[User], until: datetime, random: Random
) -> Iterator[Reaction]:
    others = random.sample(voters, min(len(voters), said.agrees + said.disagrees + 1))
    people = [user for user in others if user != said.by][: said.agrees + said.disagrees]
    values = [1] * said.agrees + [-1] * said.disagrees
    for user, value in zip(people, values, strict=False):
        at = said.at + (until - said.at) * random.random()
        yield Reaction(comment=said.comment, user=user, value=value, at=at)
    said.comment.agrees = min(len(people), said.agrees)
    said.comment.disagrees = len(people) - said.comment.agrees


def _remark(consultation: Consultation, said: Said) -> Remark:
    remark = Remark(
        comment=said.comment,
        consultation=consultation,
        clause=said.clause,
        clause_key=said.clause.key if said.clause else None,
        kind=said.kind,
    )
    if said.quote and said.clause:
        start = said.clause.text.index(said.quote)
        quote = anchors.make(said.clause.text, start, start + len(said.quote))
        remark.quote_start, remark.quote_end, remark.quote = quote.start, quote.end, quote.exact
        remark.quote_prefix, remark.quote_suffix = quote.prefix, quote.suffix
    return remark


def _count(consultation: Consultation, remarks: Sequence[Said]) -> None:
    counts: Counter[UUID | None] = Counter({None: len(remarks)})
    counts.update(said.clause.key for said in remarks if said.clause)
    RemarkCount.objects.bulk_create(
        RemarkCount(consultation=consultation, clause_key=key, remarks=amount)
        for key, amount in counts.items()
        if amount
    )
