"""Polls as open data: all of them with their results, and the ballots of each open one.

None of it names anybody. Of a secret poll there are its numbers, as on its page. Of an open one
whose results are published there are also the ballots, so that anybody can count them again: what
was chosen, without who, where, when or on what; sorted by what they say, so that their order tells
nothing; without texts, whose words give their author away; and not of every poll
(Poll.tells_ballots). Names of columns are the same in every language, but for the
questions' own words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.limits import HOUR, Limit
from core.domain.clock import Now
from core.domain.rules import require
from core.export.csv import as_csv, as_json, column, moment
from core.web.client_ip import client_groups
from votes.ballots.answers import NONE_OF_THESE
from votes.models import OpenBallot, PaperBallot, Poll, Question
from votes.pages import questions_of
from votes.presenters import ShownQuestion

#: Downloads by one client.
DOWNLOADS = Limit("polls-data", 60, HOUR)
#: Polls, or ballots, that are in memory at a time.
AT_ONCE = 500

Kind = Question.Kind
type Questions = Sequence[ShownQuestion]


#: Column -> its value of a poll: text, a whole number, or None.
POLL: dict[str, Callable[[Any], Any]] = {
    "id": column("pk"),
    "url": lambda poll: settings.SITE_URL + reverse("votes:detail", args=[poll.pk]),
    "title": column("title"),
    "summary": column("summary"),
    "state": lambda poll: poll.state_at(poll.now).value,
    "department": lambda poll: poll.department.slug,
    "secrecy": column("secrecy"),
    "voters": column("voters"),
    "district": lambda poll: poll.district.slug if poll.district else None,
    "min_age": lambda poll: poll.requirement.age_over,
    "tie_rule": column("tie_rule"),
    "lot": lambda poll: poll.lot or None,
    "opens_at": moment("opens_at"),
    "closes_at": moment("closes_at"),
    "published_at": moment("published_at"),
    "cancelled_at": moment("cancelled_at"),
    "cancelled_reason": lambda poll: poll.cancelled_reason or None,
    "electorate": lambda poll: _published_counts(poll).get("electorate"),
    "ballots": lambda poll: _published_counts(poll).get("ballots"),
    "ballots_on_paper": lambda poll: _published_counts(poll).get("paper"),
    "codes_hash": lambda poll: (
        (poll.result.codes_hash or None) if _published_counts(poll) else None
    ),
}
#: What a line of the table says besides: one option of one question of the poll.
LINE = ("question", "kind", "method", "answers", "none", "option", "votes", "points", "place")


def _published_counts(poll: Poll) -> dict[str, Any]:
    """Its published numbers; of what was called off none."""
    if not poll.published_at or poll.cancelled_at:
        return {}
    found: dict[str, Any] = poll.result.counted
    return found


# --- All polls ------------------------------------------------------------------------------------


@require_safe
def data_csv(request: HttpRequest) -> StreamingHttpResponse:
    """A line for each option of each question, with its poll's columns. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_csv([*POLL, *LINE], lines(), "polls.csv")


@require_safe
def data_json(request: HttpRequest) -> StreamingHttpResponse:
    """``{"polls": [{…, "questions": [{…}]}, …]}``. Anybody."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    return as_json("polls", describe_polls(), "polls.json")


def describe_polls() -> Iterator[dict[str, Any]]:
    """Every announced poll in the order in which they were begun, its questions with what was
    counted: three queries for each AT_ONCE of them."""
    announced = (
        Poll.objects.published()
        .select_related("department", "district", "result")
        .prefetch_related("questions__options")
        .defer("search")
        .annotate(now=Now())
        .order_by("pk")
    )
    found = list(announced[:AT_ONCE])
    while found:
        for poll in found:
            row = {name: value(poll) for name, value in POLL.items()}
            yield row | {"questions": _questions(poll)}
        is_last = len(found) < AT_ONCE
        found = [] if is_last else list(announced.filter(pk__gt=found[-1].pk)[:AT_ONCE])


def _questions(poll: Poll) -> list[dict[str, Any]]:
    counted = {each["question"]: each for each in _published_counts(poll).get("questions", ())}
    return [_question(each, counted.get(each.pk, {})) for each in poll.questions.all()]


def _question(question: Question, counted: Mapping[str, Any]) -> dict[str, Any]:
    names: dict[Any, str] = {option.pk: option.text for option in question.options.all()}
    numbers = {each["option"]: each for each in counted.get("options", ())}
    return {
        "question": question.text,
        "kind": question.kind,
        "method": question.method or None,
        "answers": counted.get("answers"),
        "none": counted.get("none"),
        "options": [
            {
                "option": names.get(option, option),
                **{name: numbers.get(option, {}).get(name) for name in ("votes", "points")},
                # Of yes and no there are no places.
                "place": numbers.get(option, {}).get("place") or None,
            }
            for option in names or numbers
        ],
    }


def lines() -> Iterator[list[Any]]:
    """The same as rows of a table."""
    for poll in describe_polls():
        own = [poll[name] for name in POLL]
        for question in poll["questions"]:
            for option in question["options"] or [{}]:
                said = question | option
                yield [*own, *(said.get(name) for name in LINE)]


# --- The ballots of one ---------------------------------------------------------------------------


@require_safe
def ballots_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A line for each ballot of an open poll whose results are published. Anybody."""
    poll, questions = _with_ballots(request, pk)
    columns = [column for each in questions for column in _columns(each)]
    rows = ([of(choices) for _name, of in columns] for choices in ballots(poll, questions))
    return as_csv([name for name, _of in columns], rows, f"poll-{pk}-ballots.csv")


