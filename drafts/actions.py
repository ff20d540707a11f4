"""Everything that can happen to a draft. `by` is None when the command line acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from core import clock
from core.actions import action, locked
from core.events import emit
from core.rules import require
from core.search import document
from drafts import importing, rules, tree
from drafts.events import (
    ClauseRenumbered,
    ClausesJoined,
    ClauseSplit,
    VersionImported,
    VersionPublished,
)
from drafts.importing import markup
from drafts.importing.blocks import Block, Span, cut
from drafts.importing.markers import Form, recognise
from drafts.importing.node import Node
from drafts.matching import match
from drafts.models import Clause, Draft, Version

if TYPE_CHECKING:
    from accounts.models import User

_ARRANGED = ["position", "parent", "depth", "label", "kind", "number", "marker", "text", "html"]
_KINDS_OF_FORM = {
    Form.SECTION: Clause.Kind.SECTION,
    Form.CHAPTER: Clause.Kind.CHAPTER,
    Form.ARTICLE: Clause.Kind.ARTICLE,
    Form.DOTTED: Clause.Kind.CLAUSE,
    Form.PAREN: Clause.Kind.SUBCLAUSE,
    Form.LETTER: Clause.Kind.SUBCLAUSE,
}


def import_draft(
    file: BinaryIO | bytes, *, name: str = "", title: str = "", by: User | None = None
) -> Version:
    """Begin a draft with the preview of its first version; the title is read from the text.

    Raises `ImportRefused` for a file that is not a text, and then keeps nothing.
    """
    require(rules.prepare(by))
    imported = importing.read(file, name)
    with action():
        draft = Draft.objects.create(title=title or suggest_title(imported.nodes), created_by=by)
        return _keep(draft, imported, name, by)


def import_version(
    draft: Draft, file: BinaryIO | bytes, *, name: str = "", by: User | None = None
) -> Version:
    """Make `file` the preview of the draft's next version, in place of a preview that it has.

    Clauses that the version before has keep their keys. Raises `ImportRefused` for a file that is
    not a text; the preview that was stays then.
    """
    require(rules.prepare(by))
    imported = importing.read(file, name)
    with action():
        draft = locked(draft)
        # Locked one by one: a preview that is being published at this moment is none any more.
        for preview in draft.versions.previews().select_for_update():
            preview.delete()
        return _keep(draft, imported, name, by)


def _keep(draft: Draft, imported: importing.Imported, name: str, by: User | None) -> Version:
    last = draft.versions.latest_first().first()
    version = Version.objects.create(
        draft=draft,
        number=last.number + 1 if last else 1,
        source_name=name.replace("\x00", "")[-255:],
        source_sha256=imported.sha256,
        source_format=imported.format,
    )
    before = list(last.outline()) if last else []
    tree.save_new(tree.clauses_of(version, imported.nodes, match(before, imported.nodes)))
    emit(VersionImported(draft.pk, version.pk, _id(by)))
    return version


def publish(version: Version, *, by: User | None = None) -> Version:
    """Make a preview what everybody reads; from now on it never changes."""
    with action():
        version = locked(version)
        require(rules.publish(by, version, clauses=version.clauses.count()))
        _tell_apart(version)
        _index(version)  # the last change: what is published never does
        version.published_at = clock.now()
        version.save(update_fields=["published_at"])
        emit(VersionPublished(version.draft_id, version.pk, _id(by)))
        return version


def _tell_apart(version: Version) -> None:
    """Label a preview anew that an earlier release imported with equal labels."""
    clauses = list(version.outline())
    if len({clause.label for clause in clauses} - {""}) < len(clauses):
        _save(clauses)


def _index(version: Version) -> None:
    """Let its clauses be found by their words, and by what a citizen calls them («п. 2.1»)."""
    clauses = list(version.clauses.only("label", "text"))
    for clause in clauses:
        clause.search = document(A=clause.label, B=clause.text)
    Clause.objects.bulk_update(clauses, ["search"], batch_size=500)


def split(clause: Clause, at: int, *, by: User | None = None) -> Clause:
    """Divide a clause before the character `at` of its text; returns the second half.

    A half with a number of the same form becomes the next clause and takes what stood under the
    first; any other half goes under a numbered clause, as its paragraph or sub-clause.
    """
    with action():
        version = locked(clause.version)
        clauses = list(version.outline())
        first = _among(clauses, clause)
        require(rules.split(by, version, first, at=at))
        block = Block(first.text, spans=markup.spans_of(first.html))
        rest = block.text[at:].lstrip()
        half = cut(block, len(block.text) - len(rest))
        marker = recognise(half.text.split("\n")[0])
        second = Clause(version=version, kind=Clause.Kind.PARAGRAPH, role=_role_beside(first))
        if marker:
            second.kind = _KINDS_OF_FORM.get(marker.form, Clause.Kind.PARAGRAPH)
            second.number, second.marker = marker.number, marker.printed
            half = cut(half, marker.length)
        own = recognise(f"{first.marker} {first.text}") if first.marker else None
        alike = marker.form is own.form if marker and own else marker is None and own is None
        if first.is_container and marker is None:
            alike = False
        second.depth = first.depth if alike else first.depth + 1
        if alike:
            second.kind = first.kind
        _write(first, cut(block, 0, len(block.text[:at].rstrip())))
        _write(second, half)
        clauses.insert(first.position + 1, second)
        # The new row stands past the end until all the others have moved.
        second.position = len(clauses)
        second.save(force_insert=True)
        _save(clauses)
        emit(ClauseSplit(version.pk, first.pk, second.pk, _id(by)))
        return second


def join(first: Clause, second: Clause, *, by: User | None = None) -> Clause:
    """Put the text of `second`, its number included, at the end of `first`, right before it.

    What stood under `second` goes under `first`. Returns the joined clause.
    """
    with action():
        version = locked(first.version)
        clauses = list(version.outline())
        kept = _among(clauses, first)
        gone = _among(clauses, second) if second.version_id == version.pk else second
        require(rules.join(by, version, kept, gone))
        head = f"{gone.marker} " if gone.marker else ""
        start = kept.text + ("\n" if head else " ") + head
        if not kept.text:
            start = head
        shift = len(start)
        spans = [
            *markup.spans_of(kept.html),
            *(Span(s.start + shift, s.end + shift, s.tag) for s in markup.spans_of(gone.html)),
        ]
        _write(kept, Block(start + gone.text, spans=spans))
        by_levels = kept.depth - gone.depth
        for under in _subtree(clauses, gone):
            under.depth += by_levels
        clauses.remove(gone)
        Clause.objects.filter(parent=gone).update(parent=kept)
        gone.delete()
        _save(clauses)
        emit(ClausesJoined(version.pk, kept.pk, _id(by)))
        return kept


def renumber(
    clause: Clause,
    *,
    marker: str | None = None,
    kind: str | None = None,
    depth: int | None = None,
    by: User | None = None,
) -> Clause:
    """Give a clause another printed number («2.3.», empty for none), kind or depth.

    What is under it moves with it; what follows it on its old level goes under it when it moves
    up. What is None stays.
    """
    with action():
        version = locked(clause.version)
        clauses = list(version.outline())
        changed = _among(clauses, clause)
        deepest = clauses[changed.position - 1].depth + 1 if changed.position else 0
        depth = changed.depth if depth is None else depth
        marker = changed.marker if marker is None else " ".join(marker.split())
        require(rules.renumber(by, version, depth=depth, deepest=deepest, marker=marker))
        known = recognise(f"{marker} А") if marker else None
        changed.marker = marker
        changed.number = (known.number if known else marker.strip(' .)("«„“”'))[:40]
        changed.kind = Clause.Kind(kind) if kind else changed.kind
        by_levels = depth - changed.depth
        for under in _subtree(clauses, changed):
            under.depth = max(0, under.depth + by_levels)
        _save(clauses)
        emit(ClauseRenumbered(version.pk, changed.pk, _id(by)))
        return changed


def suggest_title(nodes: list[Node]) -> str:
    """Return the title that a text gives itself: its first line «Про …», else its first line."""
    lines = [node.text.replace("\n", " ") for node in nodes[:40] if node.text]
    title = next((line for line in lines if line.startswith(("Про ", "ПРО "))), "")
    title = title or next(iter(lines), "")
    return title if len(title) <= 500 else title[:499] + "…"


def _among(clauses: list[Clause], clause: Clause) -> Clause:
    """The clause as it is now, under the version's lock."""
    for known in clauses:
        if known.pk == clause.pk:
            return known
    raise Clause.DoesNotExist


