"""The register of personal data in insights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    impersonal,
    register,
    staff_references,
)
from insights.models import (
    Goal,
    IndicatorValue,
    Panel,
    PanelConsent,
    PanelMember,
    PanelStratum,
    PanelTally,
    TrustSurvey,
    VisitorSketch,
    YearReport,
)

register(
    PersonalData(
        model=PanelConsent,
        purpose=Purpose.PANELS,
        title=_("That you may be drawn for panels"),
        shown={"at": _("since")},
        on_erasure=OnErasure.DELETED,
    ),
    PersonalData(
        model=PanelMember,
        purpose=Purpose.PANELS,
        title=_("Panels that go on: your key in the published list"),
        shown={
            "panel__year": _("year"),
            "panel__quarter": _("quarter"),
            "key": _("key in the list"),
            "is_drawn": _("drawn"),
            "has_answered": _("answered"),
        },
        kept_until=_(
            "until the draw, if you are not drawn; else until the panel closes; no longer than you "
            "want to be drawn"
        ),
        on_erasure=OnErasure.DELETED,
    ),
)
impersonal(
    VisitorSketch,
    why="registers of a HyperLogLog, keyed with a salt that is nowhere in the database",
)
impersonal(Panel, why="a question, and a list of random keys")
impersonal(PanelStratum, PanelTally, why="counts")
impersonal(IndicatorValue, why="counts, of parts none of them small")
impersonal(Goal, why="what the city strives for")
staff_references(YearReport, "published_by", "changed_by")
staff_references(TrustSurvey, "entered_by")
