"""Actions on costs: saying what a draft would cost, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.costs import rules
from consultations.costs.models import LONGEST_NOTE, MOST_HOURS, MOST_MONEY, Cost
from consultations.events import CostSaid, CostTakenBack
from consultations.models import Consultation, Procedure
from consultations.remarks.actions import STATE, clause_of
from consultations.remarks.participation import eligibility_in
from core.domain.actions import action, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from core.domain.typography import group_thousands
from organisations.mandates import queries
from organisations.models import MandatePower


def say_cost(
    consultation: Consultation,
    *,
    by: User,
    organisation_id: int,
    clause_id: int | None = None,
    hours_once: int = 0,
    hours_yearly: int = 0,
    money_once: int = 0,
    money_yearly: int = 0,
    note: str = "",
) -> Cost:
    """Say for an organisation what a clause (``clause_id`` None: the whole draft) would cost it.

    Hours of work and whole hryvnias, once and every year; what it said before of the same clause
    is replaced, the trace of that is the audit's. ``note`` is read by the council alone.
    Refuses by rules.say, rules.say_as and organisations.rules.speak_for, and with
    ``remark.no_such_clause``, ``cost.obliges_nobody``, ``cost.out_of_bounds``,
    ``cost.note_too_long``. Emits CostSaid.
    """
    figures = {
        "hours_once": hours_once,
        "hours_yearly": hours_yearly,
        "money_once": money_once,
        "money_yearly": money_yearly,
    }
    with action():
        fresh, now = shared(consultation, *STATE, "procedure")
        _require_asked(fresh, by, organisation_id, now=now)
        clause = clause_of(fresh, clause_id)
        if clause is not None and not rules.can_cost(clause):
            require(rules.NOT_THIS)
        _require_possible(figures, note)
        organisation = queries.hold(by, organisation_id, MandatePower.COMMENT).organisation
        require(rules.say_as(organisation))
        said = Cost(
            consultation=fresh,
            organisation=organisation,
            size=organisation.size,
            clause=clause,
            clause_key=clause.key if clause else None,
            note=note.strip(),
            by=by,
            at=now,
            **figures,
        )
        Cost.objects.bulk_create(
            [said],
            update_conflicts=True,
            unique_fields=["consultation", "organisation", "clause_key"],
            update_fields=["size", "clause", "note", "by", "at", *figures],
        )
        created(said)
        emit(CostSaid(said.pk, fresh.pk, organisation.pk, by.pk))
        return said


def take_back_cost(cost: Cost, *, by: User) -> None:
    """Take an organisation's answer out again, while the consultation is open.

    Refuses by rules.say and organisations.rules.speak_for. Emits CostTakenBack.
    """
    with action():
        fresh, now = shared(cost.consultation, *STATE, "procedure")
        _require_asked(fresh, by, cost.organisation_id, now=now)
        queries.hold(by, cost.organisation_id, MandatePower.COMMENT)
        if Cost.objects.filter(pk=cost.pk).delete()[0]:
            emit(CostTakenBack(cost.pk, fresh.pk, cost.organisation_id, by.pk))


def _require_asked(
    consultation: Consultation, by: User, organisation_id: int, *, now: datetime
) -> None:
    procedures = Procedure.objects.only("participants", "min_age")
    procedure = consultation.procedure = procedures.get(pk=consultation.procedure_id)
    eligibility = eligibility_in(by, procedure, speaks_for=organisation_id)
    require(rules.say(by, consultation, procedure, now=now, eligibility=eligibility))


def _require_possible(figures: dict[str, int], note: str) -> None:
    for name, figure in figures.items():
        most = MOST_HOURS if name.startswith("hours") else MOST_MONEY
        if not 0 <= figure <= most:
            reject(
                "cost.out_of_bounds",
                _("Figures are whole, from 0 to %(most)s.") % {"most": group_thousands(most)},
            )
    if len(note) > LONGEST_NOTE:
        reject(
            "cost.note_too_long",
            _("This is too long: at most %(most)s characters.")
            % {"most": group_thousands(LONGEST_NOTE)},
        )
