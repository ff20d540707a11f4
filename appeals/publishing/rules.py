"""Rules of the applicant's consent to publishing an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals.models import Answer, Appeal
from appeals.publishing.applicant import contacts_in
from appeals.rules import own
from core.domain.rules import ALLOWED, Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody


def agree(user: Anybody, appeal: Appeal, answer: Answer, *, holds_secret: bool = False) -> Verdict:
    """Agree that a sent answer is published, or agree no more: its applicant."""
    return own(user, appeal, holds_secret=holds_secret) and refuse_unless(
        answer.sent_at,
        "appeal.not_sent",
        _("Only an answer that was sent is published."),
    )


def names_no_contact(appeal: Appeal, texts: Mapping[str, str]) -> Verdict:
    """No text that everybody is to read has an e-mail or a telephone of the applicant."""
    for field, text in texts.items():
        if contacts_in(text, appeal):
            return refuse_unless(
                False,
                "appeal.public_contact",
                _("Here stands the applicant’s e-mail or telephone: leave it out."),
                field=field,
            )
    return ALLOWED
