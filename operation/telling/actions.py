"""Write down what the checks find, and have administrators told of it."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from core.domain.actions import action
from core.domain.events import emit
from core.state.faults import Changes, record_results
from core.state.registry import run_checks
from operation.events import FaultOver, FaultRaised


def record_state() -> Changes:
    """Run all checks, raise and end faults. Their words are Ukrainian, the state's language (law
    2704-VIII art. 27). Emits FaultRaised and FaultOver, once for each."""
    with translation.override(settings.LANGUAGE_CODE):
        results = run_checks()
    with action():
        changes = record_results(results)
        for pk in changes.raised:
            emit(FaultRaised(pk))
        for pk in changes.over:
            emit(FaultOver(pk))
    return changes
