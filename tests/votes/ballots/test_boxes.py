"""Boxes of secret ballots: one length, and what does not open."""

from __future__ import annotations

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sealing.boxes import STEP, SUITE, size_of
from votes.ballots.answers import ABSTAIN, NO, NONE_OF_THESE, YES, Asked
from votes.ballots.boxes import Ballot, Opener, length_for, seal
from votes.models import Poll

ids = st.integers(1, 2**63 - 1)


@st.composite
def questions_with_ballots(draw):
    """Questions of a secret poll and a legal ballot, of any kinds."""
    asked, choices = [], {}
    for pk in draw(st.lists(ids, min_size=1, max_size=4, unique=True)):
        options = tuple(draw(st.lists(ids, min_size=2, max_size=8, unique=True)))
        kind = draw(
            st.sampled_from(
                ["single", "multiple", "approval", "yes_no", "ranked", "score", "points"]
            )
        )
        most = draw(st.integers(1, len(options))) if kind == "multiple" else None
        budget = draw(st.integers(1, 1000)) if kind == "points" else 0
        none = draw(st.booleans())
        asked.append(
            Asked(
                pk, kind, options, most=most, budget=budget, none_of_these=none, is_required=False
            )
        )
        some = draw(st.permutations(options))[: draw(st.integers(1, most or len(options)))]
        answer = {
            "single": some[0],
            "multiple": sorted(some, key=options.index),
            "approval": sorted(some, key=options.index),
            "yes_no": draw(st.sampled_from([YES, NO, ABSTAIN])),
            "ranked": list(some),
            "score": {str(each): draw(st.integers(0, 5)) for each in options if each in some},
            "points": {str(some[0]): budget},
        }[kind]
        choices[str(pk)] = NONE_OF_THESE if none and draw(st.booleans()) else answer
    return asked, choices


def poll_for(asked, **fields):
    poll = Poll(pk=7, secrecy="secret", suite=SUITE, **fields)
    poll.box_length = length_for(asked, has_receipts=poll.has_receipts)
    return poll


KEYS = [X25519PrivateKey.generate(), X25519PrivateKey.generate()]
PUBLIC_KEYS = [key.public_key().public_bytes_raw() for key in KEYS]
CODE = UUID(int=2**127 + 5)


def opener_of(poll, asked, place):
    return Opener(poll, KEYS[place], place, len(KEYS), asked)


@given(questions_with_ballots(), st.sampled_from(["once", "changeable"]))
def test_every_legal_ballot_has_one_length_and_opens_for_each_keeper(drawn, kind):
    asked, choices = drawn
    poll = poll_for(asked, ballot_kind=kind)
    ballot = Ballot(choices, CODE if poll.has_receipts else None)
    box = seal(poll, PUBLIC_KEYS, 12, ballot)
    assert poll.box_length % STEP == 0
    assert len(box) == size_of(poll.box_length, len(KEYS))
    for place in range(len(KEYS)):
        assert opener_of(poll, asked, place).open(12, box) == ballot


ASKED = [Asked(3, "single", (4, 5))]


def test_a_box_opens_where_it_was_sealed_and_nowhere_else():
    poll = poll_for(ASKED)
    box = seal(poll, PUBLIC_KEYS, 12, Ballot({"3": 4}, CODE))
    here = opener_of(poll, ASKED, 0)
    assert here.open(12, box)
    assert here.open(13, box) is None, "another record"
    for changed in (box[:-1], box + b"\0", box[1:] + box[:1], b"", bytes([box[0] ^ 1]) + box[1:]):
        assert here.open(12, changed) is None
    other = poll_for(ASKED)
    other.pk = 8
    assert opener_of(other, ASKED, 0).open(12, box) is None, "another poll"
    other = poll_for(ASKED, ballot_kind="changeable")
    assert opener_of(other, ASKED, 0).open(12, box) is None, "another kind"
    foreign = seal(poll, PUBLIC_KEYS[::-1], 12, Ballot({"3": 4}, CODE))
    assert here.open(12, foreign) is None, "another key in the row"
    assert here.open(12, seal(poll, PUBLIC_KEYS, 12, Ballot({"3": 99}, CODE))) is None, "no ballot"
    assert here.open(12, seal(poll, PUBLIC_KEYS, 12, Ballot({"3": 4}, None))) is None, "no code"


def test_what_is_too_long_or_of_an_unknown_suite_is_not_sealed():
    poll = poll_for(ASKED)
    with pytest.raises(ValueError):
        seal(poll, PUBLIC_KEYS, 12, Ballot({"3": list(range(500))}, CODE))
    poll.suite = "another"
    with pytest.raises(ValueError):
        seal(poll, PUBLIC_KEYS, 12, Ballot({"3": 4}, CODE))
