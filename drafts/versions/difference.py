"""Differences of two versions, clause by clause, and of two texts, word by word.

The time is bounded: texts too long or too repetitive to be compared by words are compared by
sentences, and past that shown as replaced.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from drafts.models import Clause

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCE = re.compile(r"[^.;:!?\n]*[.;:!?\n]+\s*|[^.;:!?\n]+")
# Pairs of equal tokens that one comparison may look at: 5,000 letters of an official text have
# 30,000 at most, and the worst that people can make up takes 0.3 s.
_MOST_WORK = 60_000
_MOST_TOKENS = 6_000


class Op(StrEnum):
    """Change of a piece of text."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Segment(NamedTuple):
    """A piece of text with what happened to it."""

    op: Op
    text: str


class Status(StrEnum):
    """Change of a clause."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"  # with the same words, among other neighbours or under another parent
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the comparison: the clause before and after, either of which may be missing."""

    status: Status
    old: Clause | None
    new: Clause | None

    @property
    def renumbered(self) -> bool:
        """Whether it goes on under another printed number."""
        return bool(self.old and self.new and self.old.marker != self.new.marker)

    def segments(self) -> list[Segment]:
        """Return the difference of the two texts by words."""
        return words(self.old.text if self.old else "", self.new.text if self.new else "")

    def html(self) -> SafeString:
        """Return the difference as HTML with `<ins>` and `<del>`."""
        return as_html(self.segments())


def clauses(old: Iterable[Clause], new: Iterable[Clause]) -> list[Change]:
    """Compare two versions given by their clauses in document order.

    The lines stand in the order of the new version; what was removed stands after what it
    followed in the old one.
    """
    old, new = list(old), list(new)
    before = {clause.key: (at, clause) for at, clause in enumerate(old)}
    kept = {clause.key for clause in new} & before.keys()
    parents: dict[int | None, UUID | None] = {clause.pk: clause.key for clause in (*old, *new)}
    parents[None] = None
    steady = in_order([before[c.key][0] for c in new if c.key in kept])
    removed_after: dict[object, list[Clause]] = {}
    anchor: object = None
    for clause in old:
        if clause.key in kept:
            anchor = clause.key
        else:
            removed_after.setdefault(anchor, []).append(clause)
    changes = [Change(Status.REMOVED, c, None) for c in removed_after.get(None, ())]
    for clause in new:
        if clause.key not in kept:
            changes.append(Change(Status.ADDED, None, clause))
            continue
        at, was = before[clause.key]
        moved = at not in steady or parents[was.parent_id] != parents[clause.parent_id]
        if was.text != clause.text:
            status = Status.CHANGED
        else:
            status = Status.MOVED if moved else Status.UNCHANGED
        changes.append(Change(status, was, clause))
        changes.extend(
            Change(Status.REMOVED, gone, None) for gone in removed_after.get(clause.key, ())
        )
    return changes


def words(old: str, new: str) -> list[Segment]:
    """Compare two texts word by word.

    The equal and deleted segments, joined, are `old`; the equal and inserted ones are `new`.
    """
    return _tidy(_compare(_TOKEN.findall(old), _TOKEN.findall(new), by_words=True))


def around_changes(segments: Sequence[Segment], letters: int, longest: int) -> list[Segment]:
    """Shorten a difference to what changed, with at most so many ``letters`` of what stayed on
    either side and at most ``longest`` of a change; «…» stands for what is left out."""
    shown = []
    for at, (op, text) in enumerate(segments):
        if op is not Op.EQUAL:
            shown.append(Segment(op, _begin(text, longest)))
            continue
        before = _begin(text, letters) if at else ""
        after = _end(text, letters) if at + 1 < len(segments) else ""
        is_whole = len(text) <= letters * (2 if before and after else 1)
        shown.append(Segment(op, text if is_whole else f"{before}{after}".replace("……", "…")))
    return shown


def _begin(text: str, letters: int) -> str:
    if len(text) <= letters:
        return text
    return (text[:letters].rpartition(" ")[0] or text[:letters]).rstrip() + "…"


