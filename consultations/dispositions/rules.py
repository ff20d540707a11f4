"""Rules of the disposition table: who fills a row, who approves it. Pure: facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from consultations.dispositions.models import Assignment, Disposition
from consultations.models import Remark, State
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation

OFFICERS_ONLY = refuse(
    "disposition.officers_only",
    _("Only officers of the responsible department and those to whom the row was given may do it."),
)
#: Somebody has changed the row since it was read.
CHANGED = refuse(
    "disposition.changed_meanwhile",
    _("Somebody has changed this row meanwhile. Nothing of yours is stored: compare first."),
)
NO_SUCH_CLAUSE = refuse(
    "disposition.no_such_clause", _("There is no such clause in the newest text of the draft.")
)
GONE = _("This remark is not in the table of this consultation.")
TOO_LONG = _("The reason is too long.")
_FILLED_IN = (State.OPEN, State.CLOSED, State.REPORTED)


def use_table(user: Anybody, consultation: Consultation, *, is_assigned: bool = False) -> Verdict:
    """See the table: who keeps the consultation's record, and who was given rows of it."""
    return act(user) and (
        ALLOWED if is_assigned or _keeps_record(user, consultation) else OFFICERS_ONLY
    )


def fill(
    user: Anybody, consultation: Consultation, *, now: datetime, is_assigned: bool = False
) -> Verdict:
    """Fill a row: as for ``use_table``, from the opening until it is withdrawn.

    ``is_assigned``: the row was given to them, or to a department whose officer they are.
    """
    return use_table(user, consultation, is_assigned=is_assigned) and refuse_unless(
        consultation.state_at(now) in _FILLED_IN,
        "disposition.not_now",
        _("The table is filled from the first day of the consultation."),
    )


def settle(remark: Remark, *, kind: str, is_deleted: bool) -> Verdict:
    """Decide on this remark in this way. A row may be half-filled; ``is_complete`` says what lacks.

    ``noted`` is for words that propose nothing (law 1160-IV art. 9: a proposal is accepted fully,
    in part or rejected with reasons), so never for a wording.
    """
    return (
        refuse_unless(not is_deleted, "disposition.deleted", _("Its author has deleted it."))
        and refuse_unless(
            remark.folded_into_id is None,
            "disposition.folded",
            _("It is answered together with the remark with which it was folded."),
        )
        and refuse_unless(
            kind != Disposition.Kind.NOTED or remark.kind != Remark.Kind.WORDING,
            "disposition.proposes",
            _(
                "It proposes a wording: take it into account, wholly or in part, or reject it. "
                "Only words that propose nothing are taken note of."
            ),
        )
    )


def approve(
    user: Anybody,
    consultation: Consultation,
    disposition: Disposition | None,
    *,
    now: datetime,
    needs_another_person: bool,
) -> Verdict:
    """Approve a row, so that it is public: who keeps the record.

    ``needs_another_person``: in this department not the person who decided it.
    """
    is_complete = disposition is not None and disposition.is_complete
    decided_by = disposition.by_id if disposition else None
    return (
        fill(user, consultation, now=now)
        and refuse_unless(
            is_complete,
            "disposition.incomplete",
            _("Decide first, and give the reason: only an acceptance needs none."),
        )
        and refuse_unless(
            not needs_another_person or decided_by != user.pk,
            "disposition.own",
            _("You decided it: in your department another person approves it."),
        )
    )


def assign(
    user: Anybody, consultation: Consultation, *, now: datetime, is_assigned: bool = False
) -> Verdict:
    """Give rows to a person or a department: who keeps the record, and who has them now."""
    return fill(user, consultation, now=now, is_assigned=is_assigned)


def is_given_to(assignment: Assignment | None, user: Anybody) -> bool:
    """Whether a row was given to this person, or to a department whose officer they are."""
    if assignment is None or not user.is_authenticated:
        return False
    if assignment.person_id is not None:
        return assignment.person_id == user.pk and bool(user.grants_in_force)
    return assignment.department_id in user.speaking_department_ids


def keep_texts(user: Anybody, department_id: int) -> Verdict:
    """Add, change and delete the saved texts of a department: its officers and secretaries."""
    return act(user) and (
        ALLOWED if user.is_authenticated and user.keeps_record_of(department_id) else OFFICERS_ONLY
    )


def set_approval(user: Anybody, department_id: int) -> Verdict:
    """Say whether another person approves: as for ``keep_texts``."""
    return keep_texts(user, department_id)


def _keeps_record(user: Anybody, consultation: Consultation) -> bool:
    return user.is_authenticated and user.keeps_record_of(
        consultation.department_id, consultation.topic
    )
