"""Compose what an edition says beside its rows: blocks of a document, as JSON.

In the state's language whatever the officer's page speaks (law 2704-VIII art. 13). A block is a
dict with one of the keys ``heading``, ``paragraph``, ``list``, ``table``, ``part``; a part stands
where the names of participants (``names``) or the disposition table (``dispositions``) come, which
are made from the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Consultation, Disposition, Remark, Report
from consultations.reports import changes, mtest
from consultations.reports.rows import Row
from core.domain.council import council
from core.domain.typography import group_thousands
from discussions.models import UNDECLARED
from drafts.versions.published import Text

type Block = dict[str, Any]
#: How a disposition is called in the table; "" of what was hidden or is not decided.
KINDS = dict(Disposition.Kind.choices)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sources of a report. ``first`` and ``last`` are the versions that were announced and that is
    in force now; None where there is no text.
    """

    consultation: Consultation
    report: Report
    rows: Sequence[Row]
    first: Text | None
    last: Text | None


def compose(gathered: Gathered) -> list[Block]:
    """The blocks of the report in the active language."""
    blocks: list[Block] = []
    for title, section in _SECTIONS:
        body = list(section(gathered))
        if body:
            blocks += [_heading(str(title())), *body]
    return blocks


def _outcome(gathered: Gathered) -> Iterator[Block]:
    yield from _paragraphs(gathered.report.outcome)


def _body(gathered: Gathered) -> Iterator[Block]:
    consultation = gathered.consultation
    yield _paragraph(f"{council().council}. {consultation.department.name}.")
    yield _paragraph(
        _("Responsible person: %(name)s, %(details)s.")
        % {"name": consultation.contact_person, "details": consultation.contact_details}
    )


def _subject(gathered: Gathered) -> Iterator[Block]:
    consultation = gathered.consultation
    yield from _paragraphs(
        gathered.report.subject.strip() or f"{consultation.title}\n\n{consultation.summary}"
    )
    procedure = consultation.procedure
    yield _paragraph(
        _("Procedure: %(name)s (%(basis)s).")
        % {"name": procedure.name, "basis": procedure.legal_basis}
    )


def _participants(gathered: Gathered) -> Iterator[Block]:
    rows = [row for row in gathered.rows if not row.facts["hidden"]]
    names = {row.name for row in rows if row.name}
    if not names:
        if not gathered.rows:
            yield _paragraph(_("Nobody sent a proposal."))
        return
    organisations = {row.name for row in rows if row.facts["by_organisation"]}
    facts = {
        "all": group_thousands(len(names)),
        "organisations": group_thousands(len(organisations)),
        "people": group_thousands(len(names - organisations)),
    }
    yield _paragraph(
        _("Names: %(all)s; of people %(people)s, of organisations %(organisations)s.") % facts
    )
    yield {"part": "names"}


def _events(gathered: Gathered) -> Iterator[Block]:
    consultation = gathered.consultation
    if consultation.opens_on and consultation.last_day:
        yield _paragraph(
            _("Electronic consultation on the council’s site: from %(first)s to %(last)s.")
            % {"first": _day(consultation.opens_on), "last": _day(consultation.last_day)}
        )
    for change in consultation.date_changes.all():
        yield _paragraph(
            _("On %(day)s the last day was moved from %(old)s to %(new)s: %(reason)s")
            % {
                "day": _day(change.at),
                "old": _day(change.old_last_day),
                "new": _day(change.new_last_day),
                "reason": change.reason,
            }
        )
    yield from _paragraphs(gathered.report.events)


def _summary(gathered: Gathered) -> Iterator[Block]:
    yield from _paragraphs(gathered.report.summary)


def _dispositions(gathered: Gathered) -> Iterator[Block]:
    if gathered.rows:
        yield {"part": "dispositions"}
    else:
        yield _paragraph(_("No proposals were received."))


def _changes(gathered: Gathered) -> Iterator[Block]:
    yield from _paragraphs(gathered.report.changes)
    if gathered.first is None or gathered.last is None:
        return
    found = changes.list_changes(gathered.first, gathered.last, gathered.rows)
    if not found:
        yield _paragraph(_("The text has not changed since it was announced."))
        return
    yield _table(
        _("Changes from version %(first)d to version %(last)d")
        % {"first": gathered.first.number, "last": gathered.last.number},
        [
            (_("Clause"), 1),
            (_("Former wording"), 4),
            (_("New wording"), 4),
            (_("Because of"), 2),
        ],
        [[row.label, row.before, row.after, row.because] for row in found],
    )
    path = gathered.consultation.get_absolute_url()
    yield _paragraph(
        _("The draft as revised after the consultation (version %(number)d): %(address)s")
        % {
            "number": gathered.last.number,
            "address": f"{settings.SITE_URL}{path}?version={gathered.last.number}",
        }
    )


