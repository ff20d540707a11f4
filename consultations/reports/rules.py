"""Rules of reports: who may write one, and when it can be published. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.models import State
from consultations.rules import WITHDRAWN, keep_record, run
from core.domain.numbers import grouped
from core.domain.rules import ALLOWED, Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation, Report


@dataclass(frozen=True, slots=True)
class Gap:
    """A row of the disposition table that cannot stand in a report.

    ``has_kind``: it is decided, but without the reason that it needs.
    """

    remark_id: int
    number: int | None
    has_kind: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a working copy and its publication.

    ``undecided``: remarks that wait for an organisation on which the office has not decided;
    ``held``: comments that no moderator has read yet, where each is read before it is shown;
    ``gaps``: the first rows that are empty or lack a reason, ``gaps_total`` of them all;
    ``unapproved``: rows that another person has still to approve, where the department asks for it;
    ``unnumbered``: remarks that wait for the job that numbers them; ``remarks_total``: all rows;
    ``checklist``: whether the procedure's checklist asks for anything else (checklist.rules).
    """

    undecided: int = 0
    held: int = 0
    gaps: Collection[Gap] = ()
    gaps_total: int = 0
    unapproved: int = 0
    unnumbered: int = 0
    remarks_total: int = 0
    checklist: Verdict = ALLOWED


def write(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Write the working copy: secretaries and officers of the consultation, on any day."""
    return keep_record(user, consultation) and (
        WITHDRAWN if consultation.state_at(now) == State.WITHDRAWN else ALLOWED
    )


def see_contacts(user: Anybody, consultation: Consultation) -> Verdict:
    """Read the contacts that participants left: the officers of this consultation alone."""
    return run(user, consultation)


def publish(
    user: Anybody,
    consultation: Consultation,
    report: Report,
    *,
    now: datetime,
    readiness: Readiness,
    reason: str = "",
) -> Verdict:
    """Publish an edition: once remarks are closed, all that came in time are known, and each has a
    disposition, with a reason unless it is accepted.

    ``reason``: why it is published again, once it was published.
    """
    state = consultation.state_at(now)
    return (
        keep_record(user, consultation)
        and refuse_unless(
            state in (State.CLOSED, State.REPORTED),
            "consultation.not_closed",
            _("The report is published after the consultation closes."),
        )
        and refuse_unless(
            not readiness.undecided,
            "consultation.remarks_wait",
            _(
                "Remarks that came in time wait for their organisations (%(number)d). Confirm or "
                "refuse these organisations first."
            )
            % {"number": readiness.undecided},
            undecided=readiness.undecided,
        )
        and refuse_unless(
            not readiness.held,
            "consultation.remarks_held",
            _("Moderators have not read everything that was said (%(number)d). Ask them first.")
            % {"number": readiness.held},
            held=readiness.held,
        )
        and refuse_unless(
            report.outcome.strip(), "consultation.outcome_missing", _("Say what was decided.")
        )
        and refuse_unless(
            report.summary.strip() or not readiness.remarks_total,
            "report.summary_missing",
            _("Write the summary of the proposals."),
        )
        and refuse_unless(
            not readiness.gaps_total,
            "report.rows_missing",
            _("Rows of the disposition table are empty or lack a reason (%(number)s): %(rows)s")
            % {"number": grouped(readiness.gaps_total), "rows": _named(readiness)},
            gaps=readiness.gaps_total,
        )
        and refuse_unless(
            not readiness.unapproved,
            "report.rows_unapproved",
            _("Another person has still to approve rows of the disposition table: %(number)s.")
            % {"number": grouped(readiness.unapproved)},
        )
        and readiness.checklist
        and refuse_unless(
            not readiness.unnumbered,
            "report.not_numbered",
            _("The last proposals are being numbered. Try again in a minute."),
        )
        and refuse_unless(
            state == State.CLOSED or reason.strip(),
            "report.reason_missing",
            _("Say why the report is published again: everybody reads it."),
        )
    )


def _named(readiness: Readiness) -> str:
    named = [f"№\u00a0{gap.number or '–'}" for gap in readiness.gaps]
    more = "" if readiness.gaps_total <= len(named) else "…"
    return ", ".join(named) + more
