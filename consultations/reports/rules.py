"""Rules of reports: who may write one, and when it can be published. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.models import State
from consultations.rules import WITHDRAWN, keep_record, run
from core.domain.rules import ALLOWED, Verdict, refuse_unless
from core.domain.typography import group_thousands

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation, Report


#: So many remarks are named in a refusal.
MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class Gap:
    """A row of the disposition table that cannot stand in a report.

    ``has_kind``: it is decided, but without the reason that it needs.
    """

    remark_id: int
    number: int | None
    has_kind: bool


@dataclass(frozen=True, slots=True)
class Contested:
    """A hidden remark that is not considered, if the hiding was right: contested, or still to be.

    ``until``: the last day on which it may be contested; None: a contest waits for its decision.
    """

    remark_id: int
    number: int | None
    until: date | None

    @property
    def named(self) -> str:
        """As a row of an edition says it."""
        return self.until.isoformat() if self.until else "pending"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Obstacles between a working copy and its publication.

    ``undecided``: remarks that wait for an organisation on which the office has not decided;
    ``held``: comments that no moderator has read yet, where each is read before it is shown;
    ``gaps``: the first rows that are empty or lack a reason, ``gaps_total`` of them all;
    ``unapproved``: rows that another person has still to approve, where the department asks for it;
    ``unnumbered``: remarks that wait for the job that numbers them; ``contested``: hidden ones
    whose hiding is contested or may still be; ``remarks_total``: all rows;
    ``checklist``: whether the procedure's checklist asks for anything else (checklist.rules).
    """

    undecided: int = 0
    held: int = 0
    gaps: Collection[Gap] = ()
    gaps_total: int = 0
    unapproved: int = 0
    unnumbered: int = 0
    contested: Collection[Contested] = ()
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
    names_contests: bool = False,
) -> Verdict:
    """Publish an edition: once remarks are closed, all that came in time are known, and each has a
    disposition, with a reason unless it is accepted; and once no hiding by which a proposal is not
    considered can be contested any more, or the edition names those (``names_contests``).

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
            % {
                "number": group_thousands(readiness.gaps_total),
                "rows": _name_rows(readiness.gaps, readiness.gaps_total),
            },
            gaps=readiness.gaps_total,
        )
        and refuse_unless(
            not readiness.unapproved,
            "report.rows_unapproved",
            _("Another person has still to approve rows of the disposition table: %(number)s.")
            % {"number": group_thousands(readiness.unapproved)},
        )
        and readiness.checklist
        and refuse_unless(
            not readiness.unnumbered,
            "report.not_numbered",
            _("The last proposals are being numbered. Try again in a minute."),
        )
        and refuse_unless(
            names_contests or not readiness.contested,
            "report.contests_run",
            _(
                "The hiding of proposals that are not considered is contested or may still be "
                "(%(rows)s). Wait for it, or let the edition name them."
            )
            % {"rows": _name_rows([*readiness.contested][:MOST_NAMED], len(readiness.contested))},
            contested=len(readiness.contested),
        )
        and refuse_unless(
            state == State.CLOSED or reason.strip(),
            "report.reason_missing",
            _("Say why the report is published again: everybody reads it."),
        )
    )


def _name_rows(rows: Collection[Gap] | Collection[Contested], total: int = 0) -> str:
    """Rows by their numbers; ``total``: how many there are, where not all are named."""
    named = [f"№\u00a0{row.number or '–'}" for row in rows]
    return ", ".join(named) + ("…" if total > len(named) else "")
