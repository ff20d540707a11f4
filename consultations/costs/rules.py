"""Rules of costs: who may say what a draft would cost. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations import rules
from consultations.models import Procedure
from core.domain.rules import Verdict, refuse, refuse_unless
from drafts.models import Clause

if TYPE_CHECKING:
    from accounts.eligibility import Eligibility
    from accounts.models import Anybody
    from consultations.models import Consultation
    from organisations.models import Organisation


NOT_THIS = refuse(
    "cost.obliges_nobody",
    _("This part of the draft asks nothing of anybody. Choose a clause, or speak of all of it."),
)
#: Parts of a draft that can ask something of a business; a heading or a preamble cannot.
_OBLIGING = frozenset(
    {
        Clause.Kind.ARTICLE,
        Clause.Kind.CLAUSE,
        Clause.Kind.SUBCLAUSE,
        Clause.Kind.PARAGRAPH,
        Clause.Kind.TABLE,
    }
)


def can_cost(clause: Clause) -> bool:
    """Whether following the clause can cost anything at all."""
    is_of_text = clause.role in (Clause.Role.ORDINARY, Clause.Role.QUOTED)
    return clause.kind in _OBLIGING and is_of_text


def say_as(organisation: Organisation) -> Verdict:
    """Say it for this organisation: figures are gathered by size of business."""
    return refuse_unless(
        bool(organisation.size),
        "cost.size_missing",
        _("Figures are gathered by size of business: say first how large the organisation is."),
    )


def say(
    user: Anybody,
    consultation: Consultation,
    procedure: Procedure,
    *,
    now: datetime,
    eligibility: Eligibility,
) -> Verdict:
    """Say, change and take back what a clause costs an organisation: while remarks are accepted, in
    a procedure about business. Whether one speaks for it, its mandate says; ``eligibility`` as in
    consultations.rules.take_part."""
    return refuse_unless(
        procedure.is_about_business,
        "cost.not_asked",
        _("Costs are asked for only when a draft regulates business."),
    ) and rules.take_part(user, consultation, now=now, eligibility=eligibility)
