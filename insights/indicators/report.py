"""The yearly report on public consultations: its four contents, by 31 March (3841-IX art. 20).

1. the questions and drafts on which consultations were held, and their number;
2. the forms of the consultations;
3. how many took part in each form;
4. the influence of what they proposed, in numbers and in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.models import Consultation, Disposition, Remark
from core.domain.calendar import last_date
from core.domain.numbers import grouped
from core.export.document import Block, Column, Document, Heading, Paragraph, Table, to_plain
from insights.indicators.models import YearReport
from insights.indicators.periods import Period, PeriodKind
from meetings.models import Kind as KindOfMeeting
from meetings.models import Meeting, Registration
from votes.models import Result

_PUBLIC_MEETINGS = (KindOfMeeting.HEARING, KindOfMeeting.ROUND_TABLE)
_TAKEN = (Disposition.Kind.ACCEPTED, Disposition.Kind.PARTLY)


@dataclass(frozen=True, slots=True)
class FormOfTakingPart:
    """A form of consultations in a year: how many there were, and how many took part."""

    name: str
    held: int
    participants: int


def compose(report: YearReport) -> list[Block]:
    """The blocks of the report as the rows say now, in the language of the council. Six queries,
    however many consultations there were."""
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
    """The consultations whose period ended in the year, withdrawn ones left out."""
    begins, ends = Period.of(PeriodKind.YEAR, _first_day(year)).moments
    return list(
        Consultation.objects.published()
        .filter(closes_at__gte=begins, closes_at__lt=ends, withdrawn_at=None)
        .select_related("procedure")
        .annotate(
            said=Count("remarks", filter=_shown()),
            people=Count("remarks__comment__author", filter=_shown(), distinct=True),
        )
        .order_by("closes_at", "pk")
    )


def _shown(prefix: str = "remarks__comment__") -> Q:
    return Q(**{f"{prefix}hidden_at": None, f"{prefix}deleted_at": None})


def _first_day(year: int) -> Any:
    return YearReport.last_day_for(year - 1).replace(month=1, day=1)


def _subjects(held: list[Any]) -> list[Block]:
    drafts = sum(1 for each in held if each.draft_id)
    rows = [
        [
            str(number),
            each.title,
            _("draft decision") if each.draft_id else _("question"),
            each.procedure.name,
            _day(last_date(each.closes_at)),
            grouped(each.said),
            grouped(each.people),
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
            _("Consultations in all: %(all)s; on drafts: %(drafts)s; on questions: %(questions)s.")
            % {
                "all": grouped(len(held)),
                "drafts": grouped(drafts),
                "questions": grouped(len(held) - drafts),
            }
        ),
    ]
    if rows:
        blocks.append(Table(_("Consultations of the year"), columns, rows))
    return blocks


def forms_of(year: int, held: list[Any]) -> list[FormOfTakingPart]:
    """The forms of 3841-IX art. 9 as they are held here. Four queries."""
    begins, ends = Period.of(PeriodKind.YEAR, _first_day(year)).moments
    remarks = Remark.objects.filter(_shown("comment__"), consultation__in=held)
    people = remarks.aggregate(
        here=Count("comment__author", filter=~Q(comment__author=None), distinct=True),
        on_paper=Count("pk", filter=Q(comment__author=None)),
    )
    polls = Result.objects.filter(poll__in=[each.poll_id for each in held if each.poll_id])
    ballots = sum(counted["ballots"] for counted in polls.values_list("counted", flat=True))
    meetings = Meeting.objects.filter(
        kind__in=_PUBLIC_MEETINGS, closed_at__gte=begins, closed_at__lt=ends
    )
    came = Registration.objects.filter(meeting__in=meetings, withdrawn_at=None)
    return [
        FormOfTakingPart(_("electronic consultations"), len(held), people["here"]),
        FormOfTakingPart(
            _("letters and other proposals on paper"),
            len(held) if people["on_paper"] else 0,
            people["on_paper"],
        ),
        FormOfTakingPart(
            _("targeted consultations: polls"),
            sum(1 for each in held if each.poll_id),
            ballots,
        ),
        FormOfTakingPart(
            _("public discussions: hearings and round tables"),
            meetings.count(),
            came.values("user").distinct().count(),
        ),
    ]


def _forms(year: int, held: list[Any]) -> list[Block]:
    forms = forms_of(year, held)
    rows = [[each.name, grouped(each.held), grouped(each.participants)] for each in forms]
    columns = [Column(_("Form"), 6), Column(_("Held"), 2), Column(_("Participants"), 3)]
    return [
        Heading(_("Forms of the consultations, and participants in each")),
        Table(_("Forms and participants"), columns, rows),
        Paragraph(
            _(
                "Participants are people with an account, each counted once in a form; on paper, "
                "proposals; in polls, ballots; in meetings, those who registered."
            )
        ),
    ]


def _influence(held: list[Any], words: str) -> list[Block]:
    found = dict(
        Disposition.objects.filter(
            _shown("remark__comment__"), remark__consultation__in=held, approved_at__isnull=False
        )
        .exclude(kind="")
        .order_by()
        .values_list("kind")
        .annotate(Count("pk"))
    )
    rows = [[str(kind.label), grouped(found.get(kind.value, 0))] for kind in Disposition.Kind]
    decided = sum(found.get(kind, 0) for kind in (*_TAKEN, Disposition.Kind.REJECTED))
    taken = sum(found.get(kind, 0) for kind in _TAKEN)
    blocks: list[Block] = [
        Heading(_("Influence of what was proposed")),
        Table(
            _("What became of remarks"),
            [Column(_("Disposition"), 4), Column(_("Remarks"), 2)],
            rows,
        ),
    ]
    if decided:
        share = _("Taken into account, wholly or in part: %(taken)s of %(decided)s (%(share)s %%).")
        facts = {"taken": grouped(taken), "decided": grouped(decided)}
        blocks.append(Paragraph(share % {**facts, "share": round(100 * taken / decided)}))
    return [*blocks, *(Paragraph(each) for each in words.split("\n\n") if each.strip())]


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
