"""Of each seeded fault the diff selects the test that catches it (`bin/test --since`)."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.faults.seeded import FAULTS, Fault
from tests.selection.choose import Chooser

pytestmark = pytest.mark.with_all


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    return Chooser(settings.BASE_DIR)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_faults_diff_selects_the_test_that_catches_it(chooser: Chooser, fault: Fault) -> None:
    chosen = chooser.choose([fault.file])
    assert chosen.has(fault.test), chosen
