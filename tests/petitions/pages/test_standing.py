"""Where a petition stands: stages with their days, articles, and red words when it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from appeals.models import State as AppealState
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from petitions.as_appeal.considered import AppealFacts
from petitions.models import Petition, Procedure, State
from petitions.timeline import lateness, stages
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def stand(petition):
    return stages(petition, database_clock.now())


@pytest.mark.parametrize(
    ("state", "states"),
    [
        (State.COLLECTING, ["done", "now", "next", "next", "next"]),
        (State.REACHED, ["done", "done", "now", "next", "next"]),
        (State.REVIEW, ["done", "done", "done", "now", "next"]),
        (State.AGENDA, ["done", "done", "done", "now", "next"]),
        (State.SUPPORTED, ["done", "done", "done", "done", "now"]),
        (State.NOT_SUPPORTED, ["done", "done", "done", "done", "now"]),
        (State.ANSWERED, ["done", "done", "done", "done", "done"]),
        (State.NOT_REACHED, ["done", "stop", "now"]),
        (State.WITHDRAWN, ["done", "stop"]),
    ],
)
def test_each_state_has_its_stages(olena, state, states):
    made = factories.petition(olena, state)
    found = stand(made)
    assert [stage.state for stage in found] == states
    assert all(stage.article for stage in found if stage.state != "stop")


def test_terms_to_come_are_said_with_their_articles(olena):
    rules = factories.procedure(threshold=1200, notice_within=3, review_within=10, plenary=True)
    found = stand(factories.petition(olena, procedure=rules))
    assert [stage.article[-12:] for stage in found[2:]]
    assert found[1].note == "необхідно підписів: 1\u00a0200"
    assert found[2].note == "строк: 3 робочі дні"
    assert found[2].article == "Закон № 393/96-ВР, ст. 23-1 ч. 14"
    assert found[3].label == "Розгляд на пленарному засіданні"


@pytest.mark.parametrize(
    ("state", "column"),
    [
        (State.REACHED, "notice_due_on"),
        (State.REVIEW, "review_due_on"),
        (State.AGENDA, "review_due_on"),
        (State.SUPPORTED, "answer_due_on"),
    ],
)
def test_a_missed_deadline_is_said(olena, state, column):
    made = factories.petition(olena, state)
    now = database_clock.now()
    setattr(made, column, local_date(now))
    assert lateness(made, now) == ""
    assert not any(stage.late for stage in stand(made) if stage.state == "now")
    setattr(made, column, local_date(now) - timedelta(days=5))
    assert lateness(made, now) == "рада запізнюється на 5 днів"
    (running,) = [stage for stage in stand(made) if stage.state == "now"]
    assert running.late == "рада запізнюється на 5 днів"


def test_what_was_done_late_stays_said(olena):
    made = factories.petition(olena, State.REVIEW)
    made.notice_due_on = local_date(made.review_at) - timedelta(days=1)
    assert stand(made)[2].late.startswith("із запізненням")
    made.notice_due_on = local_date(made.review_at)
    assert stand(made)[2].late == ""


def test_one_that_did_not_gather_enough_is_answered_as_an_appeal(olena):
    made, now = factories.petition(olena, State.NOT_REACHED), database_clock.now()
    yesterday = local_date(now) - timedelta(days=1)
    open_one = AppealFacts(1, "7-01.12.2026", AppealState.IN_WORK, yesterday, None)
    found = stages(made, now, open_one)
    assert (found[-1].date, found[-1].state) == (yesterday, "now")
    assert found[-1].label == "Розглядається як звернення №\u00a07-01.12.2026"
    assert found[-1].late == lateness(made, now, open_one) == "рада запізнюється на 1 день"
    answered = replace(open_one, state=AppealState.ANSWERED, closed_at=now)
    found = stages(made, now, answered)
    assert [stage.state for stage in found] == ["done", "stop", "done"]
    assert "відповідь надано авторові" in found[-1].label
    assert lateness(made, now, answered) == ""
    made.answered_at = now
    found = stages(made, now, answered)
    assert [stage.state for stage in found] == ["done", "stop", "done", "done"]
    # What a former version answered without registering an appeal.
    assert [stage.state for stage in stages(made, now)] == ["done", "stop", "done"]


def test_asks_nothing_of_the_database(olena, django_assert_num_queries):
    made = Petition.objects.select_related("procedure").get(
        pk=factories.petition(olena, State.REVIEW).pk
    )
    now = database_clock.now()
    with django_assert_num_queries(0):
        stages(made, now)
    assert isinstance(made.procedure, Procedure)
