"""Each seeded fault still has its place in the code, so that a night does not find it gone."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.faults.seeded import FAULTS, Fault


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_fault_can_be_made(fault: Fault) -> None:
    text = (settings.BASE_DIR / fault.file).read_text(encoding="utf-8")
    assert text.count(fault.right) == 1, "the code has changed: say the fault anew"
