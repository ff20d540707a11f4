"""Who may put a poll with an answer, and take it off. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from petitions.rules import keep_record
from votes import rules as poll_rules

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Answer, Petition
    from votes.models import Poll


def attach(
    user: Anybody, petition: Petition, answer: Answer, poll: Poll, *, now: datetime
) -> Verdict:
    """Put a poll with the answer: one, announced, of the department that answers."""
    return (
        keep_record(user, petition)
        and refuse_unless(
            answer.poll_id is None,
            "petition.has_poll",
            _("It has a poll already: take that one off first."),
        )
        and poll_rules.attach(poll, petition.department_id, now=now)
    )


def detach(user: Anybody, petition: Petition, answer: Answer) -> Verdict:
    """Take the poll off the answer."""
    return keep_record(user, petition) and refuse_unless(
        answer.poll_id is not None, "petition.has_no_poll", _("It has no poll.")
    )
