"""What is not announced, and why: each refusal by its code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from city.models import Street
from core.domain import clock
from core.domain.rules import Refused
from tests.votes import factories
from votes.life import actions
from votes.models import Option, Poll, Question, State

pytestmark = pytest.mark.django_db

RUNOFF = factories.RANKED | {"method": "runoff"}
SHARED = {"tie_rule": Poll.TieRule.SHARED}


@pytest.mark.parametrize(
    ("questions", "fields", "code"),
    [
        ([factories.SINGLE | {"options": factories.OPTIONS[:1]}], {}, "poll.few_options"),
        ([factories.ALL_KINDS[1] | {"most": 4}], {}, "poll.more_than_there_are"),
        ([factories.ALL_KINDS[1] | {"least": 4, "most": 4}], {}, "poll.more_than_there_are"),
        (None, {"voters": "invited"}, "poll.nobody_listed"),
        (None, {"closes_at": None}, "poll.dates"),
        (None, {"splits": True, "secrecy": "named"}, "poll.named_in_groups"),
        ([factories.SINGLE, RUNOFF], SHARED, "poll.runoff_leaves_equals"),
        (factories.ALL_KINDS, {"secrecy": "secret"}, "poll.secret_text"),
    ],
)
def test_what_is_not_announced(officer, department, questions, fields, code):
    poll = factories.poll(officer, department, State.DRAFT, questions=questions, **fields)
    with pytest.raises(Refused) as refused:
        actions.schedule(poll, by=officer)
    assert refused.value.verdict.code == code
    poll.refresh_from_db()
    assert poll.scheduled_at is None


def test_a_poll_without_a_question_or_with_a_close_that_has_passed(officer, department):
    poll = factories.poll(officer, department, State.DRAFT)
    for change, code in (
        ({"closes_at": clock.now() - timedelta(seconds=1), "opens_at": None}, "poll.dates"),
        ({"questions": []}, "poll.no_questions"),
    ):
        questions = change.pop("questions", None)
        actions.change(poll, by=officer, fields=change, questions=questions)
        with pytest.raises(Refused) as refused:
            actions.schedule(poll, by=officer)
        assert refused.value.verdict.code == code


@pytest.mark.parametrize("rule", [Poll.TieRule.LISTED, Poll.TieRule.LOT])
def test_a_run_off_is_announced_with_a_rule_that_tells_equals_apart(officer, department, rule):
    poll = factories.poll(officer, department, questions=[RUNOFF], tie_rule=rule)
    assert poll.state_at(clock.now()) == State.OPEN
    assert bool(poll.lot) == (rule == Poll.TieRule.LOT)


def test_no_query_makes_a_run_off_that_leaves_equals(officer, department):
    """What the rule says the database holds: of a poll that is announced."""
    draft = factories.poll(officer, department, State.DRAFT, questions=[RUNOFF], **SHARED)
    announced = factories.poll(officer, department, questions=[RUNOFF])
    for change in (
        lambda: Poll.objects.filter(pk=draft.pk).update(scheduled_at=clock.now()),
        lambda: Poll.objects.filter(pk=announced.pk).update(**SHARED),
    ):
        with (
            pytest.raises(IntegrityError, match="tells equals apart"),
            transaction.atomic(),
        ):
            change()


@pytest.mark.parametrize(
    "change",
    [
        lambda question, draft: question.options.update(text="Інше"),
        lambda question, draft: question.options.filter(place=2).delete(),
        lambda question, draft: question.options.create(text="Ще одне", place=9),
        lambda question, draft: question.options.update(street=Street.objects.get()),
        lambda question, draft: draft.options.update(question=question, place=F("place") + 9),
        lambda question, draft: question.options.update(question=draft, place=F("place") + 9),
        lambda question, draft: Question.objects.filter(pk=question.pk).update(text="Інше"),
        lambda question, draft: Question.objects.filter(pk=draft.pk).update(
            poll=question.poll, place=9
        ),
        lambda question, draft: question.poll.questions.create(place=9, text="Ще", kind="text"),
        lambda question, draft: question.delete(),
    ],
)
def test_no_query_changes_what_is_announced(officer, department, change):
    """What rules.revise says the database holds."""
    draft = factories.poll(officer, department, State.DRAFT).questions.get()
    Street.objects.create(name="вулиця Соборна")
    question = factories.poll(officer, department, State.SCHEDULED).questions.get()
    with pytest.raises(IntegrityError, match="announced stay as they are"), transaction.atomic():
        change(question, draft)
    # What it is already may be written again.
    Option.objects.filter(question=question).update(text=F("text"))
