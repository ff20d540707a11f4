"""The yearly report on public consultations: its four contents, by 31 March (3841-IX art. 20).

1. the questions and drafts on which consultations were held, and their number;
2. the forms of the consultations;
3. how many took part in each form;
4. the influence of what they proposed, in numbers and in words.

Each procedure is counted by itself: drafts of regulatory acts and discussions under other laws are
not public consultations in the sense of the law (art. 2(2)(4)).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from django.conf import settings
from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.dispositions.conditions import answer, is_answered, is_public
from consultations.models import Consultation, Disposition, Remark
from core.domain import clock
from core.domain.calendar import last_date
from core.domain.typography import group_thousands
from core.export.document import Block, Column, Document, Heading, Paragraph, Table, to_plain
from insights.indicators.models import YearReport
from insights.indicators.periods import Period, PeriodKind
from meetings.models import Kind as KindOfMeeting
from meetings.models import Meeting, Registration
from votes.models import Result

_PUBLIC_MEETINGS = (KindOfMeeting.HEARING, KindOfMeeting.ROUND_TABLE)


@dataclass(frozen=True, slots=True)
class FormOfTakingPart:
    """A form of consultations under a procedure in a year: how many there were, and how many took
    part. ``procedure``: "" of a form that is held under none."""

    name: str
    procedure: str
    held: int
    participants: int


def compose(report: YearReport) -> list[Block]:
    """The blocks of the report as the rows say now, in the language of the council. Eight queries,
    however many consultations there were. Of a year that goes on, what has ended by now."""
    with translation.override(settings.LANGUAGE_CODE):
        held = held_in(report.year)
        return [
            *_subjects(held),
            *_forms(report.year, held),
            *_influence(held, report.influence),
        ]


def document_of(report: YearReport, blocks: Iterable[Block]) -> Document:
    """The report as a file."""
    with translation.override(settings.LANGUAGE_CODE):
        return Document(
            title=title_of(report),
            blocks=[*_edition(report), *blocks],
            language=settings.LANGUAGE_CODE,
            made_at=localtime(report.published_at) if report.published_at else None,
        )


def title_of(report: YearReport) -> str:
    """Its title in the active language."""
    return _("Report on public consultations in %(year)s") % {"year": report.year}


def _edition(report: YearReport) -> list[Block]:
    if report.published_at is None:
        return []
    words = _("Edition %(number)d, published on %(day)s.")
    return [Paragraph(words % {"number": report.edition, "day": _day(report.published_at)})]


def held_in(year: int) -> list[Consultation]:
    """The consultations whose period ended in the year, by procedure; withdrawn ones left out."""
    begins, ends = Period.of(PeriodKind.YEAR, _first_day(year)).moments
    return list(
        Consultation.objects.published()
        .filter(closes_at__gte=begins, closes_at__lt=min(ends, clock.now()), withdrawn_at=None)
        .select_related("procedure")
        .annotate(
            said=Count("remarks", filter=_is_shown()),
            people=Count("remarks__comment__author", filter=_is_shown(), distinct=True),
        )
        .order_by("procedure", "closes_at", "pk")
    )


def _is_shown(prefix: str = "remarks__comment__") -> Q:
    return Q(**{f"{prefix}hidden_at": None, f"{prefix}deleted_at": None})


def _first_day(year: int) -> Any:
    return YearReport.last_day_for(year - 1).replace(month=1, day=1)


def _subjects(held: list[Any]) -> list[Block]:
    rows = [
        [
            str(number),
            each.title,
            _("draft decision") if each.draft_id else _("question"),
            each.procedure.name,
            _day(last_date(each.closes_at)),
            group_thousands(each.said),
            group_thousands(each.people),
        ]
        for number, each in enumerate(held, start=1)
    ]
    columns = [
        Column(pgettext("number of a row", "No."), 1),
        Column(_("Subject"), 7),
        Column(_("What it was"), 3),
        Column(_("Procedure"), 4),
        Column(_("Last day"), 3),
        Column(_("Remarks"), 2.5),
        Column(_("People"), 2),
    ]
    blocks: list[Block] = [
        Heading(_("Questions and drafts")),
        Paragraph(
            _(
                "Each procedure is counted by itself. Drafts of regulatory acts (law 1160-IV) and "
                "discussions of draft decisions (law 2939-VI art. 15) are not public consultations "
                "in the sense of law 3841-IX (art. 2(2)(4))."
            )
        ),
    ]
    if rows:
        blocks += [_procedures(held), Table(_("Consultations of the year"), columns, rows)]
    return blocks


def _procedures(held: list[Any]) -> Table:
    """Number of consultations under each procedure."""
    rows = []
    for procedure, those in _by_procedure(held):
        drafts = sum(1 for each in those if each.draft_id)
        counts = (len(those), drafts, len(those) - drafts)
        rows.append([procedure.name, procedure.legal_basis, *map(group_thousands, counts)])
    columns = [
        Column(_("Procedure"), 5),
        Column(_("Legal basis"), 4),
        Column(_("Consultations"), 3),
        Column(_("On drafts"), 2.5),
        Column(_("On questions"), 2.5),
    ]
    return Table(_("Consultations by procedure"), columns, rows)


def _by_procedure(held: Iterable[Any]) -> list[tuple[Any, list[Any]]]:
    """Consultations under each procedure; they come in that order."""
    groups = groupby(held, key=lambda each: each.procedure)
    return [(procedure, list(those)) for procedure, those in groups]


def forms_of(year: int, held: list[Any]) -> list[FormOfTakingPart]:
    """The forms of 3841-IX art. 9 as they are held here, each by procedure. Four queries."""
    begins, ends = Period.of(PeriodKind.YEAR, _first_day(year)).moments
    remarks = Remark.objects.filter(_is_shown("comment__"), consultation__in=held)
    on_paper = Q(comment__author=None)
    counted = (
        remarks.order_by()
        .values("consultation__procedure")
        .annotate(
            here=Count("comment__author", distinct=True),
            on_paper=Count("pk", filter=on_paper),
            held_on_paper=Count("consultation", filter=on_paper, distinct=True),
        )
    )
    said = {each["consultation__procedure"]: each for each in counted}
    polls = Result.objects.filter(poll__in=[each.poll_id for each in held if each.poll_id])
    ballots = {poll: counts["ballots"] for poll, counts in polls.values_list("poll", "counted")}
    forms: list[FormOfTakingPart] = []
    for procedure, those in _by_procedure(held):
        of = said.get(procedure.pk, {"here": 0, "on_paper": 0, "held_on_paper": 0})
        asked = [each.poll_id for each in those if each.poll_id]
        answers = sum(ballots.get(poll, 0) for poll in asked)
        forms += [
            FormOfTakingPart(name, procedure.name, *numbers)
            for name, numbers in (
                (_("electronic consultations"), (len(those), of["here"])),
                (_("letters and other proposals on paper"), (of["held_on_paper"], of["on_paper"])),
                (_("targeted consultations: polls"), (len(asked), answers)),
            )
            if numbers[0]
        ]
    meetings = Meeting.objects.filter(
        kind__in=_PUBLIC_MEETINGS, closed_at__gte=begins, closed_at__lt=ends
    )
    came = Registration.objects.filter(meeting__in=meetings, withdrawn_at=None)
    gathered = _("public discussions: hearings and round tables")
    people = came.values("user").distinct().count()
    return [*forms, FormOfTakingPart(gathered, "", meetings.count(), people)]


def _forms(year: int, held: list[Any]) -> list[Block]:
    forms = forms_of(year, held)
    rows = [
        [
            each.procedure or "–",
            each.name,
            group_thousands(each.held),
            group_thousands(each.participants),
        ]
        for each in forms
    ]
    columns = [
        Column(_("Procedure"), 5),
        Column(_("Form"), 5),
        Column(_("Held"), 2.5),
        Column(_("Participants"), 3),
    ]
    return [
        Heading(_("Forms of the consultations, and participants in each")),
        Table(_("Forms and participants"), columns, rows),
        Paragraph(
            _(
                "Held: consultations in which the form was used. Participants are people with an "
                "account, each counted once in a form of a procedure; on paper, proposals; in "
                "polls, ballots; in meetings, those who registered."
            )
        ),
    ]


#: What became of a remark: a disposition, none yet, or that it was not considered (it is hidden).
_UNDECIDED, _NOT_CONSIDERED = "undecided", "not_considered"
_OUTCOMES = (*(kind.value for kind in Disposition.Kind), _UNDECIDED, _NOT_CONSIDERED)


def outcomes_of(held: list[Any]) -> dict[int, dict[str, int]]:
    """Outcomes of all proposals under each procedure, and ``received``: one query.

    What its author took back was not received; a folded remark is answered as its head.
    """
    is_decided = is_answered(is_public) & ~Q(outcome="")
    counts = {
        kind.value: Count("pk", filter=is_decided & Q(outcome=kind.value))
        for kind in Disposition.Kind
    }
    remarks = Remark.objects.filter(consultation__in=held, comment__deleted_at=None)
    counted = (
        remarks.annotate(outcome=Coalesce(answer("kind"), Value("")))
        .order_by()
        .values("consultation__procedure")
        .annotate(
            in_all=Count("pk"),
            not_considered=Count("pk", filter=Q(comment__hidden_at__isnull=False)),
            **counts,
        )
    )
    found: dict[int, dict[str, int]] = {}
    rows: Iterable[dict[str, Any]] = cast("Any", counted)
    for row in rows:
        known = sum(row[name] for name in _OUTCOMES if name != _UNDECIDED)
        outcomes = {**row, "received": row["in_all"], _UNDECIDED: row["in_all"] - known}
        found[row["consultation__procedure"]] = outcomes
    return found


def _influence(held: list[Any], words: str) -> list[Block]:
    found = outcomes_of(held)
    rows = []
    for procedure, _those in _by_procedure(held):
        if outcomes := found.get(procedure.pk):
            received = outcomes["received"]
            shares = [_with_share(outcomes[name], received) for name in _OUTCOMES]
            rows.append([procedure.name, group_thousands(received), *shares])
    titles = [
        *(str(kind.label) for kind in Disposition.Kind),
        _("not decided yet"),
        _("not considered"),
    ]
    columns = [Column(_("Procedure"), 4), Column(_("Received"), 2.5)]
    columns += [Column(capfirst(title), 2.5) for title in titles]
    blocks: list[Block] = [Heading(_("Influence of what was proposed"))]
    if rows:
        blocks += [
            Table(_("What became of remarks"), columns, rows),
            Paragraph(
                _(
                    "Shares are of all that was received. Not considered: hidden by a moderator by "
                    "a public rule. What its author took back was not received."
                )
            ),
        ]
    return [*blocks, *(Paragraph(each) for each in words.split("\n\n") if each.strip())]


def _with_share(number: int, of: int) -> str:
    """«27 (12 %)»."""
    return f"{group_thousands(number)} ({round(100 * number / of)}\xa0%)"


def _day(day: Any) -> str:
    """«31 березня 2026»."""
    return date_format(localtime(day) if isinstance(day, datetime) else day, "j\xa0E Y")


# --- As it is stored ------------------------------------------------------------------------------


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks of a report as its published content keeps them."""
    stored: list[dict[str, Any]] = []
    for block in blocks:
        match block:
            case Heading(text, level):
                stored.append({"heading": text, "level": level})
            case Paragraph(words):
                stored.append({"paragraph": to_plain(words)})
            case Table(caption, columns, rows):
                titles = [[column.title, column.width] for column in columns]
                cells = [[to_plain(cell) for cell in row] for row in rows]
                stored.append({"table": caption, "columns": titles, "rows": cells})
            case _:
                raise TypeError(type(block))
    return stored


def from_json(stored: Iterable[dict[str, Any]]) -> list[Block]:
    """The blocks of a published content."""
    return [_block(each) for each in stored]


def _block(stored: dict[str, Any]) -> Block:
    if "heading" in stored:
        return Heading(stored["heading"], stored["level"])
    if "table" in stored:
        columns = [Column(title, width) for title, width in stored["columns"]]
        return Table(stored["table"], columns, stored["rows"])
    return Paragraph(stored["paragraph"])
