"""What the council has decided on the remarks of the pages that are looked at."""

from __future__ import annotations

from accounts.models import User
from consultations.dispositions import actions, actions_bulk
from consultations.dispositions.actions_texts import add_text
from consultations.models import Remark


def build(said: Remark, his: Remark, hidden: Remark, *, by: User) -> None:
    """One approved, one without its reason, one of a hidden remark, and words saved for more."""
    consultation = said.consultation
    key = said.clause_key
    actions.settle(said, by=by, kind="partly", reason="До 21:30.", resulting_key=key)
    actions.settle(hidden, by=by, kind="noted", reason="Нічого не пропонує.")
    actions_bulk.approve_many(consultation, [said.pk, hidden.pk], by=by)
    actions.settle(his, by=by, kind="rejected")
    actions.assign(consultation, [his.pk], by=by, person_id=by.pk)
    department = consultation.department
    add_text(department, by=by, use="reason", title="Тиша", text="Тиша з 22:00.")
