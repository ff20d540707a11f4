"""The demo city's polls: prepared by the actions, then moved into the past and voted in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID

from accounts.models import User
from city.models import Department
from consultations import actions as consultations
from consultations.models import Consultation
from core import clock
from core.calendar import WorkCalendar, end_of_day, local_date
from portal.demo import content
from portal.demo.days import Days
from votes import actions, reading, results
from votes.answers import Asked
from votes.models import Mark, OpenBallot, Option, Poll, Result, SealedBallot

#: Columns of a poll that its table may name.
_RULES = (
    *("title", "summary", "secrecy", "voters", "min_age"),
    *("results_while_open", "random_order"),
)


def load_polls(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in all polls with their votes, and the results of those that are over."""
    days = Days(local_date(clock.now()), calendar)
    residents = [user for user in people.values() if not user.is_staff]
    for described in content.table("polls.toml")["poll"]:
        _load(described, people, residents, days)


def _load(
    described: Mapping[str, Any],
    people: Mapping[str, User],
    residents: list[User],
    days: Days,
) -> None:
    officer = people["admin"]
    opens_at = days.at(described["opens"], 9)
    closes_at = end_of_day(days.day(described["closes"]))
    fields = {name: described[name] for name in _RULES if name in described}
    fields["department"] = Department.objects.get(slug=described["department"])
    fields["opens_at"] = fields["closes_at"] = None
    poll = actions.create(
        by=officer, fields=fields, questions=[_question(row) for row in described["question"]]
    )
    if people_listed := described.get("list"):
        actions.invite(poll, people_listed, by=officer)
    Poll.objects.filter(pk=poll.pk).update(
        opens_at=opens_at, closes_at=closes_at, scheduled_at=days.at(min(described["opens"], 0), 8)
    )
    poll.refresh_from_db()
    if title := described.get("consultation"):
        consultation = Consultation.objects.get(title=title)
        consultations.attach_poll(consultation, poll, by=officer)
    if described["opens"] > 0:
        return
    number = described["number"]
    if described.get("published"):
        _move_into_the_past(poll, opens_at)
    else:
        poll = actions.freeze(poll)
    if number:
        _vote(poll, described, residents, number)
    if described.get("published"):
        _publish(poll, officer, closes_at)


def _question(row: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in row.items() if name != "option"}
    options = [
        {name: value for name, value in option.items() if name != "weight"}
        for option in row.get("option", ())
    ]
    return columns | {"options": options}


def _move_into_the_past(poll: Poll, opens_at: Any) -> None:
    """What had been frozen when it opened."""
    poll.frozen_at, poll.opening_told, poll.closing_told = opens_at, True, True
    poll.save(update_fields=["frozen_at", "opening_told", "closing_told"])


def _vote(poll: Poll, described: Mapping[str, Any], residents: list[User], number: int) -> None:
    """So many ballots, at most as many as there are people."""
    random = Random(poll.title)  # noqa: S311 - the same city every time
    asked = reading.questions_of(poll)
    weights = _weights(poll, described)
    ballots = [_ballot(asked, weights, random) for _ in range(number)]
    if poll.is_secret:
        _secretly(poll, residents, ballots, random)
        return
    voters = residents[: len(ballots)]
    marks = Mark.objects.bulk_create(Mark(poll=poll, user=voter, used=True) for voter in voters)
    OpenBallot.objects.bulk_create(
        OpenBallot(mark=mark, poll=poll, choices=ballot)
        for mark, ballot in zip(marks, ballots, strict=False)
    )


def _secretly(
    poll: Poll, residents: list[User], ballots: list[dict[str, Any]], random: Random
) -> None:
    """Marks and ballots as after the last re-seal: nothing leads from one to the other."""
    voters = sorted(random.sample(residents, min(len(ballots), len(residents))), key=lambda u: u.pk)
    Mark.objects.bulk_create(Mark(poll=poll, user=user, used=user in voters) for user in residents)
    codes = sorted(UUID(int=random.getrandbits(128), version=4) for _ in voters)
    SealedBallot.objects.bulk_create(
        SealedBallot(code=code, poll=poll, choices=ballot)
        for code, ballot in zip(codes, ballots, strict=False)
    )
    poll.electorate, poll.sealed = len(residents), len(voters)
    poll.save(update_fields=["electorate", "sealed"])


def _publish(poll: Poll, officer: User, closes_at: Any) -> None:
    result = actions.publish(poll, by=officer)
    Result.objects.filter(pk=result.pk).update(at=closes_at)
    Poll.objects.filter(pk=poll.pk).update(published_at=closes_at)
    if result.counted != results.counted(poll):
        raise ValueError(f"{poll} does not count alike twice")


def _weights(poll: Poll, described: Mapping[str, Any]) -> dict[int, int]:
    """How readily people choose each option, by its id."""
    rows = [
        option.get("weight", 1)
        for question in described["question"]
        for option in question.get("option", ())
    ]
    options = Option.objects.filter(question__poll=poll).order_by("question__place", "place")
    return dict(zip(options.values_list("pk", flat=True), rows, strict=True))


def _ballot(
    questions: tuple[Asked, ...], weights: Mapping[int, int], random: Random
) -> dict[str, Any]:
    ballot = {str(asked.id): _answer(asked, weights, random) for asked in questions}
    return {question: answer for question, answer in ballot.items() if answer}


def _answer(asked: Asked, weights: Mapping[int, int], random: Random) -> Any:
    if asked.kind == "yes_no":
        return random.choices(["yes", "no", "abstain"], [6, 3, 1])[0]
    if asked.kind == "text":
        said = ["Урну.", "Місце для візочка.", "Розклад великими цифрами."]
        return random.choice(said) if random.random() < 0.1 else None
    liked = sorted(
        asked.options, key=lambda option: random.random() ** (1 / weights[option]), reverse=True
    )
    if asked.kind == "ranked":
        return liked[: random.randint(1, len(liked))]
    if asked.kind == "approval":
        return sorted(liked[: random.randint(1, 3)], key=asked.options.index)
    if asked.kind == "score":
        return {str(option): min(5, weights[option] + random.randint(0, 2)) for option in liked}
    if asked.kind == "points":
        shared = dict.fromkeys(map(str, asked.options), 0)
        for option, _point in zip(cycle(liked[:2]), range(asked.budget), strict=False):
            shared[str(option)] += 1
        return {option: points for option, points in shared.items() if points}
    return liked[0]
