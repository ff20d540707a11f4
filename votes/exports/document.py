"""Results as a JSON document: what the page of results tells, and nothing more.

What is not shown there of small groups is not in what was published. Names of keys are the same in
every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.domain.calendar import KYIV
from votes import pages
from votes.models import Option, Question
from votes.presenters import ShownPoll
from votes.results import showing
from votes.results.grouping import KINDS
from votes.results.showing_groups import name_of, population_of


def document(shown: ShownPoll) -> dict[str, Any] | None:
    """The public results, as plain values for JSON; None where nothing is shown.

    Four queries, but for the count of a poll that is open and shows it.
    """
    found = showing.counted_of(shown)
    if found is None:
        return None
    poll = shown.poll
    counted, questions = found.numbers, pages.questions_of(poll)
    return {
        "poll": {
            "id": poll.pk,
            "url": settings.SITE_URL + reverse("votes:results", args=[poll.pk]),
            "title": poll.title,
            "department": poll.department.name,
            "secrecy": poll.secrecy,
            "voters": poll.voters,
            "opened_at": _moment(poll.opens_at),
            "closed_at": _moment(poll.closes_at),
            "published_at": _moment(poll.published_at),
            "tie_rule": poll.tie_rule,
            "lot": poll.lot,
        },
        "is_final": found.is_final,
        "electorate": counted["electorate"],
        "ballots": counted["ballots"],
        "ballots_on_paper": counted["paper"],
        "codes_sha256": found.codes_hash,
        "questions": [
            _question(asked.question, asked.options, outcome)
            for asked, outcome in zip(questions, counted["questions"], strict=True)
        ],
        "over_time": counted.get("over_time"),
        "groups": groups(found, [asked.question.pk for asked in questions]),
    }


def _question(question: Question, options: list[Option], outcome: dict[str, Any]) -> dict[str, Any]:
    names = _names(options)
    return {
        "id": question.pk,
        "text": question.text,
        "kind": question.kind,
        "method": question.method,
        "answers": outcome["answers"],
        "none_of_these": outcome["none"],
        "winners": outcome["winners"],
        "options": [
            {
                "option": each["option"],
                "text": names[each["option"]],
                "votes": each["votes"],
                "points": each["points"],
                "spread": each["spread"],
                "place": each["place"] or None,
                "by_tie_rule": each["by_tie_rule"],
            }
            for each in outcome["options"]
        ],
        "rounds": outcome["rounds"],
        "pairs": outcome["pairs"],
    }


def groups(found: showing.Counted, questions: Sequence[int]) -> list[dict[str, Any]]:
    """Turnout and answers by groups, kind by kind; ``questions``: their ids in their order. In a
    row more than one of ``groups`` stand together."""
    counted, city = found.numbers.get("groups") or {}, found.city
    return [
        {
            "kind": kind,
            "turnout": [
                {
                    "groups": [name_of(kind, group, city) for group in row["groups"]],
                    "ballots": row["ballots"],
                    "population": population_of(kind, row["groups"], city),
                }
                for row in counted[kind]["turnout"]
            ],
            "questions": [
                {
                    "question": question,
                    "columns": table["columns"],
                    "other": table["others"] if "other" in table["columns"] else [],
                    "rows": [
                        {
                            "groups": [name_of(kind, group, city) for group in row["groups"]],
                            "ballots": row["ballots"],
                            "cells": row["cells"],
                        }
                        for row in table["rows"]
                    ],
                }
                for question, table in zip(questions, counted[kind]["questions"], strict=False)
                if table
            ],
        }
        for kind in KINDS
        if kind in counted
    ]


def _names(options: list[Option]) -> dict[Any, str]:
    words: dict[Any, str] = {word: str(label) for word, label in pages.WORDS.items()}
    return words | {option.pk: option.text for option in options}


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(KYIV).isoformat(timespec="seconds") if moment else None
