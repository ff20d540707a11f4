"""What the life machines share: an act is done, or refused, exactly as their model says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from core.models import AuditEntry
from core.rules import Refused


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
