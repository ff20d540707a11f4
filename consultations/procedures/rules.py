"""Rule of putting a procedure into force before its law is. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations.models import Procedure
from core.domain.calendar import Period, Unit, add_months
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    pass

if TYPE_CHECKING:
    from consultations.models import Procedure

type Periods = Collection[tuple[date, date | None]]


def put_in_force(procedure: Procedure, *, today: date, martial_law: Periods) -> Verdict:
    """Let officers choose it: once its law is in force, or on a ground that the council names.

    Law 3841-IX comes into force 12 months after martial law ends (its final provisions, item 1).
    ``martial_law``: first and last day of each period, the last None while it goes on. Refuses by
    ``procedure.law_not_in_force``.
    """
    months = procedure.months_after_martial_law
    if months is None or not martial_law or procedure.early_ground.strip():
        return ALLOWED
    period = Period(months, Unit.MONTHS)
    ends = [last for _first, last in martial_law]
    if None in ends:
        message = _(
            "Its law comes into force %(period)s after martial law ends, and martial law is "
            "recorded as going on. Say on what ground the council applies it earlier."
        )
        return refuse("procedure.law_not_in_force", message % {"period": period})
    ended = max(last for last in ends if last)
    since = add_months(ended, months)
    if today >= since:
        return ALLOWED
    message = _(
        "Its law comes into force %(period)s after martial law ends: it ended on %(ended)s, "
        "so not before %(since)s. Say on what ground the council applies it earlier."
    )
    facts = {"period": period, "ended": date_format(ended), "since": date_format(since)}
    return refuse("procedure.law_not_in_force", message % facts, since=since)


def change_procedure(procedure: Procedure, changed: Collection[str], *, is_in_use: bool) -> Verdict:
    """Correct a procedure's columns ``changed``; ``is_in_use``: something was announced under it.

    Then what was promised stays; it can only go out of force, and another take its place.
    """
    return refuse_unless(
        not is_in_use or set(changed) <= {"in_force", "early_ground", "note", "name_en"},
        "procedure.in_use",
        _(
            "Consultations were announced under “%(name)s”: put the changed one in under a "
            "code of its own, and this one out of force."
        )
        % {"name": procedure.name},
    )
