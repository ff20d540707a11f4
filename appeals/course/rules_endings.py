"""Rules of the endings without an answer: forwarding, returning, leaving, moving an appeal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.conditions import UNANSWERED, gives_reason, is_in, is_no_request
from appeals.models import Appeal
from appeals.rules import Involved, dismiss, respond
from core.domain.calendar import WorkCalendar
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: The column ``Appeal.forwarded_to``.
LONGEST_BODY = 300


def forward(
    user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, to: str
) -> Verdict:
    """Send it to the body whose matter it is, within five days (393/96-ВР art. 7; 2939-VI
    art. 22). Later as well: it is not the council's to decide, and that was late."""
    return (
        respond(user, appeal, involved)
        and is_in(appeal, UNANSWERED, now)
        and refuse_unless(
            to.strip(),
            "appeal.body_missing",
            _("Name the body to which it is forwarded."),
            field="to",
        )
        and refuse_unless(
            len(to) <= LONGEST_BODY,
            "appeal.body_too_long",
            _("This is too long: write at most %(most)d characters.") % {"most": LONGEST_BODY},
            field="to",
        )
    )


def return_(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    calendar: WorkCalendar,
    ground: str,
    note: str,
) -> Verdict:
    """Return it with what is missing: what is malformed within ten days, what lacks data within
    five (393/96-ВР arts 5, 7). Later it is considered as it is."""
    malformed = ground == Appeal.ReturnedFor.MALFORMED
    term = terms.RETURN_MALFORMED if malformed else terms.RETURN_INSUFFICIENT
    return (
        respond(user, appeal, involved)
        and is_in(appeal, UNANSWERED, now)
        and is_no_request(appeal)
        and refuse_unless(
            ground in Appeal.ReturnedFor.values,
            "appeal.ground_missing",
            _("Choose why it is returned."),
            field="ground",
        )
        and refuse_unless(
            not term.is_over(appeal, now, calendar),
            "appeal.return_too_late",
            _("The term for returning it is over (%(article)s): consider it as it is.")
            % {"article": term.article},
        )
        and gives_reason(note, "note")
    )


def leave_without_consideration(
    user: Anybody,
    appeal: Appeal,
    *,
    involved: Involved,
    now: datetime,
    leaders: Collection[str],
    ground: str,
    note: str,
) -> Verdict:
    """Decide not to consider it: the head of the body, on a ground of the law (393/96-ВР arts 8,
    17). ``leaders``: as rules.roles.dismiss has them."""
    return (
        dismiss(user, appeal, leaders)
        and is_in(appeal, UNANSWERED, now)
        and is_no_request(appeal)
        and refuse_unless(
            ground in Appeal.RefusedFor.values,
            "appeal.ground_missing",
            _("Choose why it is not considered."),
            field="ground",
        )
        and refuse_unless(
            ground != Appeal.RefusedFor.OUT_OF_TIME or appeal.kind == Appeal.Kind.COMPLAINT,
            "appeal.no_term_to_file",
            _("Only complaints have a term in which they are filed (393/96-ВР art. 17)."),
            field="ground",
        )
        and gives_reason(note, "note")
    )


def move(user: Anybody, appeal: Appeal, *, involved: Involved, now: datetime, note: str) -> Verdict:
    """Go on with it as an administrative case (393/96-ВР art. 12; 2073-IX)."""
    return (
        respond(user, appeal, involved)
        and is_in(appeal, UNANSWERED, now)
        and is_no_request(appeal)
        and gives_reason(note, "note")
    )
