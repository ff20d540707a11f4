"""Personal data in moderation: contests; and who of the council decided what."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    register,
    staff_references,
)
from moderation.models import Contest, QueueItem, Ruling, SavedReason, WatchedWord

register(
    PersonalData(
        model=Contest,
        purpose=Purpose.PARTICIPATION,
        title=_("Moderators’ decisions that you contested"),
        whose=("by",),
        shown={
            "ruling__comment": _("number of the remark"),
            "ruling__rule": _("rule"),
            "words": _("why the decision is wrong"),
            "at": _("when"),
            "outcome": _("outcome"),
            "reason": _("reason"),
            "decided_at": _("decided"),
        },
        for_programs=("ruling__comment",),
        recipients=_("you; the moderators"),
        on_erasure=OnErasure.EMPTIED,
        emptied={"words": ""},
        kept_because=_("What moderators decided and why is counted; no name and no words stay"),
    ),
)
staff_references(Contest, "against", "decided_by")
staff_references(Ruling, "by")
staff_references(QueueItem, "settled_by", "claimed_by")
staff_references(WatchedWord, "added_by")
staff_references(SavedReason, "added_by")
