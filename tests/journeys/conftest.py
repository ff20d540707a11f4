"""What people's ways lead through."""

from __future__ import annotations

from typing import Any

import pytest

from consultations.models import Consultation
from tests import factories


@pytest.fixture
def consultation(transactional_db: None, department: Any) -> Consultation:
    return factories.consultation(department)
