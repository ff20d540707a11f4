"""What is held about people in consultations. Their words are the discussions' (Comment)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Fate, Holding, Purpose, deeds, hold, impersonal
from consultations.models import (
    Attachment,
    Consultation,
    DateChange,
    Link,
    Procedure,
    Remark,
    RemarkCount,
)
from discussions.privacy import RECORD

hold(
    Holding(
        model=Remark,
        purpose=Purpose.PARTICIPATION,
        title=_("What your remarks are about"),
        whose=("comment__author",),
        shown={
            "consultation__title": _("consultation"),
            "kind": _("kind"),
            "clause__label": _("clause"),
            "quote": _("words of the clause"),
        },
        fate=Fate.KEPT,
        kept_because=RECORD,
    )
)
deeds(DateChange, "by")
impersonal(
    Procedure, Consultation, Attachment, Link, why="a public document and who of the city answers"
)
impersonal(RemarkCount, why="counts")
impersonal(Consultation.themes.through, why="what a consultation is about")
