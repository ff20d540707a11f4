"""Remarks on real texts are carried to where they belong: a tenth of `bin/bench carrying`."""

import os
from pathlib import Path

import pytest

from tests.consultations.carrying.judging import judge_texts

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
TEXTS = sorted((SHARED / "data/ua_official").glob("*.txt"))

pytestmark = pytest.mark.skipif(not TEXTS, reason=f"no real data: {SHARED}/data")


@pytest.mark.cpu(8)
def test_nearly_all_find_their_clause():
    small = [path for path in TEXTS if path.stat().st_size < 80_000]
    judged = judge_texts(small, 200, seed=7)
    assert sum(judged.table.values()) == judged.total.total()
    assert judged.false_exact == 0
    assert judged.share_right >= 0.97, judged.wrong
