"""The demo city's polls: prepared by the actions, then moved into the past and voted in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from accounts.electorate import electors
from accounts.models import User
from city.models import Department, District
from consultations.models import Consultation
from consultations.polls import actions as consultations
from core.db.search import document
from core.domain import clock
from core.domain.calendar import WorkCalendar, end_of_day, local_date
from demo import content
from demo.content import Days
from demo.streets import streets_of
from organisations.models import Organisation
from votes import queries
from votes.ballots import actions as cast_actions
from votes.ballots import boxes
from votes.ballots.answers import NONE_OF_THESE, Asked
from votes.electorate import actions as electorate_actions
from votes.electorate import actions_lists as lists_actions
from votes.keepers import actions as keepers_actions
from votes.keepers import server_keys
from votes.life import actions
from votes.models import (
    OpenBallot,
    Option,
    Poll,
    Result,
    SecretVoterRecord,
    Text,
    VoterRecord,
)
from votes.opening import actions as opening_actions
from votes.questions import actions_pictures
from votes.results.recounting import differences
from votes.texts.actions import keep

#: Columns of a poll that its table may name.
_RULES = (
    *("title", "summary", "secrecy", "ballot_kind", "voters", "min_age"),
    *("results_while_open", "random_order", "tie_rule"),
)


def load_polls(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Put in all polls with their votes, and the results of those that are over."""
    days = Days(local_date(clock.now()), calendar)
    for described in content.table("polls.toml")["poll"]:
        _load(described, people, days)


def _load(described: Mapping[str, Any], people: Mapping[str, User], days: Days) -> None:
    officer = people["admin"]
    opens_at = days.at(described["opens"], 9)
    closes_at = end_of_day(days.day(described["closes"]))
    poll = actions.create(
        by=officer,
        fields=_fields(described) | {"opens_at": opens_at, "closes_at": closes_at},
        questions=[_question(row) for row in described["question"]],
    )
    _illustrate(poll, described, officer)
    if people_listed := described.get("list"):
        lists_actions.invite(poll, people_listed, by=officer)
    if described.get("draft"):
        return
    if poll.is_secret:
        server_keys.make(poll)
        keepers_actions.settle(poll)
    # What is over was open when people voted: its last day is moved afterwards.
    Poll.objects.filter(pk=poll.pk).update(
        closes_at=max(closes_at, clock.now() + timedelta(hours=1)),
        scheduled_at=days.at(min(described["opens"], 0), 8),
        lot=Random(poll.title).randbytes(16).hex() if poll.tie_rule == "lot" else "",  # noqa: S311 - as drawn
    )
    poll.refresh_from_db()
    poll.search = document(A=poll.title, B=poll.summary, C=queries.words_of(poll))
    poll.save(update_fields=["search"])
    if title := described.get("consultation"):
        consultation = Consultation.objects.get(title=title)
        consultations.attach_poll(consultation, poll, by=officer)
    if described["opens"] > 0:
        return
    poll = electorate_actions.freeze(poll)
    _vote(poll, described, until=min(closes_at, clock.now()))
    is_over = described["closes"] < 0
    Poll.objects.filter(pk=poll.pk).update(
        frozen_at=opens_at, closes_at=closes_at, closing_told=is_over
    )
    poll.refresh_from_db()
    if "cancelled" in described:
        actions.cancel(poll, by=officer, reason=described["cancelled"])
        Poll.objects.filter(pk=poll.pk).update(cancelled_at=days.at(-1, 16))
    elif described.get("published"):
        if poll.is_secret:
            poll = opening_actions.open_boxes(poll, server_keys.load(poll))
            Poll.objects.filter(pk=poll.pk).update(opening_at=closes_at, opened_at=closes_at)
        _publish(poll, officer, closes_at)


def _illustrate(poll: Poll, described: Mapping[str, Any], officer: User) -> None:
    """Give options the pictures that were drawn for them."""
    drawn = {
        (row["text"], option["text"]): option["picture"]
        for row in described["question"]
        for option in row.get("option", ())
        if "picture" in option
    }
    for option in Option.objects.filter(question__poll=poll).select_related("question"):
        if name := drawn.get((option.question.text, option.text)):
            actions_pictures.set_picture(option, by=officer, file=content.picture(name))


def _fields(described: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: described[name] for name in _RULES if name in described}
    fields["keeping"] = Poll.Keeping.SERVER  # nobody is there with a file
    fields["department"] = Department.objects.get(slug=described["department"])
    if "district" in described:
        fields["district"] = District.objects.get(slug=described["district"])
    return fields


def _question(row: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in row.items() if name not in ("option", "said")}
    return columns | {"options": [_option(option) for option in row.get("option", ())]}