def _end(text: str, letters: int) -> str:
    if len(text) <= letters:
        return text
    return "…" + (text[-letters:].partition(" ")[2] or text[-letters:]).lstrip()


def as_html(segments: Iterable[Segment]) -> SafeString:
    """Return segments as HTML: `<del>` and `<ins>`, everything escaped, a `<br>` for a line."""
    tags = {Op.DELETE: "del", Op.INSERT: "ins"}
    parts = []
    for op, text in segments:
        piece = escape(text, quote=False).replace("\n", "<br>\n")
        parts.append(f"<{tags[op]}>{piece}</{tags[op]}>" if op in tags else piece)
    return mark_safe("".join(parts))


def in_order(places: Sequence[int]) -> set[int]:
    """The longest run of old places that kept their order: what is not in it has moved."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for at, place in enumerate(places):
        length = bisect_left(tails, place)
        previous.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place)
            ends.append(at)
        else:
            tails[length], ends[length] = place, at
    steady = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        steady.add(places[at])
        at = previous[at]
    return steady


def _compare(old: list[str], new: list[str], *, by_words: bool) -> list[Segment]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    return [
        Segment(Op.EQUAL, "".join(old[:start])),
        *_middle(middle_old, middle_new, by_words=by_words),
        Segment(Op.EQUAL, "".join(old[len(old) - end :])),
    ]


def _middle(old: list[str], new: list[str], *, by_words: bool) -> list[Segment]:
    if not old or not new:
        return [Segment(Op.DELETE, "".join(old)), Segment(Op.INSERT, "".join(new))]
    if _is_affordable(old, new):
        return _match(old, new, by_words=by_words)
    if not by_words:
        return [Segment(Op.DELETE, "".join(old)), Segment(Op.INSERT, "".join(new))]
    sentences = _SENTENCE.findall("".join(old)), _SENTENCE.findall("".join(new))
    return _compare(*sentences, by_words=False)


def _match(old: list[str], new: list[str], *, by_words: bool) -> list[Segment]:
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    segments = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            segments.append(Segment(Op.EQUAL, "".join(old[i1:i2])))
            continue
        was, now = "".join(old[i1:i2]), "".join(new[j1:j2])
        if not by_words and was and now:
            one, other = _TOKEN.findall(was), _TOKEN.findall(now)
            if _is_affordable(one, other):
                segments.extend(_match(one, other, by_words=True))
                continue
        segments += [Segment(Op.DELETE, was), Segment(Op.INSERT, now)]
    return segments


def _is_affordable(old: list[str], new: list[str]) -> bool:
    if max(len(old), len(new)) > _MOST_TOKENS:
        return False
    counts = Counter(token for token in new if not token.isspace())
    return sum(counts[token] for token in old) <= _MOST_WORK


def _tidy(segments: Iterable[Segment]) -> list[Segment]:
    """Put each change into one deletion and one insertion; a space between two is not a rest."""
    tidied: list[Segment] = []
    deleted, inserted, space = "", "", ""

    def close() -> None:
        nonlocal deleted, inserted, space
        tidied.extend(
            Segment(op, text) for op, text in ((Op.DELETE, deleted), (Op.INSERT, inserted)) if text
        )
        if space:
            tidied.append(Segment(Op.EQUAL, space))
        deleted = inserted = space = ""

    for op, text in segments:
        if not text:
            continue
        if op is Op.EQUAL:
            if (deleted or inserted) and text.isspace() and "\n" not in text and not space:
                space = text
                continue
            close()
            if tidied and tidied[-1].op is Op.EQUAL:
                tidied[-1] = Segment(Op.EQUAL, tidied[-1].text + text)
            else:
                tidied.append(Segment(Op.EQUAL, text))
        else:
            if space:
                deleted, inserted, space = deleted + space, inserted + space, ""
            if op is Op.DELETE:
                deleted += text
            else:
                inserted += text
    close()
    return tidied
