"""A crowded meeting at a twentieth of ``bin/bench meetings``: nothing is lost, memory stays."""

from __future__ import annotations

import pytest

from benchmarks.meetings import crowded, play

SECONDS, PHONES, DISPLAYS, RATE = 15, 100, 2, 30


@pytest.mark.long
@pytest.mark.clocked
@pytest.mark.cpu(60)
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_at_a_crowded_meeting(live, settings):
    settings.SITE_URL = live.url  # displays hold it, and both draw them
    busy = crowded(PHONES)
    played = play(
        busy,
        live.port,
        live.pid,
        seconds=SECONDS,
        phones=PHONES,
        displays=DISPLAYS,
        rate=RATE,
    )
    assert not any(played.differs.values()), played.differs
    assert (played.behind, played.gaps, played.resyncs, played.closed) == (0, 0, 0, 0)
    assert len(played.waits) == SECONDS * RATE * DISPLAYS
    assert played.most_in_a_second <= 11
    begun, _middle, end = played.memory
    assert end <= begun + 10
