"""Duties of law 3841-IX art. 16 for an act without a consultation, and their state for one act."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.acts.models import UrgentAct
from core.domain.calendar import local_date

_LAW = "Закон № 3841-IX"


@dataclass(frozen=True, slots=True)
class UrgentItem:
    """One thing that the article asks: its part, and whether the act has it."""

    name: str | Promise
    article: str
    is_done: bool

    @property
    def kind(self) -> str:
        """The colour of its tag (components/status_tag.html)."""
        return "done" if self.is_done else "stop"

    @property
    def label(self) -> str | Promise:
        if self.is_done:
            return pgettext_lazy("item of a checklist", "done")
        return _("missing")

    @property
    def source(self) -> str:
        return f"{_LAW}, {self.article}"


def asked_of_urgent(act: UrgentAct) -> list[UrgentItem]:
    """Every item of the article. Publishing is refused without them (acts.rules.publish); of a row
    that came into the database otherwise the page says what is missing."""
    is_on_the_day = local_date(act.published_at) == act.adopted_on
    return [
        UrgentItem(
            _("a ground of the closed list, and why it could not wait"),
            "ст. 16 ч. 1",
            act.ground in UrgentAct.Ground.values and bool(act.need.strip()),
        ),
        UrgentItem(_("justification"), "ст. 16 ч. 2", bool(act.justification.strip())),
        UrgentItem(_("text of the act"), "ст. 16 ч. 2", bool(act.text.strip())),
        UrgentItem(_("published on the day of its adoption"), "ст. 16 ч. 2", is_on_the_day),
    ]
