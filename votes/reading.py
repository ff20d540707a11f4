"""What is read of polls: questions as they are asked, ballots as they are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from votes.answers import Asked, asked
from votes.models import Mark, OpenBallot, Option, PaperBallot, Poll, Question, SealedBallot, Text

if TYPE_CHECKING:
    from accounts.models import User


def questions_of(poll: Poll) -> tuple[Asked, ...]:
    """The poll's questions in their order; two queries."""
    options: dict[int, list[int]] = defaultdict(list)
    for question_id, pk in Option.objects.filter(question__poll=poll).values_list(
        "question_id", "pk"
    ):
        options[question_id].append(pk)
    return tuple(
        asked(question, options[question.pk]) for question in Question.objects.filter(poll=poll)
    )


def ballots_of(poll: Poll, *, at_once: int = 5000) -> Iterator[dict[str, Any]]:
    """The choices of every ballot that counts: cast here, or on paper and checked by two.

    Read through a cursor, ``at_once`` in memory.
    """
    cast = SealedBallot if poll.is_secret else OpenBallot
    for ballots in (
        cast._default_manager.filter(poll=poll),
        PaperBallot.objects.filter(poll=poll, confirmed_at__isnull=False),
    ):
        yield from ballots.order_by().values_list("choices", flat=True).iterator(at_once)


def own_ballot(
    poll: Poll, user: User | Any, organisation_id: int | None = None
) -> OpenBallot | None:
    """What she has cast in an open poll, in her own name or the organisation's: one query."""
    if poll.is_secret:
        return None
    cast = OpenBallot.objects.filter(poll=poll)
    if poll.voters == Poll.Voters.INVITED:
        return cast.filter(mark__invitation__email=user.email or "-").first()
    if organisation_id is not None:
        return cast.filter(mark__organisation=organisation_id).first()
    return cast.filter(mark__user=user, mark__organisation=None).first()


def named_ballots(poll: Poll) -> QuerySet[OpenBallot]:
    """Every ballot of an open poll with whose it is."""
    whose = ("mark__user", "mark__organisation", "mark__invitation")
    return OpenBallot.objects.filter(poll=poll).select_related(*whose)


def voter_name(mark: Mark) -> str:
    """The name under which a vote is shown: an organisation's, a person's public one, or that of a
    line of a list."""
    if mark.organisation:
        return str(mark.organisation.short_name)
    if mark.invitation:
        return str(mark.invitation.name)
    return str(mark.user.public_name) if mark.user else ""


def with_shown_texts(
    ballots: Sequence[OpenBallot], questions: Sequence[tuple[Question, Any]]
) -> list[tuple[OpenBallot, dict[str, Any]]]:
    """Each ballot with its choices as others may read them: words that no moderator let through
    are not among them. One query where the poll asks for words."""
    asked = [str(question.pk) for question, _ in questions if question.kind == Question.Kind.TEXT]
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
