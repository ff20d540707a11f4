"""Groups of voters for turnout and results: by district, by age, people and organisations.

Of a vote the group is what its voter record says (votes/ballots/voters.py), as it was when that was
written. A ballot on paper is tied to nobody: it stands in the group UNKNOWN, so that every ballot
counted stands in one group of each kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count

from accounts.eligibility import UNKNOWN as ANY_RESIDENCE
from city.models import AgeGroup, District
from votes.counting import groups
from votes.models import OpenBallot, PaperBallot, Poll, Question, voter_records

#: The kinds of groups, in the order in which they are shown.
DISTRICT, AGE, VOTER = "district", "age", "voter"
KINDS = (DISTRICT, AGE, VOTER)
#: Groups are kept as text, as JSON has its keys: a district's id, an age, a word.
UNKNOWN, PERSON, ORGANISATION = "unknown", "person", "organisation"
AGES = (14, 16, 18)
#: Electorates of people who live here: beside their turnout stands the population.
RESIDENTS = frozenset({Poll.Voters.RESIDENTS, Poll.Voters.VERIFIED_RESIDENTS, Poll.Voters.DISTRICT})

type Populations = dict[str, list[dict[str, Any]]]


def populations(poll: Poll) -> Populations:
    """The city as it is now: of each kind the groups in their order, each with its ``group``,
    ``name`` and ``population`` (or None). Two queries; it is published with the result, which does
    not change with the city."""
    districts = District.objects.all()
    if poll.voters == Poll.Voters.DISTRICT:
        districts = districts.filter(pk__in=[poll.district_id])
    ages = dict(AgeGroup.objects.values_list("since", "population"))
    whole_city = poll.voters != Poll.Voters.DISTRICT
    return {
        DISTRICT: [
            {
                "group": str(district.pk),
                "name": district.name,
                "population": district.population,
            }
            for district in districts
        ],
        AGE: [
            {"group": str(age), "name": "", "population": ages.get(age) if whole_city else None}
            for age in AGES
            if age >= (poll.requirement.age_over or 0)
        ],
    }


def is_grouped(poll: Poll) -> bool:
    """Whether its turnout is told by groups: a secret poll's, where people live who may vote, and
    where the poll says that its results are."""
    return poll.is_secret or poll.splits or poll.voters in RESIDENTS


def count_groups(
    poll: Poll, questions: Iterable[Any], ballots: Iterable[Mapping[str, Any]], city: Populations
) -> dict[str, Any]:
    """By each kind of groups that tells something: ``turnout`` (rows) and ``questions`` (a table
    or None for each), protected as votes.counting.groups says.

    ``ballots``: rows of ``with_groups``; a secret poll has none, its voter records are counted.
    """
    answers: dict[str, dict[str, list[Any]]] = {kind: {} for kind in KINDS}
    sizes: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    if poll.is_secret:
        sizes = _turnout_by_group(poll)
    for row in ballots:
        for kind in KINDS:
            answers[kind].setdefault(row[kind], []).append(row["choices"])
    for kind in KINDS:
        for group, given in answers[kind].items():
            sizes[kind][group] = len(given)
    found = {}
    for kind in KINDS:
        universe = _universe(poll, kind, sizes[kind], city)
        whole = {group: sizes[kind].get(group, 0) for group in universe}
        if rows := groups.turnout(whole):
            together = rows[-1].groups if len(rows[-1].groups) > 1 else ()
            found[kind] = {
                "turnout": [{"groups": row.groups, "ballots": row.size} for row in rows],
                "questions": [
                    _table(
                        asked, {group: answers[kind].get(group, []) for group in whole}, together
                    )
                    for asked in (questions if poll.splits else ())
                ],
            }
    return found


def with_groups(poll: Poll, *, at_once: int = 5000) -> Iterable[dict[str, Any]]:
    """Every ballot that counts in an open poll, with its group of each kind."""
    cast = OpenBallot.objects.filter(poll=poll).order_by()
    columns = (
        "choices",
        "voter_record__district",
        "voter_record__age_over",
        "voter_record__organisation",
    )
    for choices, district, age, organisation in cast.values_list(*columns).iterator(at_once):
        yield {
            "choices": choices,
            DISTRICT: UNKNOWN if district is None else str(district),
            AGE: UNKNOWN if age is None else str(age),
            VOTER: PERSON if organisation is None else ORGANISATION,
        }
    paper = PaperBallot.objects.filter(poll=poll, confirmed_at__isnull=False).order_by()
    for choices in paper.values_list("choices", flat=True).iterator(at_once):
        yield {"choices": choices, DISTRICT: UNKNOWN, AGE: UNKNOWN, VOTER: UNKNOWN}


def _turnout_by_group(poll: Poll) -> dict[str, dict[str, int]]:
    used = voter_records(poll).used().order_by()
    found: dict[str, dict[str, int]] = {VOTER: {}}
    for kind, column in ((DISTRICT, "district"), (AGE, "age_over")):
        rows = used.values_list(column).annotate(number=Count("*"))
        found[kind] = {UNKNOWN if group is None else str(group): number for group, number in rows}
    return found


def _universe(
    poll: Poll, kind: str, found: Mapping[str, int], city: Populations
) -> Collection[str]:
    """All groups that a voter of the poll may be in, those in which nobody voted among them: one
    that were not named would be known to have no vote."""
    if kind == VOTER:
        both = {PERSON, ORGANISATION} <= found.keys()
        return (
            [group for group in (PERSON, ORGANISATION, UNKNOWN) if group in found] if both else ()
        )
    if poll.voters in (Poll.Voters.ORGANISATIONS, Poll.Voters.INVITED):
        return ()  # nothing of the kind is known of anybody
    requirement = poll.requirement
    is_sure = (
        requirement.residence != ANY_RESIDENCE
        if kind == DISTRICT
        else requirement.age_over is not None
    )
    named = [row["group"] for row in city[kind]]
    named += sorted(found.keys() - {*named, UNKNOWN})
    return named if is_sure and UNKNOWN not in found else [*named, UNKNOWN]


def _table(
    asked: Any, answers: Mapping[str, list[Mapping[str, Any]]], together: tuple[Any, ...]
) -> dict[str, Any] | None:
    if asked.kind == Question.Kind.TEXT:
        return None
    key = str(asked.id)
    whole = groups.counts(
        asked, {group: [each.get(key) for each in given] for group, given in answers.items()}
    )
    table = groups.protect_table(whole, together) if whole else None
    if table is None:
        return None
    return {
        "columns": table.columns,
        "others": table.others,
        "rows": [
            {"groups": row.groups, "ballots": row.size, "cells": row.cells} for row in table.rows
        ],
    }
