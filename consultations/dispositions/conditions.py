"""What of a disposition is whole, what is public, and which one answers a remark.

Each rule is written here once, for objects and for queries. In queries ``path`` leads to the
disposition: ``"disposition"`` from a remark, ``""`` from the disposition itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, F, Q, When

from consultations.dispositions.models import EXPLAINED, Disposition

if TYPE_CHECKING:
    from consultations.models import Remark

#: The dispositions by which a remark is taken into account, wholly or in part.
TAKEN = (Disposition.Kind.ACCEPTED.value, Disposition.Kind.PARTLY.value)


def is_whole(path: str = "disposition") -> Q:
    """As ``Disposition.is_complete``: it can stand in a report."""
    with_reason = Q(**{_at(path, "kind__in"): EXPLAINED, _at(path, "reason__regex"): r"\S"})
    return Q(**{_at(path, "kind"): Disposition.Kind.ACCEPTED.value}) | with_reason


def lacks_reason(path: str = "disposition") -> Q:
    """Decided, without the reason that the decision needs."""
    return Q(**{_at(path, "kind__in"): EXPLAINED}) & ~Q(**{_at(path, "reason__regex"): r"\S"})


def is_empty(path: str = "disposition") -> Q:
    """Nothing is decided."""
    return Q(**{path: None}) | Q(**{_at(path, "kind"): ""})


def is_public(path: str = "disposition", remark: str = "") -> Q:
    """As ``public_disposition``; ``remark``: the path to the remark that is answered."""
    approved = Q(**{_at(path, "approved_at__isnull"): False})
    reported_at = F(_at(remark, "consultation__reported_at"))
    reported = Q(**{_at(path, "changed_at__lte"): reported_at}) & ~Q(**{_at(path, "kind"): ""})
    shown = {_at(remark, f"comment__{name}_at"): None for name in ("hidden", "deleted")}
    return Q(**shown) & (approved | reported)


def is_taken(path: str = "disposition") -> Q:
    """Taken into account publicly, in a clause of the text."""
    led_to = {_at(path, "kind__in"): TAKEN, _at(path, "resulting_key__isnull"): False}
    return is_public(path) & Q(**led_to)


def is_answered(condition: Callable[[str], Q]) -> Q:
    """Remarks of whose answer the condition holds: ``answer_of``."""
    own = Q(folded_into=None) & condition("disposition")
    return own | (Q(folded_into__isnull=False) & condition("folded_into__disposition"))


def answer(column: str) -> Case:
    """A column of the disposition that answers a remark: ``answer_of``."""
    head = F(f"folded_into__disposition__{column}")
    return Case(When(folded_into=None, then=F(f"disposition__{column}")), default=head)


def answer_of(remark: Remark) -> Disposition | None:
    """The disposition of a remark, or that of the one with which it is folded.

    What was decided on a folded remark before it was folded is kept for the day when it is
    unfolded, and says nothing until then.
    """
    return getattr(remark.folded_into or remark, "disposition", None)


def public_disposition(
    remark: Remark, found: Disposition | None, reported_at: datetime | None
) -> Disposition | None:
    """What everybody may read of a remark's answer; of a hidden remark nothing (ADR 62)."""
    if found is None or not remark.comment.is_visible or not found.is_public(reported_at):
        return None
    return found


def _at(path: str, column: str) -> str:
    return f"{path}__{column}" if path else column