def _option(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an option; "street" is written «district: name»."""
    columns = {name: value for name, value in row.items() if name not in ("weight", "picture")}
    if "street" in row:
        (columns["street"],) = streets_of([row["street"]])
    return columns


def _vote(poll: Poll, described: Mapping[str, Any], *, until: datetime) -> None:
    """Cast ballots, at most as many as there are people who may vote, spread until then."""
    random = Random(poll.title)  # noqa: S311 - the same city every time
    asked = list(zip(queries.questions_of(poll), described["question"], strict=True))
    weights = _weights(poll, described)
    if poll.is_secret:
        _vote_secretly(poll, described["number"], lambda: _ballot(asked, weights, random), random)
        return
    voters = _sample(_new_voters(poll), described["number"], random)
    ballots = [_ballot(asked, weights, random) for _voter in voters]
    records = VoterRecord.objects.bulk_create(voters)
    begins = poll.opens_at or until
    OpenBallot.objects.bulk_create(
        OpenBallot(
            voter_record=record,
            poll=poll,
            choices=ballot,
            at=begins + (until - begins) * random.random(),
        )
        for record, ballot in zip(records, ballots, strict=True)
    )
    questions = [each for each, _row in asked]
    for record, ballot in zip(records, ballots, strict=True):
        keep(questions, ballot, ballot=record.pk)


def _vote_secretly(
    poll: Poll, number: int, ballot: Callable[[], dict[str, Any]], random: Random
) -> None:
    """Cast secret ballots of people whose records were written down."""
    records = SecretVoterRecord.objects.filter(poll=poll)
    voters = _sample(list(records.order_by("pk")), number, random)
    ballots = [ballot() for _voter in voters]
    keys = cast_actions.keys_of(poll)
    for voter, choices in zip(voters, ballots, strict=True):
        code = UUID(int=random.getrandbits(128), version=4) if poll.has_receipts else None
        voter.used, voter.form = True, UUID(int=random.getrandbits(128), version=4)
        voter.box = boxes.seal(poll, keys, voter.number, boxes.Ballot(choices, code))
    SecretVoterRecord.objects.bulk_update(voters, ["used", "form", "box"])


def _sample[T](voters: list[T], number: int, random: Random) -> list[T]:
    return random.sample(voters, min(number, len(voters)))


def _new_voters(poll: Poll) -> list[VoterRecord]:
    """New records, used already, of all who may vote in an open poll."""
    if poll.voters == Poll.Voters.ORGANISATIONS:
        return [
            VoterRecord(poll=poll, organisation=each, user=each.registered_by, used=True)
            for each in Organisation.objects.confirmed().order_by("pk")
        ]
    people = electors(poll.requirement).filter(is_staff=False).order_by("pk")
    return [
        VoterRecord(
            poll=poll,
            user_id=person.pk,
            used=True,
            district_id=person.home_district,
            age_over=person.known_age,
        )
        for person in people
    ]


def _publish(poll: Poll, officer: User, closes_at: Any) -> None:
    """With what people wrote, which a moderator has read by then."""
    texts = Text.objects.filter(question__poll=poll)
    texts.update(state=Text.State.SHOWN, decided_by=officer, decided_at=closes_at)
    result = actions.publish(poll, by=officer)
    Result.objects.filter(pk=result.pk).update(at=closes_at)
    Poll.objects.filter(pk=poll.pk).update(published_at=closes_at)
    if differences(result.poll):
        raise ValueError(f"{poll} does not count alike twice")


def _weights(poll: Poll, described: Mapping[str, Any]) -> dict[int, float]:
    """Weight of each option, by its id."""
    rows = [
        option.get("weight", 1)
        for question in described["question"]
        for option in question.get("option", ())
    ]
    options = Option.objects.filter(question__poll=poll).order_by("question__place", "place")
    return dict(zip(options.values_list("pk", flat=True), rows, strict=True))


def _ballot(
    questions: Iterable[tuple[Asked, Mapping[str, Any]]],
    weights: Mapping[int, float],
    random: Random,
) -> dict[str, Any]:
    ballot = {str(asked.id): _answer(asked, row, weights, random) for asked, row in questions}
    return {question: answer for question, answer in ballot.items() if answer}


def _answer(
    asked: Asked, row: Mapping[str, Any], weights: Mapping[int, float], random: Random
) -> Any:
    if asked.kind == "yes_no":
        return random.choices(["yes", "no", "abstain"], [6, 3, 1])[0]
    if asked.kind == "text":
        return random.choice(row["said"]) if random.random() < 0.3 else None
    if asked.none_of_these and random.random() < 0.1:
        return NONE_OF_THESE
    liked = sorted(
        asked.options, key=lambda option: random.random() ** (1 / weights[option]), reverse=True
    )
    if asked.kind == "ranked":
        return liked[: random.randint(1, len(liked))]
    if asked.kind in ("multiple", "approval"):
        number = random.randint(asked.least or 1, asked.most or 3)
        return sorted(liked[:number], key=asked.options.index)
    if asked.kind == "score":
        scores = ((option, int(weights[option]) + random.randint(0, 2)) for option in liked)
        return {str(option): min(5, score) for option, score in scores}
    if asked.kind == "points":
        # All to one, or a part of it to a second.
        less = asked.budget * random.randint(0, 4) // 10
        shared = {liked[0]: asked.budget - less, liked[1]: less}
        return {str(option): shared[option] for option in asked.options if shared.get(option)}
    return liked[0]