def _subtree(clauses: list[Clause], top: Clause) -> list[Clause]:
    """The clause and all under it."""
    end = top.position + 1
    while end < len(clauses) and clauses[end].depth > top.depth:
        end += 1
    return clauses[top.position : end]


def _role_beside(clause: Clause) -> str:
    return Clause.Role.ORDINARY if clause.role == Clause.Role.TITLE else clause.role


def _write(clause: Clause, block: Block) -> None:
    clause.text = block.text
    clause.html = markup.of_text(block.text, block.spans)


def _save(clauses: list[Clause]) -> None:
    """Arrange the whole version anew and write the rows that changed."""
    by_id = {clause.pk: clause for clause in clauses}
    were = {
        row["pk"]: row
        for row in Clause.objects.filter(pk__in=by_id).values(
            "pk", "parent_id", *(name for name in _ARRANGED if name != "parent")
        )
    }
    tree.arrange(clauses)
    for clause in clauses:
        clause.parent_id = clause.parent.pk if clause.parent else None
    changed = [
        clause
        for clause in clauses
        if any(getattr(clause, name) != value for name, value in were[clause.pk].items())
    ]
    Clause.objects.bulk_update(changed, _ARRANGED, batch_size=500)


def _id(by: User | None) -> int | None:
    return by.pk if by else None
