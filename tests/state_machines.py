"""What the life machines share: an act is done, or refused, exactly as their model says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from core.domain.rules import Refused
from core.models import AuditEntry


class Attempts:
    """``done`` counts what was really done, so that a machine that is always refused is seen."""

    done: Counter[str]

    def attempt(self, allowed: bool, act: Any, *args: Any, **kwargs: Any) -> Any:
        """Do it; it must be refused exactly when it is not allowed. A refusal changes nothing."""
        self.done[f"{act.__name__} {'done' if allowed else 'refused'}"] += 1
        if allowed:
            return act(*args, **kwargs)
        before = AuditEntry.objects.count()
        with pytest.raises(Refused), transaction.atomic():
            act(*args, **kwargs)
        assert AuditEntry.objects.count() == before
        return None


def live(
    machine: Callable[[], RuleBasedStateMachine],
    *,
    examples: int,
    steps: int,
    seed: int | None = None,
) -> None:
    """Run so many lives of the machine: the same ones each time, or others by a ``seed``.

    The seed is printed by the run (--nightly), and here again where a life fails.
    """
    if seed is not None:
        print(f"bin/test --nightly --seed {seed}")
        machine = hypothesis.seed(seed)(machine)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=seed is None,
            suppress_health_check=list(HealthCheck),
        ),
    )
