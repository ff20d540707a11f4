"""Presenters of the audit log's entries for the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.models import User
from core.models import AuditEntry
from portal.audit.forms import OBJECTS

#: What the columns of a line say already.
_SAID = ("by_id", "user_id")

#: What the numbers of an entry are of, where more than what is searched for. A key without words
#: stands as it is stored.
NAMES = OBJECTS | {
    "absence_id": _("absence"),
    "absent_id": _("absent person"),
    "amendment_id": _("amendment"),
    "anchor_id": _("attestation of the log"),
    "answer_id": _("answer"),
    "bundle_id": _("bundle of evidence"),
    "clause_id": _("clause"),
    "contest_id": _("contest"),
    "cost_id": _("answer on costs"),
    "decision_id": _("decision"),
    "department_id": _("department"),
    "draft_id": _("text of the draft"),
    "edition_id": _("edition of the report"),
    "export_id": _("copy of one’s data"),
    "goal_id": _("goal of an indicator"),
    "ground_id": _("ground"),
    "head_id": _("remark that it repeats"),
    "job_id": _("job of the server"),
    "kind": _("kind"),
    "letter_id": _("letter"),
    "mandate_id": _("mandate"),
    "manifest": _("manifest"),
    "news_id": _("news"),
    "note_id": _("note"),
    "objection_id": _("objection"),
    "parent_id": _("in reply to"),
    "procedure_id": _("procedure"),
    "receipt": _("receipt"),
    "report_id": _("yearly report"),
    "standing_in_for_id": _("standing in for"),
    "step_id": _("step of execution"),
    "text_id": _("text"),
    "thread_id": _("conversation"),
    "words": _("text"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words: when, who, what, about whom and which numbers."""

    number: int
    at: datetime
    event: str
    title: Any
    #: Who did it; None: a job, the command line, or somebody whose account is no more.
    by: User | None
    by_number: int | None
    about: User | None
    #: What it was about, and its number or hash.
    ids: tuple[tuple[Any, Any], ...]


def show_lines(entries: Iterable[AuditEntry], people: Mapping[int, User]) -> list[Line]:
    """The entries as lines, with the people that they name."""
    return [_line(entry, people) for entry in entries]


def _line(entry: AuditEntry, people: Mapping[int, User]) -> Line:
    about = entry.ids.get("user_id")
    rest = [(key, value) for key, value in entry.ids.items() if key not in _SAID]
    return Line(
        number=entry.pk,
        at=entry.at,
        event=entry.event,
        title=words.event(entry.event),
        by=people.get(entry.actor) if entry.actor is not None else None,
        by_number=entry.actor,
        about=people.get(about) if isinstance(about, int) else None,
        ids=tuple(
            (NAMES.get(key, key), _shorten(value))
            for key, value in rest
            if value is not None and value != "" and not isinstance(value, bool)
        ),
    )


def _shorten(value: Any) -> Any:
    """A hash by its beginning, what was searched for by its name."""
    if not isinstance(value, str):
        return value
    return f"{value[:12]}…" if len(value) == 64 else OBJECTS.get(value, value)
