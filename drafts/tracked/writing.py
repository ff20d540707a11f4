"""Write a version of a draft with the changes since another one tracked, as Word does.

    tracked_docx(title, old, new, authors={key: "зауваження № 12"}, officer="Олена К.", at=now)

Accepting all changes gives the new version's text exactly, rejecting all the old one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from lxml import etree

from core.export.document import Document
from core.export.docx import begin_document, document_bytes
from drafts.importing import markup
from drafts.importing.blocks import Span
from drafts.models import Clause
from drafts.tracked.alignment import Pair, align
from drafts.tracked.revisions import Revisions
from drafts.tracked.tables import rows_of, write_table
from drafts.versions import difference
from drafts.versions.difference import Op

_Kind = Clause.Kind
#: Word's headings, by which its navigation pane and the importer know titles over clauses.
_STYLES = {_Kind.SECTION: "Heading1", _Kind.CHAPTER: "Heading2", _Kind.HEADING: "Heading2"}
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


def tracked_docx(
    title: str,
    old: Iterable[Clause],
    new: Iterable[Clause],
    *,
    authors: Mapping[UUID, str],
    officer: str,
    at: datetime,
) -> bytes:
    """The new version as a Word file with tracked changes since the old one, both in order.

    ``authors`` names by a clause's key whose change it is; the others are the officer's.
    """
    made = begin_document(Document(title, made_at=at), with_title=False)
    body = etree.Element(made.element.body.tag, nsmap=made.element.body.nsmap)
    revisions = Revisions(at)
    for pair in align(old, new):
        _write(body, revisions, pair, authors.get(pair.key) or officer)
    section = made.element.body.sectPr
    for element in list(body):
        section.addprevious(element)
    return document_bytes(made)


def _write(body: etree._Element, revisions: Revisions, pair: Pair, author: str) -> None:
    old, new = pair
    tables = [clause.kind == _Kind.TABLE for clause in pair if clause]
    if old and new and tables[0] != tables[1]:
        _write(body, revisions, Pair(old, None), author)
        _write(body, revisions, Pair(None, new), author)
    elif tables[0]:
        before, after = (rows_of(each.html, each.text) if each else None for each in pair)
        write_table(body, revisions, before, after, author)
    else:
        _write_clause(body, revisions, pair, author)


def _write_clause(body: etree._Element, revisions: Revisions, pair: Pair, author: str) -> None:
    """A clause: one paragraph, but each line of an annex's opening and title is one."""
    old, new = pair
    clause = new or old
    if clause is None:
        return
    if old is None or new is None:
        whole = Op.INSERT if old is None else Op.DELETE
        for text, spans in _paragraphs(clause):
            p = revisions.paragraph(body, style=_style(clause), mark=whole, author=author)
            for piece, tags in _pieces(text, spans, 0, len(text)):
                revisions.run(p, whole, piece, tags, author=author)
        return
    was, now = _paragraphs(old), _paragraphs(new)
    for at in range(max(len(was), len(now))):
        if at >= len(was) or at >= len(now):
            whole = Op.INSERT if at >= len(was) else Op.DELETE
            text, spans = now[at] if at >= len(was) else was[at]
            p = revisions.paragraph(body, style=_style(new), mark=whole, author=author)
            for piece, tags in _pieces(text, spans, 0, len(text)):
                revisions.run(p, whole, piece, tags, author=author)
            continue
        p = revisions.paragraph(body, style=_style(new))
        _write_words(p, revisions, was[at], now[at], author)


type _Text = tuple[str, list[Span]]


def _write_words(
    p: etree._Element, revisions: Revisions, was: _Text, now: _Text, author: str
) -> None:
    before = after = 0
    for op, words in difference.words(was[0], now[0]):
        if op == Op.DELETE:
            pieces = _pieces(*was, before, before + len(words))
        else:
            pieces = _pieces(*now, after, after + len(words))
        for piece, tags in pieces:
            revisions.run(p, op, piece, tags, author=author)
        before += len(words) if op != Op.INSERT else 0
        after += len(words) if op != Op.DELETE else 0


def _paragraphs(clause: Clause) -> list[_Text]:
    """The clause as printed, as the paragraphs that a council's Word file would have."""
    start = len(clause.marker) + 1 if clause.marker and clause.text else 0
    spans = [
        Span(span.start + start, span.end + start, span.tag)
        for span in markup.spans_of(clause.html)
    ]
    printed = f"{clause.marker} {clause.text}" if start else clause.marker or clause.text
    if "\n" not in printed or not (clause.kind == _Kind.ANNEX or clause.role == Clause.Role.TITLE):
        return [(printed, spans)]
    return [(line, []) for line in printed.split("\n") if line]


def _pieces(
    text: str, spans: list[Span], start: int, end: int
) -> Iterator[tuple[str, frozenset[str]]]:
    """``text[start:end]`` in pieces of equal marks."""
    edges = {start, end}
    edges.update(edge for span in spans for edge in span[:2] if start < edge < end)
    for left, right in pairwise(sorted(edges)):
        piece = text[left:right]
        tags = {span.tag for span in spans if span.start <= left and right <= span.end}
        if _RAISED.intersection(piece):
            tags.discard("sup")  # they are raised by themselves
        yield piece, frozenset(tags)


def _style(clause: Clause) -> str:
    return _STYLES.get(_Kind(clause.kind), "")
