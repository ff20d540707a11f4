"""Our presets against the independently collected parameters of the law."""

import json
import os
from pathlib import Path

import pytest

from consultations.procedures.presets import PROCEDURES

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
FILE = SHARED / "data/rules_ua.json"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"no real data: {FILE} is absent")


@pytest.fixture(scope="module")
def rules():
    return {row["key"]: row for row in json.loads(FILE.read_text())}


PRESETS = {preset["code"]: preset for preset in PROCEDURES}
SHORTEST = {
    "draft-decision": "draft.publish_before_consideration",
    "privileges": "draft.publish_before_consideration.privileges",
    "regulatory-act": "reg.comment_period_min",
    "public-consultation": "consult.min_duration",
}


def numbers(basis: str) -> tuple[str, list[str]]:
    """«Закон 2939-VI ст. 15 ч. 4» → the law's number and its articles and parts."""
    words = basis.replace("№", "").replace(",", " ").split()
    return words[1], [word for word in words[2:] if word[0].isdigit()]


@pytest.mark.parametrize(("code", "key"), SHORTEST.items())
def test_the_shortest_period_and_its_article(rules, code, key):
    preset, row = PRESETS[code], rules[key]
    if isinstance(row["value"], dict):
        assert row["value"] == {preset["shortest_unit"]: preset["shortest"]}
    else:
        assert (row["value"], row["unit"]) == (preset["shortest"], preset["shortest_unit"])
    assert numbers(row["source"]) == numbers(preset["legal_basis"])


def test_the_longest_period_of_a_regulatory_act(rules):
    preset = PRESETS["regulatory-act"]
    assert rules["reg.comment_period_max"]["value"] == {preset["longest_unit"]: preset["longest"]}


def test_the_report_of_a_public_consultation(rules):
    preset, row = PRESETS["public-consultation"], rules["consult.report_publish"]
    assert (preset["report_within"], preset["report_unit"]) == (row["value"], row["unit"])


def test_what_martial_law_suspends(rules):
    source = numbers(rules["draft.martial_law_suspended"]["source"])
    suspended = {
        code
        for code, preset in PRESETS.items()
        if preset["martial_law_basis"] and numbers(preset["martial_law_basis"]) == source
    }
    assert suspended == {"draft-decision", "regulatory-act"}


def test_what_is_not_in_force(rules):
    assert "not yet in force" in rules["consult.min_duration"]["note"]
    assert [code for code, preset in PRESETS.items() if not preset.get("in_force", True)] == [
        "public-consultation"
    ]
