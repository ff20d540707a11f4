"""Counting a published poll again, from what is stored."""

from __future__ import annotations

from votes import codes, results
from votes.actions.seal import numbers_agree
from votes.models import Poll


def differences(poll: Poll) -> list[str]:
    """Where the published result says something else than its stored ballots, marks and codes;
    [] where they agree. Each line: what, as published, as counted now."""
    result = poll.result
    found = results.differences(result.counted, results.counted(poll, result.city))
    if poll.is_secret:
        found += results.differences(result.codes_hash, codes.hash_of(poll), "codes_hash")
        found += results.differences(True, numbers_agree(poll), "ballots = used marks")
    return found
