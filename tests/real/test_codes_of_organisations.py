"""Codes against vectors that were collected independently."""

import json
import os
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from organisations.registering.codes import clean_edrpou, clean_rnokpp

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
FILE = SHARED / "data/identity/test_vectors.json"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"no real data: {FILE} is absent")
CLEAN = {"edrpou": clean_edrpou, "rnokpp": clean_rnokpp}


@pytest.fixture(scope="module")
def vectors():
    return json.loads(FILE.read_text())


@pytest.mark.parametrize("kind", CLEAN)
def test_every_valid_one_is_taken_as_it_is(vectors, kind):
    assert vectors[kind]["valid"]
    for code in vectors[kind]["valid"]:
        assert CLEAN[kind](code) == code
        assert CLEAN[kind](f"  {code[:3]} {code[3:]}\u00a0") == code


@pytest.mark.parametrize("kind", CLEAN)
def test_every_invalid_one_is_refused(vectors, kind):
    assert vectors[kind]["invalid"]
    for code in vectors[kind]["invalid"]:
        with pytest.raises(ValidationError):
            CLEAN[kind](code)
