"""Each seeded fault still has its place in the code, and its test: no night finds them gone."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.access.routes import names
from tests.faults.seeded import FAULTS, Fault
from tests.pages.routes import PAGES


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_fault_can_be_made(fault: Fault) -> None:
    text = (settings.BASE_DIR / fault.file).read_text(encoding="utf-8")
    assert text.count(fault.right) == 1, "the code has changed: say the fault anew"
    path, _, name = fault.test.partition("::")
    function, _, case = name.rpartition("::")[2].rstrip("]").partition("[")
    defined = (settings.BASE_DIR / path).read_text(encoding="utf-8")
    assert f"def {function}(" in defined or not function, "no such test any more"
    if case and path.startswith(("tests/pages/", "tests/access/test_access")):
        assert case in {**PAGES, **dict(names())}, "no such route any more"
