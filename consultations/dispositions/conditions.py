"""Conditions on dispositions: complete, public, and the one that answers a remark.

Each rule is written here once, for objects and for queries. In queries ``path`` leads to the
disposition: ``"disposition"`` from a remark, ``""`` from the disposition itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, Exists, F, Func, OuterRef, Q, When

from consultations.dispositions.models import EXPLAINED, ApprovalSetting, Disposition
from discussions.models import HELD, UNDECLARED

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


def is_enough(path: str = "disposition", remark: str = "") -> Q:
    """As ``is_enough_for``: a report may be published with it. Of hidden words the kind is enough:
    the ordinary reason is read by nobody but the office (ADR 98)."""
    return is_whole(path) | (is_hidden_by_moderator(remark) & Q(**{_at(path, "kind__gt"): ""}))


def is_settled(path: str = "disposition", remark: str = "") -> Q:
    """It answers the remark: enough for a report and, where the department asks for another
    person's approval, approved."""
    asks = ApprovalSetting.objects.filter(
        department=OuterRef(_at(remark, "consultation__department")), needs_another_person=True
    )
    approved = Q(**{_at(path, "approved_at__isnull"): False})
    return is_enough(path, remark) & (approved | Q(~Exists(asks)))


def is_missing(condition: Callable[[str], Q] = is_enough) -> Q:
    """Rows of remarks that the council considers, hidden or not, for whose disposition the
    condition does not hold. What is folded into a row that is shown is answered with that."""
    own = Q(folded_into=None) & ~condition("disposition")
    gone = Q(folded_into__comment__hidden_at__isnull=False) | Q(
        folded_into__comment__deleted_at__isnull=False
    )
    return is_considered() & (own | (gone & ~condition("folded_into__disposition")))


def is_unexplained(path: str = "disposition", remark: str = "") -> Q:
    """Decided, without the reason that a report waits for."""
    return lacks_reason(path) & ~is_hidden_by_moderator(remark)


def is_empty(path: str = "disposition") -> Q:
    """Nothing is decided."""
    return Q(**{path: None}) | Q(**{_at(path, "kind"): ""})


def is_public(path: str = "disposition", remark: str = "") -> Q:
    """Everybody may read all of it; ``remark``: the path to the remark that is answered."""
    shown = {_at(remark, f"comment__{name}_at"): None for name in ("hidden", "deleted")}
    return Q(**shown) & _is_published(path, remark)


def is_kind_public(path: str = "disposition", remark: str = "") -> Q:
    """As ``public_disposition``: everybody may read at least what was decided."""
    return is_considered(remark) & _is_published(path, remark)


def _is_published(path: str, remark: str) -> Q:
    approved = Q(**{_at(path, "approved_at__isnull"): False})
    reported_at = F(_at(remark, "consultation__reported_at"))
    reported = Q(**{_at(path, "changed_at__lte"): reported_at}) & ~Q(**{_at(path, "kind"): ""})
    return approved | reported


def is_hidden_by_moderator(remark: str = "") -> Q:
    """Hidden by a ground; what no moderator has read yet is not."""
    hidden = Q(**{_at(remark, "comment__hidden_at__isnull"): False})
    return hidden & ~Q(**{_at(remark, "comment__hidden_reason__in"): (HELD, UNDECLARED)})


def is_freed(remark: str = "") -> Q:
    """As ``frees``: hidden by a ground by which its procedure does not consider a proposal."""
    free = Func(
        F(_at(remark, "consultation__procedure__unconsidered")),
        F(_at(remark, "comment__hidden_reason")),
        function="jsonb_exists",
        output_field=BooleanField(),
    )
    return Q(**{_at(remark, "comment__hidden_at__isnull"): False}) & Q(free)


def is_considered(remark: str = "") -> Q:
    """The council decides on it: shown, or hidden by a ground that does not free it from that."""
    shown = Q(**{_at(remark, "comment__hidden_at"): None})
    hidden = is_hidden_by_moderator(remark) & ~is_freed(remark)
    return Q(**{_at(remark, "comment__deleted_at"): None}) & (shown | hidden)


def is_unchecked(path: str = "disposition", remark: str = "") -> Q:
    """Decided on hidden words, without a reason that everybody may read."""
    hidden = is_hidden_by_moderator(remark) & is_considered(remark)
    return hidden & Q(**{_at(path, "kind__gt"): ""}) & Q(**{_at(path, "checked_at"): None})


def is_enough_for(remark: Remark, found: Disposition | None) -> bool:
    """Whether what is decided is enough for a report: all of it, of hidden words the kind."""
    if found is None:
        return False
    return found.is_complete or (bool(found.kind) and is_hidden_for(remark))


def is_hidden_for(remark: Remark) -> bool:
    """As ``is_hidden_by_moderator``."""
    comment = remark.comment
    return comment.hidden_at is not None and not (comment.is_held or comment.is_undeclared)


def frees(remark: Remark) -> bool:
    """Whether the remark is hidden by a ground that frees the council from deciding on it (law
    3841-IX art. 15(3); which grounds do is data of the procedure)."""
    comment = remark.comment
    if comment.hidden_at is None:
        return False
    if comment.is_held or comment.is_undeclared:
        return True
    return comment.hidden_reason in remark.consultation.procedure.unconsidered


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


def is_hidden_and_considered(remark: Remark) -> bool:
    """Hidden by a ground that does not free the council from deciding on it."""
    comment = remark.comment
    is_hidden = comment.hidden_at is not None and comment.deleted_at is None
    return is_hidden and not frees(remark)


def article_of(remark: Remark) -> str:
    """The article by which a hidden remark is not considered; "" where it is, or is shown."""
    if remark.comment.hidden_at is None:
        return ""
    article = remark.consultation.procedure.unconsidered.get(remark.comment.hidden_reason, "")
    return str(article)


def answer_of(remark: Remark) -> Disposition | None:
    """The disposition of a remark, or that of the one with which it is folded.

    What was decided on a folded remark before it was folded is kept for the day when it is
    unfolded, and says nothing until then.
    """
    return getattr(remark.folded_into or remark, "disposition", None)


def public_disposition(
    remark: Remark, found: Disposition | None, reported_at: datetime | None
) -> Disposition | None:
    """The public disposition of a remark; of a hidden remark that is considered the kind and the
    checked reason alone, of another hidden one nothing (ADR 98).
    """
    if found is None or not found.is_public(reported_at):
        return None
    if remark.comment.deleted_at is not None or frees(remark):
        return None
    return found


def public_reason(remark: Remark, found: Disposition) -> str:
    """The reason in it that everybody may read: of a hidden remark the one that another person has
    checked, and of a folded hidden one none, which its head has."""
    if remark.comment.hidden_at is None:
        return found.reason
    return found.shown_public_reason if found.remark_id == remark.pk else ""


def _at(path: str, column: str) -> str:
    return f"{path}__{column}" if path else column
