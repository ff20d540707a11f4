"""Turnout and answers by groups of voters as a page shows them: names, shares of the population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from votes import pages
from votes.ballots.answers import NONE_OF_THESE
from votes.counting.groups import OTHER, UNANSWERED
from votes.models import Poll, Question
from votes.presenters import ShownQuestion
from votes.results.grouping import (
    AGE,
    DISTRICT,
    KINDS,
    ORGANISATION,
    PERSON,
    RESIDENTS,
    UNKNOWN,
    VOTER,
)

TITLES: dict[str, Promise] = {
    DISTRICT: _("By district"),
    AGE: _("By age"),
    VOTER: _("Residents and organisations"),
}
_NAMES: dict[tuple[str, str], Promise] = {
    (DISTRICT, UNKNOWN): _("district not known"),
    (AGE, "14"): _("14 and 15 years"),
    (AGE, "16"): _("16 and 17 years"),
    (AGE, "18"): _("18 years and older"),
    (AGE, UNKNOWN): _("age not known"),
    (VOTER, PERSON): _("residents"),
    (VOTER, ORGANISATION): _("businesses and organisations"),
    (VOTER, UNKNOWN): _("on paper"),
}
COLUMNS: dict[str, Promise] = {
    NONE_OF_THESE: pages.WORDS[NONE_OF_THESE],
    UNANSWERED: _("not answered"),
    OTHER: _("other answers together"),
}
_SUMS = (Question.Kind.SCORE, Question.Kind.POINTS)


def shown_groups(
    poll: Poll,
    counted: Mapping[str, Any],
    city: Mapping[str, Any],
    questions: Sequence[ShownQuestion],
) -> dict[str, Any]:
    """``missing``: who voted, kind by kind; ``splits``: how they answered; ``per_hundred``: of the
    whole population; empty where nothing was counted by groups."""
    groups = counted.get("groups") or {}
    of_residents = poll.voters in RESIDENTS
    turnouts = [
        _turnout(kind, groups[kind]["turnout"], city, of_residents)
        for kind in KINDS
        if kind in groups
    ]
    splits = [
        {"kind": kind, "title": TITLES[kind], "questions": tables}
        for kind in KINDS
        if kind in groups and (tables := _tables(kind, groups[kind]["questions"], city, questions))
    ]
    return {
        "missing": turnouts,
        "splits": splits,
        "of_residents": of_residents,
        "per_hundred": _whole(counted["ballots"], city) if of_residents else "",
    }


def name_of(kind: str, group: str, city: Mapping[str, Any]) -> str:
    """Name of a group: a district's own name, or words."""
    if (kind, group) in _NAMES:
        return str(_NAMES[kind, group])
    return next((row["name"] for row in city.get(kind, ()) if row["group"] == group), group)


def population_of(kind: str, groups: Sequence[str], city: Mapping[str, Any]) -> int | None:
    """Population of the groups together; None where that is not known of one."""
    known = {row["group"]: row["population"] for row in city.get(kind, ())}
    found = [number for group in groups if (number := known.get(group)) is not None]
    return sum(found) if found and len(found) == len(groups) else None


def _turnout(
    kind: str, rows: Sequence[Mapping[str, Any]], city: Mapping[str, Any], of_residents: bool
) -> dict[str, Any]:
    made = []
    for row in rows:
        population = population_of(kind, row["groups"], city) if of_residents else None
        made.append(
            {
                "names": [name_of(kind, group, city) for group in row["groups"]],
                "ballots": row["ballots"],
                "population": population,
                "share": 100 * row["ballots"] / population if population else None,
                "per_hundred": _per_hundred(row["ballots"], population),
            }
        )
    known = [row for row in made if row["share"] is not None]
    top = max((row["share"] for row in known), default=0)
    most = max((row["ballots"] for row in made), default=0)
    for row in made:
        # Where the population is known bars compare shares, else numbers.
        part, whole = (row["share"] or 0, top) if known else (row["ballots"], most)
        row["bar"] = round(100 * part / whole) if whole else 0
    ranked = sorted(known, key=lambda row: row["share"])
    return {
        "kind": kind,
        "title": TITLES[kind],
        "rows": made,
        "has_population": bool(known),
        "least": ranked[0] if len(ranked) > 1 else None,
        "most": ranked[-1] if len(ranked) > 1 else None,
    }


def _tables(
    kind: str,
    tables: Sequence[Mapping[str, Any] | None],
    city: Mapping[str, Any],
    asked: Sequence[ShownQuestion],
) -> list[dict[str, Any]]:
    found = []
    for table, each in zip(tables, asked, strict=False):
        if table is None:
            continue
        question, options = each.question, each.options
        names: dict[Any, str] = {option.pk: option.text for option in options}
        names |= {word: str(label) for word, label in (*pages.WORDS.items(), *COLUMNS.items())}
        is_sum = question.kind in _SUMS
        found.append(
            {
                "question": question,
                "is_sum": is_sum,
                "columns": [names[column] for column in table["columns"]],
                "others": [names[column] for column in table["others"]],
                "together": OTHER in table["columns"],
                "rows": [
                    {
                        "names": [name_of(kind, group, city) for group in row["groups"]],
                        "ballots": row["ballots"],
                        "cells": [
                            {"number": cell, "beside": _share_label(cell, row["ballots"], is_sum)}
                            for cell in row["cells"]
                        ],
                    }
                    for row in table["rows"]
                ],
            }
        )
    return found


def _share_label(cell: int, ballots: int, is_sum: bool) -> str:
    """Label of a share: of a sum its value for each ballot; else the share of the ballots."""
    if is_sum:
        return number_format(cell / ballots, 1)
    return f"{round(100 * cell / ballots)}%"


def _whole(ballots: int, city: Mapping[str, Any]) -> str:
    districts = [row["group"] for row in city.get(DISTRICT, ())]
    return _per_hundred(ballots, population_of(DISTRICT, districts, city))


def _per_hundred(ballots: int, population: int | None) -> str:
    """Votes of every 100 people: «12», «3,4», «0,04»."""
    if not population:
        return ""
    share = 100 * ballots / population
    places = 0 if share >= 10 else 1 if share >= 1 else 2
    return number_format(share, places)