@require_safe
def ballots_json(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """``{"ballots": [{question id: answer}, …]}``, in the forms of the API. Anybody."""
    poll, questions = _with_ballots(request, pk)
    return as_json("ballots", ballots(poll, questions), f"poll-{pk}-ballots.json")


def has_ballots(poll: Poll) -> bool:
    """Whether anybody may have its ballots now (Poll.tells_ballots)."""
    return poll.tells_ballots(_published_counts(poll).get("ballots", 0))


def _with_ballots(request: HttpRequest, pk: int) -> tuple[Poll, Questions]:
    """The poll and its questions that are not answered by a text; 404 where there are none."""
    require(DOWNLOADS.spend_client(client_groups(request)))
    poll = get_object_or_404(Poll.objects.published().select_related("result"), pk=pk)
    if not has_ballots(poll):
        raise Http404
    return poll, [each for each in questions_of(poll) if each.question.kind != Kind.TEXT]


_BALLOTS = f"""
SELECT said FROM (
    SELECT choices - %(texts)s::text[] AS said FROM {OpenBallot._meta.db_table}
    WHERE poll_id = %(poll)s
    UNION ALL
    SELECT choices - %(texts)s::text[] FROM {PaperBallot._meta.db_table}
    WHERE poll_id = %(poll)s AND confirmed_at IS NOT NULL
) AS ballot ORDER BY said
"""  # noqa: S608 - names of tables


def ballots(poll: Poll, questions: Questions) -> Iterator[dict[str, Any]]:
    """Answers of each ballot to these questions, sorted by that."""
    kept = {each.question.pk for each in questions}
    others = Question.objects.filter(poll=poll).exclude(pk__in=kept).values_list("pk", flat=True)
    values: dict[str, int | list[str]] = {"poll": poll.pk, "texts": [str(pk) for pk in others]}
    with connection.chunked_cursor() as cursor:
        cursor.execute(_BALLOTS, values)
        while rows := cursor.fetchmany(AT_ONCE):
            for (said,) in rows:
                yield json.loads(said)


def _columns(asked: ShownQuestion) -> list[tuple[str, Callable[[dict[str, Any]], Any]]]:
    """The columns of a question, each with its cell of a ballot."""
    question, options = asked.question, asked.options
    key = str(question.pk)
    if question.kind in (Kind.SINGLE, Kind.YES_NO):
        names: dict[Any, str] = {option.pk: option.text for option in options}
        return [(question.text, lambda said: names.get(said.get(key), said.get(key)))]
    ordered = question.kind == Kind.RANKED
    columns: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
        (f"{question.text} – {option.text}", _cell(key, option.pk, ordered=ordered))
        for option in options
    ]
    if question.none_of_these:
        columns.append(
            (f"{question.text} – none", lambda said: int(said.get(key) == NONE_OF_THESE))
        )
    return columns


def _cell(key: str, option: int, *, ordered: bool) -> Callable[[dict[str, Any]], Any]:
    """An option's score or points; its place in an order; 1 where it is one of several chosen."""

    def of(said: dict[str, Any]) -> Any:
        answer = said.get(key)
        if isinstance(answer, dict):
            return answer.get(str(option))
        if not isinstance(answer, list):
            return None
        if ordered:
            return answer.index(option) + 1 if option in answer else None
        return int(option in answer)

    return of
