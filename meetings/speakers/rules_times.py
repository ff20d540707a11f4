"""Rules of the times for speeches. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.domain.rules import ALLOWED, Verdict
from meetings.rules import keep_council
from meetings.speakers.rules import within_an_hour

if TYPE_CHECKING:
    from accounts.models import Anybody


def set_times(user: Anybody, *, seconds: Iterable[int]) -> Verdict:
    """Set the times of a body: an administrator, each between a second and an hour."""
    verdict = keep_council(user)
    refused = (judged for each in seconds if not (judged := within_an_hour(each)))
    return verdict and next(refused, ALLOWED)
