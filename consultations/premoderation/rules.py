"""Rules of pre-moderation. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.models import State
from core.domain.rules import Verdict, refuse_unless
from discussions.rules import moderate

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation

#: For so long at once; it may be begun again.
LONGEST = timedelta(days=7)


def begin(
    user: Anybody, consultation: Consultation, *, now: datetime, until: datetime, reason: str
) -> Verdict:
    """Let moderators read everything first: while it is open, with a reason, for a week at most."""
    return (
        moderate(user, scope=consultation.topic)
        and refuse_unless(
            consultation.state_at(now) == State.OPEN,
            "premoderation.not_open",
            _("Nobody speaks in this consultation now."),
        )
        and refuse_unless(
            now < until <= now + LONGEST,
            "premoderation.too_long",
            _("Choose an end within the next seven days: it may be begun again."),
        )
        and refuse_unless(
            reason.strip(),
            "premoderation.reason_missing",
            _("Give the reason: everybody reads it."),
        )
    )


def end(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """End it before its time."""
    until = consultation.premoderated_until
    return moderate(user, scope=consultation.topic) and refuse_unless(
        until is not None and now < until,
        "premoderation.not_begun",
        _("It has ended already."),
    )
