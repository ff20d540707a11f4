"""The lot of a panel: shares of strata, who is drawn, and that anybody repeats it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.models import PanelMember
from insights.panel import repeat
from insights.panel.seeds import to_drawn
from insights.panel.strata import FEWEST, OTHER, label_strata
from tests.insights.panels import SEED, drawn, willing

_SIZES = st.dictionaries(
    st.text("абвгд:0", min_size=1, max_size=4), st.integers(1, 3000), min_size=1, max_size=12
)
_PLACES = st.dictionaries(
    st.tuples(st.sampled_from("абвг"), st.sampled_from(["", "14", "16", "18"])),
    st.integers(1, 12),
    min_size=1,
)


@settings(max_examples=200)
@given(sizes=_SIZES, seats=st.integers(1, 4000))
def test_each_stratum_is_within_one_person_of_its_share(sizes, seats):
    given_seats = repeat.share_seats(seats, sizes)
    people = sum(sizes.values())
    seats = min(seats, people)
    assert sum(given_seats.values()) == seats
    for stratum, size in sizes.items():
        assert abs(given_seats[stratum] - Fraction(seats * size, people)) < 1
        assert given_seats[stratum] <= size


@settings(max_examples=200)
@given(people=_PLACES)
def test_no_stratum_has_fewer_than_five_unless_all_are_one(people):
    labels = label_strata([place for place, number in people.items() for _ in range(number)])
    sizes = Counter()
    for place, number in people.items():
        sizes[labels[place]] += number
    assert labels.keys() == people.keys()
    assert min(sizes.values()) >= FEWEST or len(sizes) == 1


def test_small_strata_stand_together_by_the_published_rule():
    people = {("a", "18"): 40, ("a", "16"): 3, ("b", "18"): 50, ("b", "16"): 6, ("c", ""): 2}
    labels = label_strata([place for place, number in people.items() for _ in range(number)])
    assert labels == {
        ("a", "18"): "a",
        ("a", "16"): "a",
        ("b", "18"): "b:18",
        ("b", "16"): OTHER,  # the smallest joins district c, which has two people
        ("c", ""): OTHER,
    }


def test_anybody_repeats_the_lot_with_python_alone(client, admin, tmp_path):
    willing("zarichchia", 18, 40)
    willing("stepove", 18, 25)
    willing("stepove", 16, 8)
    panel = drawn(admin, seats=20)
    page = f"/insights/trust/{panel.pk}/"
    listing, told = client.get(f"{page}list.csv").content, client.get(f"{page}drawn.csv").content
    assert sha256(listing).hexdigest() == panel.list_hash
    assert panel.list_hash in client.get(page).content.decode()
    (tmp_path / "list.csv").write_bytes(listing)
    (tmp_path / "repeat.py").write_bytes(client.get("/insights/trust/repeat.py").content)
    command = [sys.executable, "-I", tmp_path / "repeat.py", tmp_path / "list.csv", SEED]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    head, _newline, rows = printed.partition("\n")
    assert head == f"# SHA-256 of the list: {panel.list_hash}"
    assert rows == told.decode()
    members = PanelMember.objects.filter(panel=panel)
    assert {line.rpartition(",")[2] for line in rows.splitlines()[1:]} == set(
        members.values_list("key", flat=True)
    )
    assert {s.label: s.seats for s in panel.strata.all()} == {
        "zarichchia:18": 11,
        "stepove:18": 7,
        "stepove:16": 2,
    }
    other = subprocess.run([*command[:-1], "another"], check=True, capture_output=True, text=True)
    assert other.stdout != printed


def test_the_program_says_how_it_is_used():
    program = Path(repeat.__file__)
    used = subprocess.run([sys.executable, program], capture_output=True, text=True, check=False)
    assert used.returncode == 2 and "repeat.py" in used.stderr


@pytest.mark.parametrize(
    ("spellings", "drawn_with"),
    [
        (
            ["8f3a20", "8F3A20", " 8f3a20\n", "0x8F3A20", "8f 3a 20", "008f3a20", "８f3a20"],
            "8f3a20",
        ),
        (["20261201", "0020261201", "2026-1201"], "20261201"),
        (["5 12 33", "05, 12, 33", "5-12-33", "05;12;33"], "5-12-33"),
        (["000", "0x0", "0"], "0"),
        (["", "  ", "-", "0x", "round 20", "п’ять", "12g4"], ""),
    ],
)
def test_a_seed_has_one_spelling_however_it_is_typed(spellings, drawn_with):
    """Its spelling was a choice of a few lots."""
    assert {to_drawn(each) for each in spellings} == {drawn_with}
    assert to_drawn(drawn_with) == drawn_with
