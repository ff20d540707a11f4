"""The demo city's decision: an adopted act, the remarks that live in it, a step that is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from accounts.models import User
from consultations.decisions import actions
from consultations.decisions.models import VOTES, Decision
from consultations.models import Consultation, Disposition, Remark
from core.domain import clock
from core.domain.calendar import WorkCalendar, local_date
from demo import content
from demo.content import Days
from drafts.models import Version

#: The consultation that has its report.
SLUG = "rent"


def load_decision(people: Mapping[str, User], calendar: WorkCalendar) -> None:
    """Enter what the council decided on it, with what it took from people's words."""
    described, facts = (
        content.table(SLUG, name) for name in ("decision.toml", "consultation.toml")
    )
    officer = people[facts["officer"]]
    consultation = Consultation.objects.get(title=facts["title"])
    version = Version.objects.get(draft=consultation.draft_id, number=described["version"])
    days = Days(local_date(clock.now()), calendar)
    _settle(consultation, version, described["disposition"], people, officer)
    decision = actions.enter(
        consultation,
        by=officer,
        fields={
            "outcome": Decision.Outcome.ADOPTED,
            "decided_on": days.day(described["decided"]),
            "signed_on": days.day(described["signed"]),
            "in_force_from": days.day(described["signed"]),
            "number": described["number"],
            "text": version,
            **{name: described[name] for name in VOTES},
        },
    )
    for row in described["step"]:
        step = actions.add_step(
            decision,
            by=officer,
            text=row["text"],
            responsible=row["responsible"],
            due_on=days.day(row["due"]),
        )
        if "note" in row or "done" in row:
            actions.note_step(
                step,
                by=officer,
                text=row.get("note", ""),
                due_on=step.due_on,
                done_on=days.day(row["done"]) if "done" in row else None,
            )


def _settle(
    consultation: Consultation,
    version: Version,
    rows: list[dict[str, str]],
    people: Mapping[str, User],
    officer: User,
) -> None:
    """Dispositions of the first remark of each person who is named, approved before the report."""
    keys = {clause.label: clause.key for clause in version.outline()}
    at = (consultation.reported_at or clock.now()) - timedelta(hours=20)
    remarks = Remark.objects.filter(consultation=consultation, disposition=None).order_by("pk")
    for row in rows:
        remark = remarks.filter(comment__author=people[row["by"]]).first()
        if remark is None:
            continue
        Disposition.objects.create(
            remark=remark,
            kind=row["kind"],
            reason=row.get("reason", ""),
            resulting_key=keys[row["to"]] if "to" in row else None,
            by=officer,
            decided_at=at,
            approved_by=officer,
            approved_at=at,
            changed_at=at,
        )
