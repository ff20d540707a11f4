"""Who may do what with a draft. Pure: the facts are passed in, nothing is asked.

`user` is None when the command line acts: whoever has it has the database too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse
from drafts.models import Clause, Version, is_staff

if TYPE_CHECKING:
    from accounts.models import Anybody

    Person = Anybody | None

_LONGEST_MARKER = 80
_LONGEST_TEXT = 100_000
_FIXED = {Clause.Kind.TABLE, Clause.Kind.ANNEX}


def prepare(user: Person) -> Verdict:
    """Import a text, or work on one that is not published."""
    if user is None or is_staff(user):
        return ALLOWED
    return refuse("draft.not_staff", _("Drafts are prepared by officers of the council."))


def edit(user: Person, version: Version) -> Verdict:
    """Change the clauses of a version: its preview only."""
    verdict = prepare(user)
    if verdict and version.is_published:
        return refuse(
            "draft.published",
            _("This version is published and cannot change. Import the next version."),
        )
    return verdict


def publish(user: Person, version: Version, *, clauses: int) -> Verdict:
    """Publish a preview that has at least one of `clauses`."""
    verdict = prepare(user)
    if verdict and version.is_published:
        return refuse("draft.already_published", _("This version is already published."))
    if verdict and not clauses:
        return refuse("draft.no_clauses", _("There is nothing in this version to publish."))
    return verdict


def split(user: Person, version: Version, clause: Clause, *, at: int) -> Verdict:
    """Split a clause before its character `at`, with words on both sides."""
    verdict = edit(user, version)
    if not verdict:
        return verdict
    if clause.kind in _FIXED:
        return refuse("draft.cannot_split", _("Tables and annexes cannot be split."))
    if not (clause.text[: max(at, 0)].strip() and clause.text[max(at, 0) :].strip()):
        return refuse("draft.split_at_edge", _("Choose a place with words before and after it."))
    return ALLOWED


def join(user: Person, version: Version, first: Clause, second: Clause) -> Verdict:
    """Join a clause with the one that stands right after it."""
    verdict = edit(user, version)
    if not verdict:
        return verdict
    if first.kind in _FIXED or second.kind in _FIXED:
        return refuse("draft.cannot_join", _("Tables and annexes cannot be joined."))
    if second.version_id != first.version_id or second.position != first.position + 1:
        return refuse("draft.not_neighbours", _("Only neighbouring clauses can be joined."))
    return ALLOWED


def join_all(user: Person, version: Version, clauses: Sequence[Clause]) -> Verdict:
    """Join clauses that stand one right after the other."""
    verdict = edit(user, version)
    if verdict and len(clauses) < 2:
        return refuse("draft.nothing_to_join", _("Choose at least two clauses to join."))
    for first, second in pairwise(clauses):
        verdict = verdict and join(user, version, first, second)
    return verdict


def retype_all(user: Person, version: Version, clauses: Sequence[Clause], *, kind: str) -> Verdict:
    """Say what clauses are; a table stays one, and nothing else becomes one."""
    verdict = edit(user, version)
    tables = any(clause.kind == Clause.Kind.TABLE for clause in clauses)
    if verdict and (tables or kind not in Clause.Kind or kind == Clause.Kind.TABLE):
        return refuse("draft.cannot_retype", _("A table stays a table, and nothing becomes one."))
    return verdict


def reword(user: Person, version: Version, clause: Clause, *, text: str) -> Verdict:
    """Correct the words of a clause."""
    verdict = edit(user, version)
    if not verdict:
        return verdict
    if clause.kind == Clause.Kind.TABLE:
        return refuse("draft.cannot_reword", _("The words of a table come from the file alone."))
    if not text and not clause.marker:
        return refuse("draft.no_words", _("A clause needs words. Join it with another instead."))
    if len(text) > _LONGEST_TEXT:
        return refuse("draft.too_long", _("This is too long for one clause."))
    return ALLOWED


def undo(user: Person, version: Version, *, is_last: bool) -> Verdict:
    """Take back the last change of a preview."""
    verdict = edit(user, version)
    if verdict and not is_last:
        return refuse("draft.not_last_change", _("Only the last change can be undone."))
    return verdict


def renumber(user: Person, version: Version, *, depth: int, deepest: int, marker: str) -> Verdict:
    """Give a clause another printed number, kind or level: at most one below its predecessor."""
    verdict = edit(user, version)
    if not verdict:
        return verdict
    if not 0 <= depth <= deepest:
        return refuse("draft.bad_level", _("A clause can be one level below the one before it."))
    if len(marker) > _LONGEST_MARKER:
        return refuse("draft.bad_number", _("This number is too long."))
    return ALLOWED
