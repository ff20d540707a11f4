"""The demo city: answers about procedures, public discussions, an act that could not wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from accounts.models import User
from city.models import Department
from consultations.models import (
    Consultation,
    ProcedureAnswers,
    PublicDiscussion,
    UrgentAct,
)
from core.domain import clock
from core.domain.calendar import WorkCalendar, kyiv, local_date
from demo import content
from demo.content import Days


def load_answers(consultation: Consultation, described: Mapping[str, Any], days: Days) -> None:
    """Load officers' answers about its procedure, and its public discussions."""
    if found := described.get("answers"):
        values = {name: value for name, value in found.items() if name != "posted"}
        if "posted" in found:
            values["posted_on"] = days.day(found["posted"])
        ProcedureAnswers.objects.create(consultation=consultation, **values)
    for row in described.get("discussion", []):
        made = PublicDiscussion.objects.create(
            consultation=consultation,
            form=row["form"],
            held_at=kyiv(days.day(row["held"]), time.fromisoformat(row["time"])),
            place=row["place"],
        )
        published_at = days.at(row["published"], 10)
        PublicDiscussion.objects.filter(pk=made.pk).update(published_at=published_at)


def load_urgent_acts(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Acts that were adopted without a consultation, each published on the day of its adoption."""
    days = Days(local_date(clock.now()), calendar)
    for row in content.rows("act", "urgent_acts.toml"):
        act = UrgentAct.objects.create(
            **{name: row[name] for name in ("title", "number", "ground")},
            **{name: row[name].strip() for name in ("need", "justification", "text")},
            department=Department.objects.get(slug=row["department"]),
            adopted_on=days.day(row["day"]),
            by=people[row["by"]],
        )
        published_at = days.at(row["day"], 16, 20)
        UrgentAct.objects.filter(pk=act.pk).update(published_at=published_at)
