"""The demo city's meetings that are to come: a hearing, and a session with amendments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from accounts.models import User
from city.models import Department, Theme
from consultations.models import Consultation
from demo import content
from demo.content import Days
from demo.meetings_survey import prepare
from drafts.models import Clause
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.amendments import actions as amendments
from meetings.amendments import queries
from meetings.models import Body, Deputy, Item, Meeting
from meetings.planning import actions as planning_actions
from meetings.planning.actions import Notice
from meetings.questions import actions as questions_actions


def load_coming(row: Mapping[str, Any], by: User, people: Mapping[str, User], days: Days) -> None:
    """A hearing that is announced, with questions that people have asked already."""
    meeting = _plan(row, by, days, kind="hearing", body=None)
    for asked in row["question"]:
        question = questions_actions.ask(meeting, by=people[asked["by"]], text=asked["text"])
        if supported := asked.get("supported"):
            questions_actions.show(question, by=by)
            for key in supported:
                questions_actions.support(question, by=people[key])


def load_session(row: Mapping[str, Any], by: User, days: Days) -> None:
    """A session that is announced: amendments to one clause are a group."""
    council = Body.objects.get(kind=Body.Kind.COUNCIL)
    meeting = _plan(row, by, days, kind="session", body=council)
    item = meeting.items.select_related("meeting__body", "consultation").get(consultation__gt=0)
    deputies = list(Deputy.objects.filter(seats__body=council).order_by("pk"))
    for moved in row["amendment"]:
        number = moved.get("deputy")
        amendment = amendments.propose(
            item,
            by=by,
            clause=clause_of(item, moved["clause"]),
            kind=moved["kind"],
            text=moved.get("text", ""),
            deputy=deputies[number - 1] if number else None,
            mover=moved.get("mover", ""),
        )
        if moved.get("compatible"):
            amendments.mark(amendment, by=by, is_compatible=True)


def clause_of(item: Item, label: str) -> Clause:
    """A clause of the last published version of the item's draft."""
    version = queries.version_of(item)
    assert version is not None  # noqa: S101 - the demo's own
    return version.clauses.select_related("version").get(label=label)


def load_agenda(meeting: Meeting, rows: Sequence[Mapping[str, Any]], by: User) -> None:
    """The items of an agenda of meetings.toml."""
    for row in rows:
        names = ("title", "text", "presenter", "minutes")
        words = {name: row[name] for name in names if name in row}
        if "about" in row:
            title = content.table(row["about"], "consultation.toml")["title"]
            words["consultation"] = Consultation.objects.get(title=title)
        agenda_actions.add_item(meeting, by=by, text=ItemText(**words))


def _plan(row: Mapping[str, Any], by: User, days: Days, *, kind: str, body: Body | None) -> Meeting:
    begins_at = days.at(row["day"], row["hour"])
    meeting = planning_actions.plan(
        by=by,
        department=Department.objects.get(slug="secretariat"),
        kind=kind,
        body=body,
        notice=Notice(
            title=row["title"],
            place=row["place"],
            accessibility=row["accessibility"],
            capacity=row.get("capacity"),
            themes=tuple(Theme.objects.filter(slug__in=row["themes"])),
            begins_at=begins_at,
            ends_at=begins_at + timedelta(hours=2),
        ),
    )
    load_agenda(meeting, row["item"], by)
    prepare(meeting, row["prepared"])
    return planning_actions.publish(meeting, by=by)
