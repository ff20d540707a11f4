"""How near a deadline is, in words; and the terms that run for a petition."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from core.domain import clock as database_clock
from core.domain.calendar import last_date, local_date
from petitions.desk.clocks import legal_terms_of, next_step, urgency
from petitions.models import State
from tests.petitions import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "kind", "words"),
    [
        (-21, "late", "overdue by 21 days"),
        (-1, "late", "overdue by 1 day"),
        (0, "soon", "today is the last day"),
        (1, "soon", "the last day is tomorrow"),
        (2, "", ""),
    ],
)
def test_a_day_is_late_soon_or_neither(days, kind, words):
    with translation.override("en"):
        found = urgency(TODAY + timedelta(days=days), TODAY)
    assert (found.kind, found.words) == (kind, words)
    assert urgency(None, TODAY).kind == ""


def test_the_last_day_is_counted_in_kyiv(olena):
    """At 22:30 UTC it is the next day there already."""
    petition = factories.petition(olena, State.MODERATION, publish_due_on=TODAY)
    assert next_step(petition, datetime(2026, 11, 24, 21, 59, tzinfo=UTC)).urgency.kind == "soon"
    assert next_step(petition, datetime(2026, 11, 24, 22, 30, tzinfo=UTC)).urgency.kind == "late"


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_each_state_has_a_next_step(olena, state):
    step = next_step(factories.petition(olena, state), database_clock.now())
    assert step.words
    over = (State.REFUSED, State.WITHDRAWN, State.ANSWERED, State.COLLECTING, State.NOT_REACHED)
    assert step.is_duty == (state not in over)


def test_what_was_done_late_says_so(olena):
    today = local_date(database_clock.now())
    petition = factories.petition(
        olena, State.REVIEW, notice_due_on=today - timedelta(days=9), review_due_on=today
    )
    published, notice, review = legal_terms_of(petition, database_clock.now())
    assert (published.was_late, notice.was_late, review.was_late) == (False, True, False)
    assert (notice.urgency.kind, review.urgency.kind) == ("", "soon")
    assert "14" in notice.article and "15" in review.article


def test_nothing_runs_for_what_was_withdrawn(olena):
    petition = factories.petition(olena, State.WITHDRAWN, published_at=None, closes_at=None)
    assert [clock.urgency.kind for clock in legal_terms_of(petition, database_clock.now())] == [""]


def test_what_did_not_reach_its_threshold_is_answered_as_an_appeal(olena):
    petition = factories.as_appeal(olena)
    appeal = petition.appeal  # read with it, as on the desk
    term = legal_terms_of(petition, database_clock.now())[-1]
    assert "10" in term.article
    assert appeal.label in term.label
    assert term.due_on == last_date(appeal.due_at)
    # Its term counts on the desk of appeals alone.
    assert term.urgency.kind == ""