def _statistics(gathered: Gathered) -> Iterator[Block]:
    rows = gathered.rows
    total = len(rows)
    yield _paragraph(
        ngettext("%(number)s proposal was received.", "%(number)s proposals were received.", total)
        % {"number": group_thousands(total)}
    )
    if not total:
        return
    counted = [
        (_("Dispositions"), Counter(row.facts["disposition"] for row in rows), KINDS),
        (_("How they came"), Counter(row.facts["source"] for row in rows), _labels(Remark.Source)),
        (_("Kinds"), Counter(row.facts["kind"] for row in rows), _labels(Remark.Kind)),
    ]
    lines = [
        [title, capfirst(str(labels[value])), group_thousands(counts[value])]
        for title, counts, labels in counted
        for value in labels
        if counts[value]
    ]
    beside = [
        (_("From organisations"), [row.facts["by_organisation"] for row in rows]),
        (
            _("Hidden by a moderator"),
            [row.facts["hidden"] not in ("", UNDECLARED) for row in rows],
        ),
        (
            _("Not considered: without a name or a contact"),
            [row.facts["hidden"] == UNDECLARED for row in rows],
        ),
        (
            _("Answered with another one of nearly the same words"),
            [row.facts["folded_into"] is not None for row in rows],
        ),
    ]
    lines += [
        [_("Of them"), label, group_thousands(sum(marks))] for label, marks in beside if any(marks)
    ]
    yield _table(
        _("Proposals in numbers"), [(_("What"), 2), (_("Which"), 4), (_("How many"), 1)], lines
    )


def _costs(gathered: Gathered) -> Iterator[Block]:
    if not gathered.consultation.procedure.is_about_business:
        return
    lines = mtest.published_lines(gathered.consultation, gathered.report, gathered.last)
    if not lines:
        yield _paragraph(
            _("Too few businesses said what the draft would cost them for figures to be published.")
        )
        return
    yield _paragraph(
        _(
            "Ranges of what businesses said the draft would cost them, and in brackets the range "
            "of the middle answer; no line has fewer than %(number)d businesses."
        )
        % {"number": mtest.ENOUGH}
    )
    columns = [(_("Clause"), 2), (_("Size of business"), 3)]
    columns += [(_("In the city"), 2), (_("Answered"), 2)]
    columns += [(title, 3) for title in mtest.titles()]
    yield _table(_("Costs by size of business"), [*columns, (_("Note"), 3)], lines)


#: The sections of a report in their order: what law 3841-IX art. 19 and law 1160-IV name.
_SECTIONS: tuple[tuple[Callable[[], str], Callable[[Gathered], Iterator[Block]]], ...] = (
    (lambda: _("What was decided"), _outcome),
    (lambda: _("The body that held the consultation"), _body),
    (lambda: _("Subject of the consultation"), _subject),
    (lambda: _("Who took part"), _participants),
    (lambda: _("Events"), _events),
    (lambda: _("Summary of the proposals"), _summary),
    (lambda: _("Disposition of the proposals"), _dispositions),
    (lambda: _("What changed in the text"), _changes),
    (lambda: _("Statistics"), _statistics),
    (lambda: _("Costs by size of business"), _costs),
)


def _labels(choices: Any) -> dict[str, Any]:
    return dict(choices.choices)


def _day(day: date) -> str:
    return date_format(day, "j E Y")


def _heading(text: str, level: int = 1) -> Block:
    return {"heading": text, "level": level}


def _paragraph(text: str) -> Block:
    return {"paragraph": text}


def _paragraphs(text: str) -> Iterator[Block]:
    """A text that officers wrote: an empty line parts paragraphs."""
    for part in text.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield _paragraph(part.strip())


def _table(caption: str, columns: Sequence[tuple[str, int]], rows: Sequence[list[str]]) -> Block:
    return {"table": caption, "columns": [list(each) for each in columns], "rows": list(rows)}
