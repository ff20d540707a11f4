"""Repair of a preview's clauses; `by` is None when the command line acts.

Each of these is one `Revision`, which `undo` takes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from drafts import rules
from drafts.clauses import outline
from drafts.events import (
    ChangeUndone,
    ClauseRenumbered,
    ClauseReworded,
    ClausesJoined,
    ClausesMoved,
    ClauseSplit,
    ClausesRemoved,
    ClausesRetyped,
)
from drafts.importing import markup
from drafts.importing.blocks import Block, Span, cut, tidy
from drafts.importing.markers import Form, recognise
from drafts.models import Clause, Revision

if TYPE_CHECKING:
    from accounts.models import User

_KINDS_OF_FORM = {
    Form.ANNEX: Clause.Kind.ANNEX,
    Form.APPROVED: Clause.Kind.ANNEX,
    Form.SECTION: Clause.Kind.SECTION,
    Form.CHAPTER: Clause.Kind.CHAPTER,
    Form.ARTICLE: Clause.Kind.ARTICLE,
    Form.CLAUSE: Clause.Kind.CLAUSE,
    Form.CAPITAL: Clause.Kind.CLAUSE,
    Form.DOTTED: Clause.Kind.CLAUSE,
    Form.PAREN: Clause.Kind.SUBCLAUSE,
    Form.LETTER: Clause.Kind.SUBCLAUSE,
    Form.ROMAN: Clause.Kind.SUBCLAUSE,
}


def split(clause: Clause, at: int, *, by: User | None = None) -> Clause:
    """Divide a clause before the character `at` of its text; returns the second half.

    A half with a number of the same form becomes the next clause and takes what stood under the
    first; any other half goes under a numbered clause, as its paragraph or sub-clause.
    """
    with action():
        version = locked(clause.version)
        clauses = list(version.outline())
        first = outline.among(clauses, clause)
        require(rules.split(by, version, first, at=at))
        before, label = outline.state_of(clauses), first.label
        block = Block(first.text, spans=markup.spans_of(first.html))
        rest = block.text[at:].lstrip()
        half = cut(block, len(block.text) - len(rest))
        marker = recognise(half.text.split("\n")[0])
        second = Clause(
            version=version, kind=Clause.Kind.PARAGRAPH, role=outline.role_beside(first)
        )
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
        outline.write(first, cut(block, 0, len(block.text[:at].rstrip())))
        outline.write(second, half)
        clauses.insert(first.position + 1, second)
        # The new row stands past the end until all the others have moved.
        second.position = len(clauses)
        second.save(force_insert=True)
        outline.save(clauses)
        outline.record(version, Revision.Kind.SPLIT, before, clauses, label=label, by=by)
        created(second)
        emit(ClauseSplit(version.pk, first.pk, second.pk, _id(by)))
        return second


def join(first: Clause, second: Clause, *, by: User | None = None) -> Clause:
    """Put the text of `second`, its number included, at the end of `first`, right before it.

    What stood under `second` goes under `first`. Returns the joined clause.
    """
    return join_all([first, second], by=by)


def join_all(chosen: Sequence[Clause], *, by: User | None = None) -> Clause:
    """Join clauses that stand one right after the other into the first one, and return it."""
    with action():
        version = locked(chosen[0].version)
        clauses = list(version.outline())
        kept, *rest = [
            outline.among(clauses, clause) if clause.version_id == version.pk else clause
            for clause in chosen
        ]
        require(rules.join_all(by, version, [kept, *rest]))
        before, label = outline.state_of(clauses), kept.label
        for gone in rest:
            _put_at_end(clauses, kept, gone)
        Clause.objects.filter(parent__in=rest).update(parent=kept)
        Clause.objects.filter(pk__in=[gone.pk for gone in rest]).delete()
        outline.save(clauses)
        outline.record(version, Revision.Kind.JOIN, before, clauses, label=label, by=by)
        emit(ClausesJoined(version.pk, kept.pk, _id(by)))
        return kept


def _put_at_end(clauses: list[Clause], kept: Clause, gone: Clause) -> None:
    head = f"{gone.marker} " if gone.marker else ""
    start = kept.text + ("\n" if head else " ") + head
    if not kept.text:
        start = head
    shift = len(start)
    spans = [
        *markup.spans_of(kept.html),
        *(Span(s.start + shift, s.end + shift, s.tag) for s in markup.spans_of(gone.html)),
    ]
    outline.write(kept, Block(start + gone.text, spans=spans))
    at = clauses.index(gone)
    by_levels = kept.depth - gone.depth
    for under in outline.subtree(clauses, at):
        under.depth += by_levels
    clauses.remove(gone)


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
        changed = outline.among(clauses, clause)
        deepest = clauses[changed.position - 1].depth + 1 if changed.position else 0
        depth = changed.depth if depth is None else depth
        marker = changed.marker if marker is None else " ".join(marker.split())
        require(rules.renumber(by, version, depth=depth, deepest=deepest, marker=marker))
        before, label = outline.state_of(clauses), changed.label
        known = recognise(f"{marker} А") if marker else None
        changed.marker = marker
        changed.number = (known.number if known else marker.strip(' .)("«„“”'))[:40]
        changed.kind = Clause.Kind(kind) if kind else changed.kind
        by_levels = depth - changed.depth
        for under in outline.subtree(clauses, changed.position):
            under.depth = max(0, under.depth + by_levels)
        outline.save(clauses)
        outline.record(version, Revision.Kind.RENUMBER, before, clauses, label=label, by=by)
        emit(ClauseRenumbered(version.pk, changed.pk, _id(by)))
        return changed


def move_all(chosen: Sequence[Clause], by_levels: int, *, by: User | None = None) -> None:
    """Move clauses, with what is under them, so many levels deeper (fewer than 0: higher)."""
    with action():
        version = locked(chosen[0].version)
        clauses = list(version.outline())
        tops = _tops([outline.among(clauses, clause) for clause in chosen])
        before, label = outline.state_of(clauses), _together(tops)
        for top in tops:
            depth = top.depth + by_levels
            deepest = clauses[top.position - 1].depth + 1 if top.position else 0
            require(rules.renumber(by, version, depth=depth, deepest=deepest, marker=""))
            for under in outline.subtree(clauses, top.position):
                under.depth += by_levels
        outline.save(clauses)
        outline.record(version, Revision.Kind.MOVE, before, clauses, label=label, by=by)
        emit(ClausesMoved(version.pk, len(tops), by_levels, _id(by)))


def retype_all(chosen: Sequence[Clause], kind: str, *, by: User | None = None) -> None:
    """Say what several clauses are: sections, sub-clauses, paragraphs…

    A number at the start of the words becomes the clause's own where it is one of that kind:
    «Додаток 1» of a paragraph that becomes an annex.
    """
    with action():
        version = locked(chosen[0].version)
        clauses = list(version.outline())
        found = [outline.among(clauses, clause) for clause in chosen]
        require(rules.retype_all(by, version, found, kind=kind))
        before, label = outline.state_of(clauses), _together(found)
        for clause in found:
            clause.kind = Clause.Kind(kind)
            _take_number(clause)
        outline.save(clauses)
        outline.record(version, Revision.Kind.RETYPE, before, clauses, label=label, by=by)
        emit(ClausesRetyped(version.pk, len(found), _id(by)))


def _take_number(clause: Clause) -> None:
    # «Додаток 1 до рішення.» is a sentence to the import; the officer has said what it is.
    marker = None if clause.marker else recognise(clause.text.rstrip(" .;:,"))
    if marker and _KINDS_OF_FORM.get(marker.form) == clause.kind:
        block = cut(Block(clause.text, spans=markup.spans_of(clause.html)), marker.length)
        clause.number, clause.marker = marker.number[:40], marker.printed[:80]
        outline.write(clause, block)


def remove_all(chosen: Sequence[Clause], *, by: User | None = None) -> None:
    """Remove clauses from a preview: lines that are no part of the act, such as a page's menu.

    Only the chosen ones go: what stands under one of them moves up into its place. Their words
    stay with the version, with the name of the person who removed them. Refuses by
    rules.remove_all. Emits ClausesRemoved.
    """
    with action():
        version = locked(chosen[0].version)
        clauses = list(version.outline())
        gone = [outline.among(clauses, clause) for clause in chosen]
        require(rules.remove_all(by, version, gone, all_clauses=len(clauses)))
        gone.sort(key=lambda clause: clause.position)
        before, label = outline.state_of(clauses), _together(gone)
        stay = _without(clauses, gone)
        Clause.objects.filter(parent__in=gone).update(parent=None)
        Clause.objects.filter(pk__in=[clause.pk for clause in gone]).delete()
        outline.save(stay)
        kind, words = Revision.Kind.REMOVE, "\n".join(clause.printed for clause in gone)
        outline.record(version, kind, before, stay, label=label, by=by, old=words)
        emit(ClausesRemoved(version.pk, len(gone), _id(by)))


def _without(clauses: list[Clause], gone: Sequence[Clause]) -> list[Clause]:
    """The clauses that stay, each higher by the clauses over it that go."""
    pks = {clause.pk for clause in gone}
    stay: list[Clause] = []
    over: list[int] = []  # the depths of those that go, over the clause
    for clause in clauses:
        depth = clause.depth
        while over and over[-1] >= depth:
            over.pop()
        if clause.pk in pks:
            over.append(depth)
        else:
            clause.depth -= len(over)
            stay.append(clause)
    return stay


def reword(clause: Clause, text: str, *, by: User | None = None) -> Clause:
    """Correct the words of a clause.

    The old and the new words stay with the version, with who changed them: the text is no longer
    the file's.
    """
    with action():
        version = locked(clause.version)
        clauses = list(version.outline())
        changed = outline.among(clauses, clause)
        old, new = changed.text, tidy(text)
        require(rules.reword(by, version, changed, text=new))
        if new == old:
            return changed
        before, label = outline.state_of(clauses), changed.label
        spans = _moved_marks(markup.spans_of(changed.html), old, new)
        outline.write(changed, Block(new, spans=spans))
        outline.save(clauses)
        kind = Revision.Kind.REWORD
        outline.record(version, kind, before, clauses, label=label, by=by, old=old, new=new)
        emit(ClauseReworded(version.pk, changed.pk, _id(by)))
        return changed


def undo(revision: Revision, *, by: User | None = None) -> None:
    """Take the last change of a preview back; the one before it can be taken back then."""
    with action():
        version = locked(revision.version)
        last = version.revisions.latest_first().first()
        require(rules.undo(by, version, is_last=last is not None and last.pk == revision.pk))
        outline.restore(version, revision)
        created(version)
        emit(ChangeUndone(version.pk, revision.pk, _id(by)))
        revision.delete()


def _tops(chosen: Sequence[Clause]) -> list[Clause]:
    """Those of the chosen, in document order, that are not under another one of them."""
    pks = {clause.pk for clause in chosen}
    tops: list[Clause] = []
    for clause in sorted(chosen, key=lambda clause: clause.position):
        within = tops and tops[-1].depth < clause.depth and _is_under(clause, pks)
        if not within:
            tops.append(clause)
    return tops


def _is_under(clause: Clause, pks: set[int]) -> bool:
    above = clause.parent
    while above is not None:
        if above.pk in pks:
            return True
        above = above.parent
    return False


def _together(clauses: Sequence[Clause]) -> str:
    """Name of the changed clauses in a revision."""
    first, last = clauses[0].label, clauses[-1].label
    return first if len(clauses) == 1 else f"{first[:95]} … {last[:95]}"


def _moved_marks(spans: Sequence[Span], old: str, new: str) -> list[Span]:
    """Keep bold and the like where the words stay: before and after what was changed."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)

    def place(at: int) -> int:
        if at <= start:
            return at
        return at + len(new) - len(old) if at >= len(old) - end else start

    moved = [Span(place(s.start), place(s.end), s.tag) for s in spans]
    return [span for span in moved if span.start < span.end]


def _id(by: User | None) -> int | None:
    return by.pk if by else None
