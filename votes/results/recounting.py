"""The recount of a published poll from what is stored."""

from __future__ import annotations

from votes.ballots import codes
from votes.models import Poll
from votes.opening.numbers import numbers_agree
from votes.results import result as results_result

#: What results that were published before it was counted do not tell.
_LATER = ("over_time", "groups")


def differences(poll: Poll) -> list[str]:
    """Differences between the published result and its stored ballots, voter records and codes; []
    where they agree. Each line: what, as published, as counted now.
    """
    result = poll.result
    counted = results_result.count_ballots(poll, result.city)
    published = {key: counted[key] for key in counted if key in _LATER} | result.counted
    found = results_result.differences(published, counted)
    if poll.has_receipts:
        found += results_result.differences(result.codes_hash, codes.hash_of(poll), "codes_hash")
    if poll.is_secret:
        found += results_result.differences(
            True, numbers_agree(poll), "opened + not opened = used voter records"
        )
    return found
