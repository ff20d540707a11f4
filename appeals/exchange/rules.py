"""Rules of the exchange with a document system. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import use_desk
from appeals.rules import OFFICE_ONLY, Involved
from core.domain.rules import ALLOWED, Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

#: Appeals in one file.
MOST_APPEALS = 1000
#: The shortest reason, in characters.
SHORTEST_REASON = 10


def exchange(user: Anybody, involved: Involved) -> Verdict:
    """Carry appeals to the document system and back: the office that registers them alone; no
    other department, nor an administrator who does not work in it."""
    is_of_office = user.is_authenticated and bool(user.department_ids & involved.offices)
    return use_desk(user) and (ALLOWED if is_of_office else OFFICE_ONLY)


def export(user: Anybody, involved: Involved, *, appeals: int, reason: str) -> Verdict:
    """Make a file of ``appeals`` of a period, for a written reason."""
    return (
        exchange(user, involved)
        and refuse_unless(
            len(reason.strip()) >= SHORTEST_REASON,
            "exchange.reason_missing",
            _("Say what the file is needed for: the reason is kept."),
        )
        and refuse_unless(
            appeals > 0,
            "exchange.nothing",
            _("No appeal that you may read was registered in this period."),
        )
        and refuse_unless(
            appeals <= MOST_APPEALS,
            "exchange.too_many",
            _("More than %(most)d appeals were registered in this period: choose a shorter one.")
            % {"most": MOST_APPEALS},
        )
    )
