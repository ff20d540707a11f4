"""Actions on electronic services: entering one, its figures, and what is concluded of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from records.events import ServiceAdded, ServiceChanged, ServiceConcluded, ServiceUseEntered
from records.models import Conclusion, Service, ServiceUse
from records.services import rules

if TYPE_CHECKING:
    from accounts.models import User


def add(*, by: User, fields: Mapping[str, Any]) -> Service:
    """Enter a service; ``fields``: values of its editable columns. Refuses by rules.say. Emits
    ServiceAdded."""
    with action():
        service = Service(**fields)
        require(rules.say(by, service, today=_today()))
        service.save()
        created(service)
        emit(ServiceAdded(service.pk, by.pk))
        return service


def change(service: Service, *, by: User, fields: Mapping[str, Any]) -> Service:
    """Change what is said of a service. Refuses by rules.say, for the department that holds it
    and for that which is to. Emits ServiceChanged."""
    with action():
        service = locked(service)
        require(rules.keep(by, service.department_id))
        for name, value in fields.items():
            setattr(service, name, value)
        require(rules.say(by, service, today=_today()))
        _save(service, *fields)
        emit(ServiceChanged(service.pk, by.pk))
        return service


def enter_use(
    service: Service, *, by: User, month: date, number: int, reason: str = ""
) -> ServiceUse:
    """Enter how many times a service was used in a month, or correct it with a reason.

    ``month``: any day of it. The figure that stands, sent again, changes nothing. Refuses by
    rules.enter_use. Emits ServiceUseEntered.
    """
    month, reason = month.replace(day=1), reason.strip()
    with action():
        service = locked(service)
        before = service.uses.filter(month=month).order_by("-edition").first()
        require(
            rules.enter_use(
                by,
                service,
                month=month,
                this_month=_today().replace(day=1),
                is_first=before is None or before.number == number,
                reason=reason,
            )
        )
        if before is not None and before.number == number:
            return before
        use = ServiceUse.objects.create(
            service=service,
            month=month,
            edition=before.edition + 1 if before else 1,
            number=number,
            reason=reason if before else "",
            by=by,
        )
        created(use)
        emit(ServiceUseEntered(service.pk, by.pk, use.pk))
        return use


def conclude(
    service: Service, *, by: User, outcome: str, words: str, last_day: date | None = None
) -> Conclusion:
    """Conclude publicly what becomes of a service. ``outcome``: a value of Conclusion.Outcome;
    ``last_day``: of a prolonged pilot, or of the service that is ended.

    Refuses by rules.conclude. Emits ServiceConcluded.
    """
    if outcome == Conclusion.Outcome.PERMANENT:
        last_day = None
    with action():
        service = locked(service)
        require(rules.conclude(by, service, outcome=outcome, words=words, last_day=last_day))
        if outcome == Conclusion.Outcome.ENDED:
            service.ended_on = last_day
        else:
            service.pilot_until = last_day
        _save(service, "ended_on", "pilot_until")
        made = Conclusion.objects.create(
            service=service, outcome=outcome, words=words.strip(), last_day=last_day, by=by
        )
        created(made)
        emit(ServiceConcluded(service.pk, by.pk, made.pk))
        return made


def _save(service: Service, *columns: str) -> None:
    service.changed_at = clock.now()
    service.save(update_fields=[*columns, "changed_at"])


def _today() -> date:
    return local_date(clock.now())
