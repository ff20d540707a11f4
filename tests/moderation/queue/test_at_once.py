"""Moderators who work on one queue at once."""

from __future__ import annotations

from collections import Counter

import pytest

from moderation.models import QueueItem, Ruling
from moderation.queue import actions
from tests import factories
from tests.crowds import at_once, codes
from tests.moderation.flood import flood

pytestmark = pytest.mark.django_db(transaction=True)

MODERATORS = 8


def clear(moderator) -> list[int]:
    """Take and decide until nothing is left; the ids, in the order of the decisions."""
    decided: list[int] = []
    while taken := actions.take(by=moderator):
        for comment in QueueItem.objects.filter(pk__in=taken).select_related("comment"):
            if comment.pk % 3:
                actions.leave_up(comment.comment, by=moderator)
            else:
                actions.hide(
                    comment.comment,
                    by=moderator,
                    reason="spam",
                    note="Порушує правила",
                    is_waiting=True,
                )
            decided.append(comment.pk)
    return decided


def test_the_queue_is_cleared_by_many_once_each(department):
    _clear_at_once(department, 48)


@pytest.mark.with_all
@pytest.mark.cpu(20)
def test_a_queue_of_two_hundred(department):
    _clear_at_once(department, 200)


def _clear_at_once(department, number: int) -> None:
    comments = flood(factories.consultation(department), number)
    people = [factories.user(f"mo{n}", role="moderator") for n in range(MODERATORS)]
    outcomes = at_once([lambda by=by: clear(by) for by in people], threads=MODERATORS)
    assert not codes(outcomes)
    decided = Counter(pk for each in outcomes for pk in each)
    assert set(decided) == {comment.pk for comment in comments}
    assert set(decided.values()) == {1}
    assert Ruling.objects.count() == number
    assert not QueueItem.objects.waiting().exists()


def test_of_two_decisions_on_one_comment_one_is_taken(department, mo, admin):
    (comment,) = flood(factories.consultation(department), 1)
    outcomes = at_once(
        [
            lambda: actions.leave_up(comment, by=mo),
            lambda: actions.hide(
                comment, by=admin, reason="spam", note="Порушує правила", is_waiting=True
            ),
        ]
    )
    assert codes(outcomes) == {"moderation.decided_already": 1}
    assert Ruling.objects.count() == 1
