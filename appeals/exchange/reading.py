"""Read the document system's numbers from a table, and find the appeals and answers they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from appeals.models import Appeal, OutgoingLetter, SystemRegistration
from appeals.querysets import read_number
from core.export import spreadsheets
from core.export.csv import NotATable

#: Lines of one table.
MOST_LINES = 2000
LONGEST_NUMBER = 60
_HEADS = {
    **{name: name for name in ("appeal", "answer", "number", "day")},
    "звернення": "appeal",
    "відповідь": "answer",
    "номер": "number",
    "дата": "day",
}
_NEEDED = {
    "appeal": gettext_lazy("appeal"),
    "number": gettext_lazy("number"),
    "day": gettext_lazy("day"),
}
_LABEL = re.compile(r"(\d{1,9})/вих-(\d{4})", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: labels of ours, the system's number and day."""

    line: int
    appeal: str
    answer: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Change:
    """The change that a line makes: of which appeal or answer, from what stands there.

    ``former``: "" where nothing stood there. ``answer_id`` None: of the appeal itself.
    """

    line: Line
    appeal_id: int
    answer_id: int | None
    former: str = ""

    @property
    def words(self) -> str:
        return show(self.line.number, self.line.day)

    @property
    def is_new(self) -> bool:
        return not self.former

    @property
    def is_same(self) -> bool:
        return self.former == self.words


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that cannot be taken, and why."""

    line: int
    words: str


def show(number: str, day: date) -> str:
    """A number of the system with its day: «125/03, 27.11.2026»."""
    return f"{number}, {day:%d.%m.%Y}"


def read(content: bytes, *, today: date) -> tuple[list[Line], list[WrongLine]]:
    """The lines of a table (.xlsx, .ods, .csv), and what is wrong with others. Raises NotATable."""
    needed = {name: str(title) for name, title in _NEEDED.items()}
    lines, wrong = list[Line](), list[WrongLine]()
    seen: set[tuple[str, str]] = set()
    for number, cells in spreadsheets.rows_of(content, _HEADS, needed=needed, most=MOST_LINES):
        words = _judge(cells, today, seen)
        if words:
            wrong.append(WrongLine(number, words))
            continue
        appeal, answer = cells["appeal"].strip(), cells.get("answer", "").strip()
        seen.add((appeal, answer))
        day = _day(cells["day"])
        if day is not None:
            lines.append(Line(number, appeal, answer, cells["number"].strip(), day))
    if not lines and not wrong:
        raise NotATable(_("The table has no rows."))
    return lines, wrong


def _judge(cells: Mapping[str, str], today: date, seen: set[tuple[str, str]]) -> str:
    """The fault of a line in words; "" of none."""
    appeal, answer = cells.get("appeal", "").strip(), cells.get("answer", "").strip()
    label = read_number(appeal)
    day = _day(cells.get("day", ""))
    if label is None or label[1] is None:
        return _("“%(words)s” is no number of an appeal: write 12-27.11.2026.") % {"words": appeal}
    if answer and not _LABEL.fullmatch(answer):
        return _("“%(words)s” is no index of an answer: write 125/вих-2026.") % {"words": answer}
    if not 0 < len(cells.get("number", "").strip()) <= LONGEST_NUMBER:
        return _("The number must have 1 to %(most)d characters.") % {"most": LONGEST_NUMBER}
    if day is None:
        return _("“%(words)s” is no day: write 27.11.2026.") % {"words": cells.get("day", "")}
    if day > today:
        return _("The day %(day)s has not come yet.") % {"day": f"{day:%d.%m.%Y}"}
    if (appeal, answer) in seen:
        return _("The same appeal or answer stands in an earlier line.")
    return ""


def _day(words: str) -> date | None:
    """A day as spreadsheets (2026-11-27) or people (27.11.2026) write it."""
    words = words.strip()
    try:
        if found := _DAY.fullmatch(words):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def find_changes(by: User, lines: Iterable[Line]) -> tuple[list[Change], list[WrongLine]]:
    """The changes that the lines make among the appeals that ``by`` may read. Three queries."""
    listed = list(lines)
    labels = {line.appeal: read_number(line.appeal) for line in listed}
    days = {label[1] for label in labels.values() if label and label[1]}
    appeals: dict[tuple[int | None, date | None], int] = {
        (number, day): pk
        for pk, number, day in Appeal.objects.worked_on_by(by)
        .filter(registered_on__in=days, number__in={label[0] for label in labels.values() if label})
        .values_list("pk", "number", "registered_on")
    }
    answers = _answers(listed, appeals.values())
    stored = {
        (each.appeal_id, each.answer_id): show(each.number, each.day)
        for each in SystemRegistration.objects.filter(appeal__in=appeals.values())
    }
    changes, wrong = list[Change](), list[WrongLine]()
    for line in listed:
        label = labels[line.appeal]
        appeal_id = appeals.get(label) if label else None
        answer_id = answers.get((appeal_id, line.answer.lower())) if line.answer else None
        if appeal_id is None or (line.answer and answer_id is None):
            words = _("You work on no such appeal, or it has no such answer.")
            wrong.append(WrongLine(line.line, words))
        else:
            former = stored.get((appeal_id, answer_id), "")
            changes.append(Change(line, appeal_id, answer_id, former))
    return changes, wrong


def _answers(
    lines: Iterable[Line], appeal_ids: Iterable[int]
) -> dict[tuple[int | None, str], int | None]:
    """Answers by their appeal and index."""
    asked = Q()
    for line in lines:
        if found := _LABEL.fullmatch(line.answer):
            asked |= Q(number=int(found[1]), year=int(found[2]))
    if not asked:
        return {}
    letters = OutgoingLetter.objects.filter(
        asked, appeal__in=list(appeal_ids), answer__isnull=False
    )
    return {(each.appeal_id, each.label.lower()): each.answer_id for each in letters}
