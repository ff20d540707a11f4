"""Results as tables for people: one in CSV, and a book of sheets. Both are made of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.export.csv import written
from core.export.ods import Cell, Sheet
from votes.results.showing_groups import COLUMNS, TITLES

#: Columns of the one table that results are as CSV; what a line does not have is empty.
COLUMNS_OF_CSV = (
    "section",
    "question",
    "kind",
    "group",
    "round",
    "option",
    "against",
    "moment",
    "number",
    "points",
    "place",
    "first",
    "population",
)


def as_csv(told: Mapping[str, Any]) -> str:
    """The document as one table, with a mark by which spreadsheets know UTF-8; words that begin
    like a formula are neutralised."""
    rows = ([line.get(name) for name in COLUMNS_OF_CSV] for line in _lines(told))
    return written([COLUMNS_OF_CSV, *rows])


def _lines(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in ("electorate", "ballots", "ballots_on_paper"):
        yield {"section": "turnout", "option": name, "number": told[name]}
    for question in told["questions"]:
        asked = {"question": question["text"]}
        names = {each["option"]: each["text"] for each in question["options"]}
        yield {**asked, "section": "answers", "number": question["answers"]}
        yield {**asked, "section": "none_of_these", "number": question["none_of_these"]}
        for each in question["options"]:
            yield {
                **asked,
                "section": "option",
                "option": each["text"],
                "number": each["votes"],
                "points": each["points"],
                "place": each["place"],
                "first": int(each["option"] in question["winners"]),
            }
        for place, each in enumerate(question["rounds"], 1):
            for option, number in each["counts"]:
                row = {"section": "round", "round": place, "option": names[option]}
                yield {**asked, **row, "number": number}
            yield {**asked, "section": "exhausted", "round": place, "number": each["exhausted"]}
            for start, end, number in each["transfers"]:
                row = {"section": "transfer", "round": place, "option": names[start]}
                yield {**asked, **row, "against": names.get(end, ""), "number": number}
        for option, row in zip(question["options"], question["pairs"], strict=False):
            for other, number in zip(question["options"], row, strict=True):
                if option is not other:
                    pair = {"option": option["text"], "against": other["text"]}
                    yield {**asked, "section": "pair", **pair, "number": number}
    for moment, number in (told["over_time"] or {"rows": ()})["rows"]:
        yield {"section": "over_time", "moment": moment, "number": number}
    for each in told["groups"]:
        yield from _lines_of_groups(each, told)


def _lines_of_groups(each: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row in each["turnout"]:
        yield {
            "section": "turnout_by_group",
            "kind": each["kind"],
            "group": " + ".join(row["groups"]),
            "number": row["ballots"],
            "population": row["population"],
        }
    asked = {question["id"]: question for question in told["questions"]}
    for table in each["questions"]:
        question = asked[table["question"]]
        names = {option["option"]: option["text"] for option in question["options"]}
        for row in table["rows"]:
            for column, number in zip(table["columns"], row["cells"], strict=True):
                yield {
                    "section": "answers_by_group",
                    "question": question["text"],
                    "kind": each["kind"],
                    "group": " + ".join(row["groups"]),
                    "option": names.get(column, column),
                    "number": number,
                }


def sheets(told: Mapping[str, Any]) -> Iterator[Sheet]:
    """The document as the sheets of a book, with titles in the active language."""
    poll = told["poll"]
    yield Sheet(
        _("Poll"),
        (poll["title"], ""),
        [
            (_("Address"), poll["url"]),
            (_("Responsible department"), poll["department"]),
            (_("Opened"), poll["opened_at"]),
            (_("Voting ended"), poll["closed_at"]),
            (_("Results published"), poll["published_at"]),
            (_("Could vote"), told["electorate"]),
            (_("Ballots counted"), told["ballots"]),
            (_("On paper"), told["ballots_on_paper"]),
            *([(_("SHA-256 of the codes"), told["codes_sha256"])] if told["codes_sha256"] else []),
        ],
    )
    yield Sheet(
        _("Results"),
        (_("Question"), _("Option"), _("Votes"), _("Sum"), _("Place"), _("First choice")),
        [row for question in told["questions"] for row in _results(question)],
    )
    rounds = [row for question in told["questions"] for row in _rounds(question)]
    if rounds:
        titles = (_("Question"), _("Round"), _("Option"), _("Ballots"), _("Eliminated"))
        yield Sheet(_("Round by round"), titles, rounds)
    for number, question in enumerate(told["questions"], 1):
        if question["pairs"]:
            names = [each["text"] for each in question["options"]]
            pairs = zip(names, question["pairs"], strict=True)
            name = _("Pairs, question %(number)s") % {"number": number}
            yield Sheet(name, ("", *names), [(option, *row) for option, row in pairs])
    if told["over_time"]:
        yield Sheet(_("Turnout over time"), (_("When"), _("Voted")), told["over_time"]["rows"])
    for each in told["groups"]:
        yield from _sheets_of_groups(each, told)


def _results(question: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for each in question["options"]:
        first = _("yes") if each["option"] in question["winners"] else ""
        row = (each["text"], each["votes"], each["points"], each["place"], first)
        yield (question["text"], *row)
    if question["none_of_these"]:
        yield (question["text"], str(COLUMNS["none"]), question["none_of_these"])


def _rounds(question: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    names = {each["option"]: each["text"] for each in question["options"]}
    for place, each in enumerate(question["rounds"], 1):
        for option, number in each["counts"]:
            out = _("yes") if option in each["eliminated"] else ""
            yield (question["text"], place, names[option], number, out)
        if each["exhausted"]:
            yield (question["text"], place, _("no further choice"), each["exhausted"], "")


def _sheets_of_groups(each: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Sheet]:
    title = str(TITLES[each["kind"]])
    yield Sheet(
        title,
        (_("Group"), _("Voted"), _("Population")),
        [(" + ".join(row["groups"]), row["ballots"], row["population"]) for row in each["turnout"]],
    )
    asked = {question["id"]: question for question in told["questions"]}
    places = {question["id"]: place for place, question in enumerate(told["questions"], 1)}
    for table in each["questions"]:
        question = asked[table["question"]]
        names: dict[Any, str] = {word: str(label) for word, label in COLUMNS.items()}
        names |= {option["option"]: option["text"] for option in question["options"]}
        yield Sheet(
            f"{title}, {places[question['id']]}",
            (question["text"], _("Ballots"), *(names[column] for column in table["columns"])),
            [(" + ".join(row["groups"]), row["ballots"], *row["cells"]) for row in table["rows"]],
        )
