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
    from consultations.dispositions.models_bulk import BulkChange
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
REPEATS_HIDDEN = _("It repeats the words for which the remark was hidden. Say it without them.")
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


def may_note(remark: Remark, *, questions_only: bool) -> bool:
    """Whether it may be taken note of: it proposes nothing. Under laws 3841-IX (art. 19(1)(6)) and
    1160-IV (art. 9) all but questions is a proposal (``questions_only``), elsewhere a wording is
    one."""
    if questions_only:
        return remark.kind == Remark.Kind.QUESTION
    return remark.kind != Remark.Kind.WORDING


def settle(remark: Remark, *, kind: str, is_deleted: bool, questions_only: bool) -> Verdict:
    """Decide on this remark in this way. A row may be half-filled; ``is_complete`` says what lacks.

    ``noted`` is for words that propose nothing (``may_note``); ``questions_only``: its procedure
    takes note of questions alone.
    """
    return (
        refuse_unless(not is_deleted, "disposition.deleted", _("Its author has deleted it."))
        and refuse_unless(
            remark.folded_into_id is None,
            "disposition.folded",
            _("It is answered together with the remark with which it was folded."),
        )
        and refuse_unless(
            kind != Disposition.Kind.NOTED or may_note(remark, questions_only=questions_only),
            "disposition.proposes",
            _(
                "It proposes something: take it into account, wholly or in part, or reject it. "
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
    is_hidden: bool = False,
) -> Verdict:
    """Approve a row, so that it is public: who keeps the record.

    ``needs_another_person``: in this department not the person who decided it; ``is_hidden``: a
    moderator has hidden its words, so that the kind is enough (conditions.is_enough).
    """
    is_enough = disposition is not None and (
        disposition.is_complete or (is_hidden and bool(disposition.kind))
    )
    decided_by = disposition.by_id if disposition else None
    return (
        fill(user, consultation, now=now)
        and refuse_unless(
            is_enough,
            "disposition.incomplete",
            _("Decide first, and give the reason: only an acceptance needs none."),
        )
        and refuse_unless(
            not needs_another_person or decided_by != user.pk,
            "disposition.own",
            _("You decided it: in your department another person approves it."),
        )
    )


def write_public_reason(
    remark: Remark, disposition: Disposition | None, *, is_considered: bool
) -> Verdict:
    """Write the reason that everybody may read: of hidden words on which the council decides."""
    return (
        refuse_unless(
            remark.comment.hidden_at is not None and is_considered,
            "disposition.not_hidden",
            _("Its words are not hidden, or it is not considered: it needs no second reason."),
        )
        and refuse_unless(
            remark.folded_into_id is None,
            "disposition.folded",
            _("It is answered together with the remark with which it was folded."),
        )
        and refuse_unless(
            disposition is not None and bool(disposition.kind),
            "disposition.undecided",
            _("Decide first, and save the row: then say why for everybody."),
        )
    )


def check_public_reason(
    user: Anybody, consultation: Consultation, disposition: Disposition | None, *, now: datetime
) -> Verdict:
    """Let everybody read it: who keeps the record, but not who wrote it."""
    written_by = disposition.public_reason_by_id if disposition else None
    return (
        fill(user, consultation, now=now)
        and refuse_unless(
            disposition is not None and bool(disposition.public_reason),
            "disposition.no_public_reason",
            _("Nobody has written a reason for everybody."),
        )
        and refuse_unless(
            written_by != user.pk,
            "disposition.own_words",
            _("You wrote it: another person checks that it repeats nothing of the hidden words."),
        )
    )


def take_back(
    user: Anybody,
    consultation: Consultation,
    change: BulkChange,
    *,
    now: datetime,
    is_reported: bool,
    is_assigned: bool = False,
) -> Verdict:
    """Take back a change of many rows within TAKE_BACK_FOR: who made it, and who keeps the record.

    ``is_reported``: an edition of the report has been published since; ``is_assigned``: they were
    given rows of it.
    """
    is_own = user.is_authenticated and change.by_id == user.pk
    return (
        fill(user, consultation, now=now, is_assigned=is_own and is_assigned)
        and refuse_unless(
            change.taken_back_at is None,
            "disposition.taken_back",
            _("It has been taken back already."),
        )
        and refuse_unless(
            not is_reported,
            "disposition.in_the_report",
            _("The report is published since: what stands in it is changed row by row."),
        )
        and refuse_unless(
            now <= change.until,
            "disposition.too_late",
            _("The half hour for taking it back is over: change the rows themselves."),
        )
    )


def assign(
    user: Anybody, consultation: Consultation, *, now: datetime, is_assigned: bool = False
) -> Verdict:
    """Give rows to a person or a department: who keeps the record, and who has them now."""
    return fill(user, consultation, now=now, is_assigned=is_assigned)


def is_assigned_to(assignment: Assignment | None, user: Anybody) -> bool:
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
