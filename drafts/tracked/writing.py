"""Write a version of a draft with the changes since another one tracked, as Word does.

    tracked_docx(title, old, new, authors={key: "зауваження № 12"}, officer="Олена К.", at=now)

Accepting all changes gives the new version's text exactly, rejecting all the old one's. A clause
is one paragraph, its lines Word's line breaks; a bookmark keeps its place in the tree, so that the
file comes back as it went (`drafts/importing/places.py`).
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
from drafts.importing.numbering import W
from drafts.importing.places import Place, checksum
from drafts.models import Clause
from drafts.tracked.alignment import Pair, align
from drafts.tracked.revisions import Revisions, child
from drafts.tracked.tables import rows_of, write_table
from drafts.versions import difference
from drafts.versions.difference import Op

_Kind = Clause.Kind
#: Word's headings, by which its navigation pane and the importer know titles over clauses.
_STYLES = {_Kind.SECTION: "Heading1", _Kind.CHAPTER: "Heading2", _Kind.HEADING: "Heading2"}
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


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
        if len(body) and body[-1].tag == f"{W}tbl":
            child(body, "p")  # two tables without a paragraph between them are one for Word
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
        if new and (p := next(body[-1].iter(f"{W}p"), None)) is not None:
            _keep_place(p, revisions, new)
    else:
        _write_clause(body, revisions, pair, author)


def _write_clause(body: etree._Element, revisions: Revisions, pair: Pair, author: str) -> None:
    old, new = pair
    clause = new or old
    if clause is None:
        return
    if old and new:
        p = revisions.paragraph(body, style=_style(new))
        _write_words(p, revisions, _printed_text(old), _printed_text(new), author)
    else:
        whole = Op.INSERT if old is None else Op.DELETE
        p = revisions.paragraph(body, style=_style(clause), mark=whole, author=author)
        text, spans = _printed_text(clause)
        for piece, tags in _pieces(text, spans, 0, len(text)):
            revisions.run(p, whole, piece, tags, author=author)
    if new:
        _keep_place(p, revisions, new)


def _keep_place(p: etree._Element, revisions: Revisions, clause: Clause) -> None:
    """Keep in a bookmark what the clause is: a table's in its first paragraph."""
    printed = _printed_text(clause)[0]
    length = len(clause.marker)
    latin = clause.number.isascii() and clause.number.isalpha()
    place = Place(clause.kind, clause.role, clause.depth, length, checksum(printed), latin=latin)
    revisions.bookmark(p, place.name(clause.position))


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


def _printed_text(clause: Clause) -> _Text:
    """The clause as printed, its number included, with the marks of its words."""
    start = len(clause.marker) + 1 if clause.marker and clause.text else 0
    spans = [
        Span(span.start + start, span.end + start, span.tag)
        for span in ([] if clause.kind == _Kind.TABLE else markup.spans_of(clause.html))
    ]
    return (f"{clause.marker} {clause.text}" if start else clause.marker or clause.text), spans


def _pieces(
    text: str, spans: list[Span], start: int, end: int
) -> Iterator[tuple[str, frozenset[str]]]:
    """``text[start:end]`` in pieces of equal marks."""
    edges = {start, end}
    edges.update(edge for span in spans for edge in span[:2] if start < edge < end)
    for left, right in pairwise(sorted(edges)):
        piece = text[left:right]
        tags = {span.tag for span in spans if span.start <= left and right <= span.end}
        if "sup" in tags:
            piece = piece.translate(_PLAIN)  # raised by the mark, not by themselves as well
        yield piece, frozenset(tags)


def _style(clause: Clause) -> str:
    if clause.role == Clause.Role.TITLE:
        return "Title"
    return _STYLES.get(_Kind(clause.kind), "")
