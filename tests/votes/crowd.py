"""A crowd that votes: people of districts and ages, in a statement for each table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from accounts.models import User
from city.models import District
from tests.votes import factories
from votes.life import actions
from votes.models import OpenBallot, Poll, Result, VoterRecord
from votes.queries import questions_of
from votes.texts.actions import keep

_numbers = count(1)


def people(number: int) -> list[User]:
    return User.objects.bulk_create(
        User(
            email=f"voter{next(_numbers)}@viche.example", given_name="Ім’я", family_name="Прізвище"
        )
        for _each in range(number)
    )


def vote(
    poll: Poll,
    number: int,
    choices: Mapping[str, Any],
    *,
    district: District | None = None,
    age: int | None = None,
    after: timedelta = timedelta(0),
    **of_mark: Any,
) -> None:
    """So many ballots that say the same, cast ``after`` the opening."""
    records = VoterRecord.objects.bulk_create(
        VoterRecord(poll=poll, user=user, used=True, district=district, age_over=age, **of_mark)
        for user in people(number)
    )
    OpenBallot.objects.bulk_create(
        OpenBallot(voter_record=record, poll=poll, choices=choices, at=poll.opens_at + after)
        for record in records
    )
    questions = questions_of(poll)
    for record in records:
        keep(questions, choices, ballot=record.pk)


def publish(poll: Poll, by: User) -> Result:
    """Close it and publish its results."""
    factories.close(poll)
    result = actions.publish(poll, by=by)
    poll.refresh_from_db()
    return result
