"""A kind of mail, and what makes it untrue between the event and the sending.

``find`` makes the thing, and gives the row, whom the mail is for and the ids that were deferred.
``ends``: columns that are written over the row, or what is done to it: then nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.endings.counts.kind import Change

type Found = tuple[Any, Any, dict[str, int]]


@dataclass(frozen=True)
class Told:
    find: Callable[[], Found]
    ends: Mapping[str, Change] = field(default_factory=dict)
