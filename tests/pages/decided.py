"""A consultation with its decision, for the pages: a trail to the end, a step that is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from accounts.deadlines.actions import make_calendar_link
from accounts.models import User
from city.models import Department, Theme
from consultations.decisions import actions
from consultations.models import Consultation, Disposition, Remark
from consultations.remarks import actions as remark_actions
from core.domain import clock
from core.domain.calendar import local_date
from drafts.versions import actions as drafts
from tests import factories


@dataclass(frozen=True)
class Decided:
    """``remark``: olena's, taken into account; ``waiting``: reported, not decided yet; ``key``: of
    ofi's calendar."""

    consultation: Consultation
    remark: Remark
    waiting: Consultation
    key: str


def build(people: dict[str, User], department: Department) -> Decided:
    """An adopted act whose text holds what olena asked for; corrected once."""
    olena, ofi = people["olena"], people["ofi"]
    consultation = factories.consultation(department, title="Порядок роботи майданчиків у свята")
    consultation.themes.add(*Theme.objects.all()[:1])
    clause = consultation.draft.versions.get().clauses.get(number="2")
    remark = remark_actions.remark(
        consultation, by=olena, text="Улітку світло до десятої.", clause_id=clause.pk
    )
    text = factories.DRAFT.replace("8:00 до 22:00", "8:00 до 23:00")
    version = drafts.import_version(consultation.draft, text.encode(), name="act.txt", by=ofi)
    version = drafts.publish(version, by=ofi)
    now = clock.now()
    Disposition.objects.create(
        remark=remark,
        kind="partly",
        reason="Улітку – до 23:00, узимку – без змін.",
        resulting_key=clause.key,
        by=ofi,
        decided_at=now,
    )
    consultation.closes_at = consultation.reported_at = clock.now()
    consultation.outcome = "Враховано одне зауваження."
    consultation.save()
    today = local_date(now)
    votes = {"votes_for": 38, "against": 4, "abstained": 3, "not_voting": 2, "members": 54}
    act = {"outcome": "adopted", "decided_on": today, "number": "2408", "text": version, **votes}
    decision = actions.enter(consultation, by=ofi, fields=act)
    actions.change(
        decision, by=ofi, fields={**act, "number": "2408-VIII"}, reason="Описка в номері."
    )
    for words, days in (("Оновити вивіски на майданчиках", -4), ("Перевірити освітлення", 40)):
        step = actions.add_step(
            decision,
            by=ofi,
            text=words,
            responsible="Департамент розвитку інфраструктури",
            due_on=today + timedelta(days=days),
        )
        actions.note_step(step, by=ofi, due_on=step.due_on, text="Замовлено.")
    waiting = factories.consultation(department, "reported", title="Звіт без рішення")
    return Decided(consultation, remark, waiting, make_calendar_link(ofi))
