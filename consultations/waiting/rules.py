"""Rules of waiting remarks: who may send one, and when it joins. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from consultations import rules
from consultations.models import State
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from organisations.rules import CLOSED, NOT_CONFIRMED

if TYPE_CHECKING:
    from accounts.eligibility import Eligibility
    from accounts.models import Anybody, User
    from consultations.models import Consultation, WaitingRemark
    from organisations.models import Organisation

#: So many remarks of one person may wait at once, for whatever organisations.
MOST_WAITING = 10

NOT_YOURS = refuse("waiting.not_yours", _("Only its author may do this."))
FINISHED = refuse(
    "waiting.finished",
    _("The report of the consultation is published, or it was withdrawn: nothing joins it now."),
)


def keep(*, waiting: int) -> Verdict:
    """Let one more remark wait; ``waiting``: how many of its author's wait already."""
    return refuse_unless(
        waiting < MOST_WAITING,
        "waiting.too_many",
        _(
            "%(most)d of your remarks wait for an organisation to be confirmed already. Have "
            "it confirmed first, or take one of them back."
        )
        % {"most": MOST_WAITING},
        most=MOST_WAITING,
    )


def take_back(user: Anybody, waiting: WaitingRemark) -> Verdict:
    """Take one's own waiting remark back: at any time."""
    return act(user) and (ALLOWED if waiting.author_id == user.pk else NOT_YOURS)


def send_as_oneself(
    user: Anybody,
    waiting: WaitingRemark,
    consultation: Consultation,
    *,
    now: datetime,
    eligibility: Eligibility,
) -> Verdict:
    """Publish it in one's own name instead: until the consultation closes.

    ``eligibility`` as in consultations.rules.take_part, of somebody who speaks for nobody else.
    """
    return take_back(user, waiting) and rules.take_part(
        user, consultation, now=now, eligibility=eligibility
    )


def join(
    consultation: Consultation, organisation: Organisation, author: User, *, now: datetime
) -> Verdict:
    """Become a remark, once its organisation is confirmed: while the consultation is open, and
    afterwards until its report. That its author might speak was judged when it was sent; who is
    suspended meanwhile publishes nothing."""
    return (
        (ALLOWED if organisation.closed_at is None else CLOSED)
        and (ALLOWED if organisation.confirmed_at is not None else NOT_CONFIRMED)
        and (ALLOWED if consultation.state_at(now) in (State.OPEN, State.CLOSED) else FINISHED)
        and act(author)
    )
