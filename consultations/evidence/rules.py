"""Rules of evidence bundles. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.rules import keep_record
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation


def make(user: Anybody, consultation: Consultation, *, is_under_way: bool) -> Verdict:
    """Have a bundle made: whoever keeps the record of an announced consultation, one at a time."""
    return (
        keep_record(user, consultation)
        and refuse_unless(
            consultation.announced_at is not None,
            "evidence.not_announced",
            _("The consultation is not announced yet: nothing has happened that could be proven."),
        )
        and refuse_unless(
            not is_under_way,
            "evidence.under_way",
            _("A bundle is being made now: wait until it is ready."),
        )
    )
