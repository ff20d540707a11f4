"""Ballots of secret polls in boxes, sealed to the keys of their poll's keepers.

What is sealed is the ballot as JSON, filled up to the one length of the poll. What is bound to it –
suite, poll, kind, number of the voter's record, key – has to be the same when it is opened, so a
box that was copied elsewhere does not open (docs/adr/0118).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from core.domain.rules import Refused
from sealing import boxes
from votes.ballots.answers import ABSTAIN, BEST_SCORE, NONE_OF_THESE, Asked, read
from votes.models import Poll, Question

_CODE = "0" * 32
_Kind = Question.Kind


@dataclass(frozen=True, slots=True)
class Ballot:
    """Content of a box: choices as votes.ballots.answers.read gives them, the receipt's code or
    None.
    """

    choices: dict[str, Any]
    code: UUID | None


def length_for(questions: Sequence[Asked], *, has_receipts: bool) -> int:
    """The one length of what is sealed in a poll: its longest legal ballot, rounded up."""
    longest = {str(asked.id): _longest(asked) for asked in questions}
    return boxes.length_of(_write_ballot(longest, UUID(_CODE) if has_receipts else None))


def _longest(asked: Asked) -> Any:
    """An answer that is as long as any to this question; it need not be a legal one."""
    ids = sorted(asked.options, key=lambda pk: len(str(pk)), reverse=True)
    if asked.kind == _Kind.YES_NO:
        return ABSTAIN
    if asked.kind == _Kind.SINGLE:
        longest: Any = ids[0]
    elif asked.kind in (_Kind.MULTIPLE, _Kind.APPROVAL):
        longest = ids[: asked.most or len(ids)]
    elif asked.kind == _Kind.SCORE:
        longest = {str(pk): BEST_SCORE for pk in ids}
    elif asked.kind == _Kind.POINTS:
        longest = {str(pk): asked.budget for pk in ids}
    elif asked.kind == _Kind.RANKED:
        longest = ids
    else:
        raise ValueError(f"no ballot of a secret poll has a {asked.kind}")
    others = [NONE_OF_THESE] if asked.none_of_these else []
    return max([longest, *others], key=lambda answer: len(_json(answer)))


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _write_ballot(choices: Mapping[str, Any], code: UUID | None) -> bytes:
    return _json([choices, code.hex if code else None])


def info(poll: Poll, number: int, public_key: bytes) -> bytes:
    """Context to which a box is bound. JSON, so that no two of them are alike."""
    kind = poll.ballot_kind
    return _json(["viche ballot", 1, poll.suite, poll.pk, kind, number, public_key.hex()])


def seal(poll: Poll, keys: Sequence[bytes], number: int, ballot: Ballot) -> bytes:
    """A box for the record ``number`` of the poll, which each of the private keys opens."""
    if poll.suite != boxes.SUITE:
        raise ValueError("this ballot cannot be sealed")
    said = _write_ballot(ballot.choices, ballot.code)
    return boxes.seal(said, poll.box_length or 0, keys, partial(info, poll, number))


class Opener:
    """Opens the boxes of one poll by the key of one of its keepers, who stands at ``place`` among
    ``keepers``."""

    def __init__(
        self, poll: Poll, key: X25519PrivateKey, place: int, keepers: int, asked: Sequence[Asked]
    ) -> None:
        self.poll, self.key, self.place, self.keepers = poll, key, place, keepers
        self.asked, self.public_key = asked, boxes.public_half(key)
        self.length = poll.box_length or 0

    def open(self, number: int, box: bytes) -> Ballot | None:
        """Open the box of a record; None where it does not open, or its content is no ballot of
        this poll.
        """
        if len(box) != boxes.size_of(self.length, self.keepers):
            return None
        bound = info(self.poll, number, self.public_key)
        said = boxes.unseal(box, self.length, self.key, self.place, bound)
        if said is None:
            return None
        try:
            choices, code = json.loads(said)
            found = Ballot(read(self.asked, choices), UUID(code) if code else None)
        except (ValueError, TypeError, AttributeError, Refused):
            return None
        return found if (found.code is not None) == self.poll.has_receipts else None
