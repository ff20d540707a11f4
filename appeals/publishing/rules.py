"""Rules of the applicant's consent to publishing an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals.models import Answer, Appeal
from appeals.rules.roles import own
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody


def agree(
    user: Anybody, appeal: Appeal, answer: Answer | None, *, holds_secret: bool = False
) -> Verdict:
    """Agree that a sent answer is published, or agree no more: its applicant."""
    return own(user, appeal, holds_secret=holds_secret) and refuse_unless(
        answer is not None and answer.sent_at,
        "appeal.not_sent",
        _("Only an answer that was sent is published."),
    )
