"""The journal of registration: rows for print and for a table (КМУ 348 п. 8, КМУ 858)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.http import StreamingHttpResponse

from appeals.models import Answer, Appeal
from core.domain import clock
from core.domain.calendar import last_date, local_date
from core.export.csv import as_csv

if TYPE_CHECKING:
    from accounts.models import User
    from appeals.querysets import AppealQuerySet

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A line of the journal. Names of columns are the same in every language.

    Of what the reader may not read the number and the day alone stand in it: a journal has no gaps.
    """

    number: int
    registered_on: date
    received_on: date | None = None
    kind: str = ""
    via: str = ""
    name: str = ""
    residence: str = ""
    people: int | None = None
    privileged: str = ""
    category: str = ""
    theme: str = ""
    subject: str = ""
    department: str = ""
    officer: str = ""
    due_on: date | None = None
    extended_on: date | None = None
    state: str = ""
    result: str = ""
    ending: str = ""
    closed_on: date | None = None
    is_late: str = ""

    @property
    def is_closed_to_reader(self) -> bool:
        return self.received_on is None


def in_period(
    appeals: AppealQuerySet[Appeal], since: date | None, until: date | None
) -> AppealQuerySet[Appeal]:
    """Those registered on the days from ``since`` to ``until``, in the order of registration."""
    if since:
        appeals = appeals.filter(registered_on__gte=since)
    if until:
        appeals = appeals.filter(registered_on__lte=until)
    return appeals.order_by("registered_on", "number", "pk")


def journal(
    reader: User, *, since: date | None = None, until: date | None = None
) -> Iterator[JournalRow]:
    """The lines of the days from ``since`` to ``until``, in the order of registration, as
    ``reader`` may read them; one query, with some hundreds of rows in memory."""
    result = Answer.objects.filter(appeal=OuterRef("pk"), sent_at__isnull=False).order_by("-pk")
    rows = (
        in_period(Appeal.objects.all(), since, until)
        .select_related("category", "theme", "department", "officer", "organisation")
        .annotate(
            result=Subquery(result.values("result")[:1]),
            is_readable=Exists(Appeal.objects.worked_on_by(reader).filter(pk=OuterRef("pk"))),
            was_late=Exists(Answer.objects.late().filter(appeal=OuterRef("pk"))),
        )
        .defer("text", "search")
    )
    now = clock.now()
    for appeal in rows.iterator(chunk_size=_AT_ONCE):
        if appeal.is_readable:
            is_late = appeal.was_late or appeal.is_late_at(now)
            yield _row(appeal, appeal.result or "", now, is_late=is_late)
        else:
            yield JournalRow(appeal.number or 0, appeal.registered_on)


def journal_csv(
    reader: User, *, since: date | None = None, until: date | None = None
) -> StreamingHttpResponse:
    """The journal as a table; no cell is a formula (core/export/csv.py)."""
    head = [column.name for column in fields(JournalRow)]
    lines = (astuple(row) for row in journal(reader, since=since, until=until))
    return as_csv(head, lines, "appeals.csv")


def _row(appeal: Appeal, result: str, now: datetime, *, is_late: bool) -> JournalRow:
    return JournalRow(
        number=appeal.number or 0,
        registered_on=appeal.registered_on,
        received_on=local_date(appeal.received_at),
        kind=appeal.get_kind_display(),
        via=appeal.get_via_display(),
        name=", ".join(filter(None, (appeal.named_organisation, appeal.name))),
        residence=appeal.residence,
        people=appeal.people,
        privileged=appeal.get_privileged_display() if appeal.privileged else "",
        category=str(appeal.category or ""),
        theme=str(appeal.theme or ""),
        subject=appeal.subject,
        department=str(appeal.department or ""),
        officer=appeal.officer.get_full_name() if appeal.officer else "",
        due_on=last_date(appeal.due_at),
        extended_on=local_date(appeal.extended_at) if appeal.extended_at else None,
        state=str(appeal.state_at(now).label),
        result=str(Answer.Result(result).label) if result else "",
        ending="; ".join(filter(None, (appeal.forwarded_to, appeal.ending_note))),
        closed_on=local_date(appeal.closed_at) if appeal.closed_at else None,
        is_late="!" if is_late else "",
    )
