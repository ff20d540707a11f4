"""The demo city's desk: contested hidings, and a table filled by half beside two versions."""

from __future__ import annotations

import pytest

from consultations.dispositions import queries
from consultations.models import Consultation
from core.domain import clock
from demo import content
from demo.moderation import RESTORED
from discussions.models import Comment
from moderation.models import Contest
from moderation.statistics.queries import statistics

pytestmark = pytest.mark.django_db


def test_of_three_contests_one_waits_one_is_upheld_and_one_was_right(loaded):
    assert sorted(Contest.objects.values_list("outcome", flat=True)) == ["", "overturned", "upheld"]
    total = statistics().total
    assert (total.contested, total.overturned, total.restored) == (3, 1, 1)
    assert Comment.objects.get(text__startswith=RESTORED).hidden_at is None
    now = clock.now()
    for contest in Contest.objects.select_related("ruling__comment").exclude(outcome=""):
        ruling = contest.ruling
        moments = [ruling.comment.created_at, ruling.at, contest.at, contest.decided_at, now]
        assert moments == sorted(moments)
        assert contest.by_id == ruling.comment.author_id


def test_the_table_of_two_versions_is_filled_by_half(loaded):
    title = content.table("buses", "consultation.toml")["title"]
    counts = queries.counts_by_state(queries.rows_of(Consultation.objects.get(title=title)))
    assert 0.35 < counts["empty"] / counts["all"] < 0.65
    assert min(counts[name] for name in counts if name != "unchecked") > 2
