"""Lists of work hold what their reader may do, and nothing that the rule would refuse them."""

from __future__ import annotations

from itertools import product

import pytest

from core.domain import clock
from discussions.grant_targets import scope_for
from moderation import rules as moderation
from moderation.contests import queries as contests_reading
from moderation.contests import rules as contests
from moderation.models import Contest
from moderation.queries import waiting_of
from tests.access.city import City
from votes.rules import decide_text

pytestmark = pytest.mark.django_db
READERS = ("mo", "admin", "ofi", "bohdan", "charlie")


@pytest.mark.parametrize("name", READERS)
def test_a_contest_waits_for_who_may_decide_on_it(_city: City, db: None, name: str) -> None:
    """Whoever hid the words, and whoever contests it, the reader among them."""
    user = _city.people[name]
    scope = scope_for(user, _city.contest.ruling.comment.thread_id)
    parties = {_city.people[each].pk for each in ("olena", "mo", "admin", name)}
    mine = Contest.objects.filter(pk=_city.contest.pk)
    for by, against in product(parties, parties):
        mine.update(by=by, against=against)
        may = bool(contests.decide(user, mine.get(), scope=scope, reason="так"))
        assert waiting_of(user)["contests"].filter(pk__in=mine).exists() == may
        shown = {row.contest.pk: row.is_decidable for row in contests_reading.pending(user, None)}
        assert shown.get(_city.contest.pk, False) == may


@pytest.mark.parametrize("name", READERS)
def test_comments_and_words_of_ballots_wait_for_who_may_decide(
    _city: City, db: None, name: str
) -> None:
    user, lists, now = _city.people[name], waiting_of(_city.people[name]), clock.now()
    for text in lists["texts"]:
        assert decide_text(user, text.question.poll)
    for item in lists["mine"]:
        scope = scope_for(user, item.comment.thread_id)
        assert moderation.decide(user, item, now=now, scope=scope, is_waiting=True)
