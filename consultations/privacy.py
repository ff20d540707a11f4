"""What is held about people in consultations. Their words are the discussions' (Comment)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Fate, Holding, Purpose, deeds, hold, impersonal
from consultations.costs.models import Cost
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
    ),
    Holding(
        model=Cost,
        purpose=Purpose.ORGANISATIONS,
        title=_("What a draft would cost your organisation"),
        whose=("by",),
        shown={
            "consultation__title": _("consultation"),
            "organisation__short_name": _("organisation"),
            "clause__label": _("clause"),
            "hours_once": _("hours of work, once"),
            "hours_yearly": _("hours of work, every year"),
            "money_once": _("hryvnias, once"),
            "money_yearly": _("hryvnias, every year"),
            "note": _("note for the council"),
            "at": _("when"),
        },
        fate=Fate.EMPTIED,
        emptied={"note": ""},
        kept_because=_(
            "The figures are the organisation’s, in the analysis of a regulatory act "
            "(law 1160-IV art. 8); your note goes"
        ),
    ),
)
deeds(DateChange, "by")
impersonal(
    Procedure, Consultation, Attachment, Link, why="a public document and who of the city answers"
)
impersonal(RemarkCount, why="counts")
impersonal(Consultation.themes.through, why="what a consultation is about")
