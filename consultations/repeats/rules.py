"""Rules of repeats. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.models import State
from consultations.rules import run
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation, Remark


def regroup(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Unfold repeats, or fold them again: officers, until the report."""
    return run(user, consultation) and refuse_unless(
        consultation.state_at(now) in (State.OPEN, State.CLOSED),
        "repeats.finished",
        _("The report is published, or the consultation withdrawn: its remarks stay as they are."),
    )


def unfold(user: Anybody, consultation: Consultation, remark: Remark, *, now: datetime) -> Verdict:
    """Show and answer a folded remark by itself."""
    return regroup(user, consultation, now=now) and refuse_unless(
        remark.folded_into_id is not None,
        "repeats.not_folded",
        _("This remark is not folded any more."),
    )


def fold_again(
    user: Anybody, consultation: Consultation, head: Remark | None, *, now: datetime
) -> Verdict:
    """Take an unfolding back. ``head``: into which it was folded; None: that is unknown by now."""
    return regroup(user, consultation, now=now) and refuse_unless(
        head is not None and head.folded_into_id is None and head.comment.is_visible,
        "repeats.no_head",
        _("The remark that it was folded into is no longer shown by itself."),
    )
