"""Conditions that several rules have in common: state, reason, kind, impartial executors."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, State
from appeals.rules import Involved
from core.domain.rules import Verdict, refuse_unless

#: Before its answer, for the first time.
UNANSWERED = frozenset({State.RECEIVED, State.IN_WORK})
#: A department considers it.
CONSIDERED = frozenset({State.IN_WORK, State.REOPENED})
LONGEST_REASON = 2000


def is_in(appeal: Appeal, states: Collection[State], now: datetime) -> Verdict:
    """It stands in one of the states."""
    return refuse_unless(
        appeal.state_at(now) in states,
        "appeal.not_now",
        _("This is not possible any more: somebody may have done something meanwhile."),
    )


def gives_reason(text: str, field: str = "reason", *, most: int = LONGEST_REASON) -> Verdict:
    """The applicant is told why."""
    return refuse_unless(
        text.strip(),
        "appeal.reason_missing",
        _("Give the reason: the applicant reads it."),
        field=field,
    ) and refuse_unless(
        len(text) <= most,
        "appeal.reason_too_long",
        _("This is too long: write at most %(most)d characters.") % {"most": most},
        field=field,
    )


def is_no_request(appeal: Appeal) -> Verdict:
    """It is an appeal: law 393/96-ВР knows what 2939-VI does not."""
    return refuse_unless(
        not appeal.is_request,
        "appeal.is_a_request",
        _("A request for information is answered, or forwarded to who holds it (2939-VI art. 22)."),
    )


def not_about(
    appeal: Appeal,
    involved: Involved,
    departments: Collection[int],
    people: Collection[int] = (),
) -> Verdict:
    """A complaint never goes to whom it is about, nor to whom they head (393/96-ВР art. 7)."""
    return (
        refuse_unless(
            appeal.about_department_id not in departments,
            "appeal.about_this_department",
            _(
                "The complaint is about this department: another one considers it (393/96-ВР "
                "art. 7)."
            ),
            field="department",
        )
        and refuse_unless(
            involved.headed.isdisjoint(departments),
            "appeal.about_its_head",
            _(
                "The complaint is about the head of this department: another one considers it "
                "(393/96-ВР art. 7)."
            ),
            field="department",
        )
        and refuse_unless(
            appeal.about_person_id not in people,
            "appeal.about_this_person",
            _("The complaint is about this person: somebody else considers it (393/96-ВР art. 7)."),
            field="officer",
        )
    )
