"""Publishing an act that was adopted without public consultations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.acts import rules
from consultations.acts.models import UrgentAct
from consultations.events import UrgentActPublished
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require


def publish(*, by: User, fields: Mapping[str, Any]) -> UrgentAct:
    """Publish it with why it could not wait; ``fields``: values of its editable columns.

    Refuses by acts.rules.publish, and ``act.published_already``. Emits UrgentActPublished.
    """
    with action():
        act = UrgentAct(by=by, **fields)
        require(rules.publish(by, act, today=local_date(clock.now())))
        same = UrgentAct.objects.filter(number=act.number, adopted_on=act.adopted_on)
        if same.exists():
            reject("act.published_already", _("This act is published already."))
        act.save()
        created(act)
        emit(UrgentActPublished(act.pk, by.pk))
        return act
