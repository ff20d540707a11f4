"""Rules of acts without a consultation. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.acts.models import UrgentAct
from consultations.rules import prepare
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody


def publish(user: Anybody, act: UrgentAct, *, today: date) -> Verdict:
    """Publish an act that was adopted without public consultations: officers of the department that
    prepared it, with the need, the justification and the text, on the day of its adoption (law
    3841-IX art. 16(2))."""
    return (
        prepare(user, act.department_id)
        and refuse_unless(
            act.number.strip() and act.title.strip(),
            "act.number_missing",
            _("Say the title and the number of the act."),
        )
        and refuse_unless(
            act.ground in UrgentAct.Ground.values and act.need.strip(),
            "act.need_missing",
            _("Say why it could not wait for a consultation (law 3841-IX art. 16)."),
        )
        and refuse_unless(
            act.justification.strip(),
            "act.justification_missing",
            _("Give the justification (law 3841-IX art. 16(2))."),
        )
        and refuse_unless(
            act.text.strip(),
            "act.text_missing",
            _("Put in the text of the act (law 3841-IX art. 16(2))."),
        )
        and refuse_unless(
            act.adopted_on <= today,
            "act.in_the_future",
            _("That day is still to come."),
        )
        and refuse_unless(
            act.adopted_on == today,
            "act.published_late",
            _(
                "It was to be published on the day of its adoption (law 3841-IX art. 16(2)): what "
                "was adopted on an earlier day cannot be entered as urgent any more."
            ),
        )
    )
