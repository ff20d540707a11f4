"""Rules of the poll on a consultation's page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from votes import rules as poll_rules

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation
    from votes.models import Poll
from consultations.rules import change_papers


def attach_poll(user: Anybody, consultation: Consultation, poll: Poll, *, now: datetime) -> Verdict:
    """Put a poll on its page: one, announced, of the same department."""
    return (
        change_papers(user, consultation, now=now)
        and refuse_unless(
            consultation.poll_id is None,
            "consultation.has_poll",
            _("It has a poll already: take that one off first."),
        )
        and poll_rules.attach(poll, consultation.department_id, now=now)
    )


def detach_poll(user: Anybody, consultation: Consultation, *, now: datetime) -> Verdict:
    """Take the poll off its page."""
    return change_papers(user, consultation, now=now) and refuse_unless(
        consultation.poll_id is not None, "consultation.has_no_poll", _("It has no poll.")
    )
