"""Minutes as a document (core.export.document): the same for their page and their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.domain.typography import group_thousands
from core.export.document import Block, Column, Document, Heading, List, Mark, Paragraph, Run, Table
from meetings.minutes.parts import PART
from meetings.models import MinutesEdition


def document_of(edition: MinutesEdition, said: Mapping[int, str]) -> Document:
    """The whole of an edition; ``said``: what stands in each place (parts.shown_words)."""
    return Document(
        title=edition.title,
        blocks=[
            *title_block(edition),
            *blocks_of(edition.content, said),
            *verification_block(edition),
        ],
        made_at=localtime(edition.at),
    )


def title_block(edition: MinutesEdition) -> list[Block]:
    """Blocks under the title: the edition, its reason, and the removed parts."""
    if not edition.is_published:
        at = date_format(localtime(edition.at), "j E Y, H:i")
        return [
            Paragraph([Run(_("Draft: not published, as of %(at)s.") % {"at": at}, Mark.STRONG)])
        ]
    if edition.number == 1 and not edition.names_removed_at:
        return []
    facts = {"number": edition.number, "day": date_format(localtime(edition.at), "j E Y")}
    lines = [_("Edition %(number)d, published on %(day)s.") % facts]
    if edition.reason:
        lines.append(_("Why it was published again: %(reason)s") % {"reason": edition.reason})
    if edition.names_removed_at:
        day = date_format(localtime(edition.names_removed_at), "j E Y")
        lines.append(
            _(
                "On %(day)s names of people who erased their accounts were removed from this "
                "edition (%(number)s); its checksum stays valid."
            )
            % {"day": day, "number": group_thousands(edition.removed_names)}
        )
    return [Paragraph(line) for line in lines]


def verification_block(edition: MinutesEdition) -> list[Block]:
    """Blocks at the end: the means of verification, once it is published."""
    if not edition.is_published:
        return []
    return [Paragraph(_("SHA-256 of the manifest: %(digest)s") % {"digest": edition.sha256})]


def blocks_of(content: Sequence[dict[str, Any]], said: Mapping[int, str]) -> list[Block]:
    """Blocks of content (content.py) as blocks of the document."""
    return [_block(block, said) for block in content]


def _block(block: dict[str, Any], said: Mapping[int, str]) -> Block:
    if "heading" in block:
        return Heading(block["heading"], block["level"])
    if "list" in block:
        items = [_words(item, said) for item in block["list"]]
        return List(items, is_ordered=block.get("ordered", False))
    if "table" in block:
        columns = [Column(title, width) for title, width in block["columns"]]
        return Table(block["table"], columns, block["rows"])
    return Paragraph(_words(block["paragraph"], said))


def _words(words: Any, said: Mapping[int, str]) -> str | list[Run]:
    if isinstance(words, str):
        return words
    return [_run(piece, said) for piece in words]


def _run(piece: Any, said: Mapping[int, str]) -> Run:
    if isinstance(piece, dict):
        return Run(said[piece[PART]])
    if isinstance(piece, list):
        return Run(piece[1], Mark.STRONG)
    return Run(piece)
