"""Mails to administrators about faults of the installation."""

from __future__ import annotations

from accounts.models import User
from core.models import StateFault
from core.state.registry import title_of
from notifications.mails.contents import Context, mail


@mail("operation/raised")
def _raised(user: User, *, fault_id: int) -> Context:
    """Nothing of one that is over by now: the other mail tells it whole."""
    fault = StateFault.objects.filter(pk=fault_id, over_at=None).first()
    return _context(user, fault)


@mail("operation/over")
def _over(user: User, *, fault_id: int) -> Context:
    fault = StateFault.objects.filter(pk=fault_id, over_at__isnull=False).first()
    return _context(user, fault)


def _context(user: User, fault: StateFault | None) -> Context:
    if fault is None or not user.is_administrator:
        return None
    return {"fault": fault, "title": title_of(fault.name)}
