"""Queries as residents write them find the right thing of the demo city first.

The queries were written from its pages by somebody who did not know the synonyms.
"""

from __future__ import annotations

import pytest

from tests.search.ranking import QUERIES, SCREEN, judge, table

pytestmark = [pytest.mark.django_db, pytest.mark.cpu(10)]


def test_the_right_thing_comes_first_and_nearly_always_on_the_first_screen(loaded):
    judged = judge(QUERIES)
    first = sum(each.place == 1 for each in judged)
    near = sum(1 <= each.place <= SCREEN for each in judged)
    assert first >= 0.85 * len(judged), table(judged)
    assert near >= 0.9 * len(judged), table(judged)
