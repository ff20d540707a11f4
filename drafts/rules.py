"""Rules of drafts: who may do what. Pure: the facts are passed in, nothing is asked.

`user` is None when the command line acts: a person who may use it has the database too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from drafts.models import Clause, SetAside, Version
from drafts.versions.models import is_staff

if TYPE_CHECKING:
    from accounts.models import Anybody

    Person = Anybody | None

_LONGEST_MARKER = 80
_LONGEST_TEXT = 100_000
_FIXED = {Clause.Kind.TABLE, Clause.Kind.ANNEX}


def prepare(user: Person) -> Verdict:
    """Import a text, or work on one that is not published."""
    return refuse_unless(
        user is None or is_staff(user),
        "draft.not_staff",
        _("Drafts are prepared by officers of the council."),
    )


def edit(user: Person, version: Version) -> Verdict:
    """Change the clauses of a version: its preview only."""
    return prepare(user) and refuse_unless(
        not version.is_published,
        "draft.published",
        _("This version is published and cannot change. Import the next version."),
    )


def publish(
    user: Person, version: Version, *, clauses: int, undecided: int = 0, is_compared: bool = False
) -> Verdict:
    """Publish a preview that has at least one of `clauses`, and of whose file nothing is set aside
    ``undecided``; one that was read from a PDF must be compared with it first."""
    return (
        prepare(user)
        and refuse_unless(
            not version.is_published,
            "draft.already_published",
            _("This version is already published."),
        )
        and refuse_unless(
            clauses, "draft.no_clauses", _("There is nothing in this version to publish.")
        )
        and refuse_unless(
            not undecided,
            "draft.set_aside_undecided",
            _("Lines of the file were set aside: leave them out, or put them back into the text."),
        )
        and refuse_unless(
            is_compared or not version.is_from_pdf,
            "draft.pdf_not_compared",
            _("The text was read from a PDF: compare the two, and say that you have."),
        )
    )


def split(user: Person, version: Version, clause: Clause, *, at: int) -> Verdict:
    """Split a clause before its character `at`, with words on both sides."""
    before, after = clause.text[: max(at, 0)], clause.text[max(at, 0) :]
    return (
        edit(user, version)
        and refuse_unless(
            clause.kind not in _FIXED,
            "draft.cannot_split",
            _("Tables and annexes cannot be split."),
        )
        and refuse_unless(
            before.strip() and after.strip(),
            "draft.split_at_edge",
            _("Choose a place with words before and after it."),
        )
    )


def join(user: Person, version: Version, first: Clause, second: Clause) -> Verdict:
    """Join a clause with the one that stands right after it."""
    return (
        edit(user, version)
        and refuse_unless(
            not {first.kind, second.kind} & _FIXED,
            "draft.cannot_join",
            _("Tables and annexes cannot be joined."),
        )
        and refuse_unless(
            second.version_id == first.version_id and second.position == first.position + 1,
            "draft.not_neighbours",
            _("Only neighbouring clauses can be joined."),
        )
    )


def join_all(user: Person, version: Version, clauses: Sequence[Clause]) -> Verdict:
    """Join clauses that stand one right after the other."""
    verdict = edit(user, version) and refuse_unless(
        len(clauses) >= 2, "draft.nothing_to_join", _("Choose at least two clauses to join.")
    )
    for first, second in pairwise(clauses):
        verdict = verdict and join(user, version, first, second)
    return verdict


def retype_all(user: Person, version: Version, clauses: Sequence[Clause], *, kind: str) -> Verdict:
    """Say what clauses are; a table stays one, and nothing else becomes one."""
    kinds = {clause.kind for clause in clauses} | {kind}
    return edit(user, version) and refuse_unless(
        kind in Clause.Kind and Clause.Kind.TABLE not in kinds,
        "draft.cannot_retype",
        _("A table stays a table, and nothing becomes one."),
    )


def remove_all(
    user: Person, version: Version, clauses: Sequence[Clause], *, all_clauses: int
) -> Verdict:
    """Remove some of the clauses of a version, which has ``all_clauses``."""
    return (
        edit(user, version)
        and refuse_unless(
            clauses, "draft.nothing_to_remove", _("Choose at least one part to remove.")
        )
        and refuse_unless(
            len(clauses) < all_clauses,
            "draft.nothing_stays",
            _("At least one part must stay. To begin anew, import another file."),
        )
    )


def reword(user: Person, version: Version, clause: Clause, *, text: str) -> Verdict:
    """Correct the words of a clause."""
    return (
        edit(user, version)
        and refuse_unless(
            clause.kind != Clause.Kind.TABLE,
            "draft.cannot_reword",
            _("The words of a table come from the file alone."),
        )
        and refuse_unless(
            text or clause.marker,
            "draft.no_words",
            _("A clause needs words. Join it with another, or remove it in the list of parts."),
        )
        and refuse_unless(
            len(text) <= _LONGEST_TEXT, "draft.too_long", _("This is too long for one clause.")
        )
    )


def rematch(
    user: Person, version: Version, *, wanted: Sequence[UUID | None], known: Collection[UUID]
) -> Verdict:
    """Say which clauses of the version before (``known``) those of a preview continue."""
    keys = [key for key in wanted if key is not None]
    return (
        edit(user, version)
        and refuse_unless(
            all(key in known for key in keys),
            "draft.no_such_clause",
            _("The version before has no such clause."),
        )
        and refuse_unless(
            len(set(keys)) == len(keys),
            "draft.continued_twice",
            _("Only one clause can continue a former one. Choose another for one of the two."),
        )
    )


def decide_set_aside(user: Person, version: Version, set_aside: Sequence[SetAside]) -> Verdict:
    """Put lines that the import set aside back into the text, or leave them out."""
    return (
        edit(user, version)
        and refuse_unless(
            set_aside, "draft.nothing_set_aside", _("Choose lines that were set aside.")
        )
        and refuse_unless(
            all(each.decision != SetAside.Decision.PUT_BACK for each in set_aside),
            "draft.already_put_back",
            _("These lines are in the text already. To take them out, undo that change."),
        )
    )


def undo(user: Person, version: Version, *, is_last: bool) -> Verdict:
    """Take back the last change of a preview."""
    return edit(user, version) and refuse_unless(
        is_last, "draft.not_last_change", _("Only the last change can be undone.")
    )


def renumber(user: Person, version: Version, *, depth: int, deepest: int, marker: str) -> Verdict:
    """Give a clause another printed number, kind or level: at most one below its predecessor."""
    return (
        edit(user, version)
        and refuse_unless(
            0 <= depth <= deepest,
            "draft.bad_level",
            _("A clause can be one level below the one before it."),
        )
        and refuse_unless(
            len(marker) <= _LONGEST_MARKER, "draft.bad_number", _("This number is too long.")
        )
    )
