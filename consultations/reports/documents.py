"""An edition as a document (core.export.document): the same for its page and its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from consultations.models import Disposition, Edition, Procedure
from consultations.reports.queries import ShownRow
from core.domain.typography import group_thousands
from core.export.document import (
    Block,
    Column,
    Document,
    Heading,
    List,
    Mark,
    Paragraph,
    Run,
    Table,
)
from discussions.models import UNDECLARED

#: Rows of one table in a file.
MOST_ROWS = 250
#: How dispositions are called.
_KINDS = dict(Disposition.Kind.choices)
_NOT_PUBLISHED = gettext_lazy(
    "Preview: not published. The report would say this if it were published on %(at)s."
)


def document_of(
    edition: Edition, rows: Callable[[], Iterable[ShownRow]], names: list[str]
) -> Document:
    """The whole report. ``rows`` reads the rows of its table anew each time it is called.

    Once it is published, its files' properties name its manifest, which the verifier of evidence
    compares.
    """
    return Document(
        title=title_of(edition),
        blocks=_blocks(edition, rows, names),
        is_landscape=True,
        keywords=[f"sha256:{edition.sha256}"] if edition.is_published else [],
        made_at=localtime(edition.at),
    )


def title_of(edition: Edition) -> str:
    """Files of a preview say it in their title, too: they leave the desk."""
    if not edition.is_published:
        return _("Preview of the report on the consultation “%(title)s”") % {
            "title": edition.consultation.title
        }
    name = name_of_report(edition.consultation.procedure)
    return f"{name} «{edition.consultation.title}»"


def name_of_report(procedure: Procedure) -> str:
    """The report's name: by the law on public consultations as that calls it (art. 19)."""
    if procedure.is_public_consultation:
        return _("Report on the results of holding public consultations")
    return _("Report on the consultation")


def title_block(edition: Edition) -> list[Block]:
    """Blocks under the title: the edition, its reason, and the removed parts."""
    if not edition.is_published:
        return [Paragraph([Run(_NOT_PUBLISHED % {"at": _moment(edition.at)}, Mark.STRONG)])]
    facts = {"number": edition.number, "day": _day(edition.at)}
    lines = [_("Edition %(number)d, published on %(day)s.") % facts]
    if edition.reason:
        lines.append(_("Why it was published again: %(reason)s") % {"reason": edition.reason})
    if edition.names_removed_at:
        lines.append(
            _(
                "On %(day)s names of people who erased their accounts were removed from this "
                "edition (%(number)s); its checksum stays valid."
            )
            % {
                "day": _day(edition.names_removed_at),
                "number": group_thousands(edition.removed_names),
            }
        )
    return [Paragraph(line) for line in lines]


def verification_block(edition: Edition) -> list[Block]:
    """Blocks at the end: the means of verification, once it is published."""
    if not edition.is_published:
        return []
    return [Paragraph(_("SHA-256 of the manifest: %(digest)s") % {"digest": edition.sha256})]


def block_of(block: dict[str, Any]) -> Block:
    """A block of the edition's content, but a part."""
    if "heading" in block:
        return Heading(block["heading"], block["level"])
    if "list" in block:
        return List(block["list"])
    if "table" in block:
        columns = [Column(title, width) for title, width in block["columns"]]
        return Table(block["table"], columns, block["rows"])
    return Paragraph(block["paragraph"])


def columns() -> list[Column]:
    """The columns of the disposition table."""
    return [
        Column(_("No."), 1),
        Column(_("Who"), 2.5),
        Column(_("Clause"), 2),
        Column(_("Proposal"), 7),
        Column(_("Disposition"), 2.5),
        Column(_("Reasoning"), 5),
        Column(_("Resulting clause"), 2),
    ]


def cells_of(shown: ShownRow) -> list[str]:
    """A row of the disposition table, in the order of ``columns``."""
    row, facts = shown.row, shown.facts
    return [
        str(row.number or "–"),
        name_of(shown),
        clause_of(shown),
        words_of(shown),
        capfirst(str(_KINDS.get(facts["disposition"], ""))),
        _("The reason is being checked.") if shown.is_unchecked else facts["reason"],
        facts["resulting"],
    ]


def name_of(shown: ShownRow) -> str:
    """Whose proposal it is; of what is hidden nobody is told it, as on the pages."""
    if shown.hidden:
        return "–"
    return shown.row.name or _("(name removed)")


def clause_of(shown: ShownRow) -> str:
    facts = shown.facts
    return facts["clause"] or _("the whole draft")


def words_of(shown: ShownRow) -> str:
    """Its words, or why they are not shown."""
    if shown.hidden:
        return " ".join(_hidden_words(shown))
    folded = shown.facts["folded_into"]
    if folded:
        return _("Nearly the same words as № %(number)d.") % {"number": folded}
    return shown.words


def _hidden_words(shown: ShownRow) -> Iterator[str]:
    """Text in place of hidden words: the ground, whether it is considered, its contest."""
    if shown.hidden == UNDECLARED:
        yield _("Not considered: %(reason)s.") % {"reason": shown.hidden_label}
        return
    yield _("Hidden by a moderator: %(reason)s.") % {"reason": shown.hidden_label}
    if shown.article:
        yield _("Not considered: %(article)s.") % {"article": shown.article}
    if shown.contest == "pending":
        yield _("The hiding is contested; the contest is not decided yet.")
    elif shown.contest:
        day = date_format(date.fromisoformat(shown.contest), "j E Y")
        yield _("The hiding may be contested until %(day)s.") % {"day": day}


def _blocks(
    edition: Edition, rows: Callable[[], Iterable[ShownRow]], names: list[str]
) -> Iterator[Block]:
    yield from title_block(edition)
    for block in edition.content:
        if block.get("part") == "names":
            yield Paragraph("; ".join(names) + "." if names else "–")
        elif block.get("part") == "dispositions":
            yield from _tables(edition, rows())
        else:
            yield block_of(block)
    yield from signature_of(edition)
    yield from verification_block(edition)


def signature_of(edition: Edition) -> list[Block]:
    """The place in a file where whoever answers for the report approves and signs it; of none that
    is held under other laws."""
    if not edition.is_published or not edition.consultation.procedure.is_public_consultation:
        return []
    return [
        Heading(pgettext("above the place for a signature", "Approved")),
        Paragraph(_("Post: ____________________ Signature: ____________________")),
        Paragraph(_("Name: ____________________ Date: ____________________")),
    ]


def _tables(edition: Edition, rows: Iterable[ShownRow]) -> Iterator[Block]:
    """The disposition table, in tables of so many rows that LibreOffice lays out in seconds: it
    takes many minutes for one of thousands."""
    caption, total = _("Disposition table"), edition.rows_total
    for place, some in enumerate(batched(rows, MOST_ROWS)):
        first = place * MOST_ROWS + 1
        named = f"{caption}: {first}–{first + len(some) - 1}" if total > MOST_ROWS else caption
        yield Table(named, columns(), [cells_of(row) for row in some])


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j E Y")


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "j E Y, H:i")
