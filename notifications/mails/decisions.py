"""Mails about decisions: everybody who took part is told what the council decided."""

from __future__ import annotations

from accounts.models import User
from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.decisions.models import Decision, DecisionChange
from consultations.models import Remark
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.fanout import tell

TEMPLATE = "consultations/decided"
#: So many of one's own remarks are named in a mail.
_MOST_REMARKS = 10


@within(DecisionEntered)
def decision_entered(event: DecisionEntered) -> None:
    """Tell everybody who took part what was decided, with the trail of each remark of theirs."""
    _tell(event.consultation_id, f"decision:{event.decision_id}")


@within(DecisionChanged)
def decision_changed(event: DecisionChanged) -> None:
    """Tell them when the outcome is another one; a correction of its number is read on the page."""
    changes = DecisionChange.objects.select_related("decision").filter(pk=event.change_id)
    change = changes.first()
    if change is not None and change.former_outcome != change.decision.outcome:
        _tell(event.consultation_id, f"change:{change.pk}")


def _tell(consultation_id: int, about: str) -> None:
    tell("participants", TEMPLATE, about=about, consultation_id=consultation_id)


@mail(TEMPLATE)
def _decided(user: User, *, consultation_id: int) -> Context:
    decision = (
        Decision.objects.filter(consultation=consultation_id, consultation__withdrawn_at=None)
        .select_related("consultation")
        .first()
    )
    if decision is None:
        return None
    own = Remark.objects.public().filter(consultation=consultation_id, comment__author=user)
    remarks = own.select_related("comment").order_by("pk")[:_MOST_REMARKS]
    return {
        "consultation": decision.consultation,
        "decision": decision,
        "remarks": list(remarks),
    }
