"""Rules of the register. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations.models import State
from consultations.rules import keep_record, run
from core.domain.calendar import local_date
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation, Remark


def enter(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Enter what came by letter, by e-mail, at a hearing or by telephone: who keeps the record.

    From the opening on, and until the report, since letters arrive late.
    """
    return keep_record(user, consultation) and _is_kept(consultation, now)


def correct(user: Anybody, consultation: Consultation, remark: Remark, *, now: datetime) -> Verdict:
    """Put a slip of the pen in an entered proposal right: an officer, until the report."""
    return (
        run(user, consultation)
        and _is_kept(consultation, now)
        and refuse_unless(
            remark.comment.deleted_at is None,
            "comment.gone",
            _("This comment is no longer shown."),
        )
    )


def see_contact(user: Anybody, consultation: Consultation) -> Verdict:
    """Read the contact and the scan of who wrote: officers of this consultation."""
    return run(user, consultation)


def _is_kept(consultation: Consultation, now: datetime) -> Verdict:
    return refuse_unless(
        consultation.state_at(now) in (State.OPEN, State.CLOSED),
        "register.not_kept",
        _("Proposals are entered from the opening of the consultation until its report."),
    )


def receive(consultation: Consultation, received_on: date, *, now: datetime) -> Verdict:
    """Count what was received on this day: one on which remarks were accepted, not after today."""
    opens_on, last_day = consultation.opens_on, consultation.last_day
    return refuse_unless(
        received_on <= local_date(now),
        "register.received_later",
        _("This day has not come yet."),
    ) and refuse_unless(
        opens_on and last_day and opens_on <= received_on <= last_day,
        "register.received_outside",
        _("Remarks were accepted from %(first)s until %(last)s: what came on other days is late.")
        % {
            "first": date_format(opens_on) if opens_on else "–",
            "last": date_format(last_day) if last_day else "–",
        },
    )
