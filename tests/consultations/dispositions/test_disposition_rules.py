"""Who fills, approves and gives rows of the table: every role against every state."""

from __future__ import annotations

import pytest
from django.utils import timezone

from consultations.dispositions import rules
from consultations.dispositions.models import Assignment, Disposition
from consultations.models import Remark, State
from tests.consultations.test_rules import PEOPLE, RECORDING, consultation

NOW = timezone.now()
FILLED = {State.OPEN, State.CLOSED, State.REPORTED}


def whole(by_id: int = 99) -> Disposition:
    return Disposition(kind="rejected", reason="Ні", by_id=by_id)


def approve(user, about):
    return rules.approve(user, about, whole(), now=NOW, needs_another_person=True)


RULES = {
    "fill": (lambda user, about: rules.fill(user, about, now=NOW), RECORDING),
    "fill what was given": (
        lambda user, about: rules.fill(user, about, now=NOW, is_assigned=True),
        set(PEOPLE) - {"anon", "suspended"},
    ),
    "approve": (approve, RECORDING),
    "assign": (lambda user, about: rules.assign(user, about, now=NOW), RECORDING),
}


@pytest.mark.parametrize("name", RULES)
def test_who_in_which_state(name):
    rule, people = RULES[name]
    for state in State:
        about = consultation(state)
        may = {who for who, user in PEOPLE.items() if rule(user, about)}
        assert may == (people if state in FILLED else set()), (name, state)


def test_who_keeps_the_texts_of_a_department():
    may = {who for who, user in PEOPLE.items() if rules.keep_texts(user, 7)}
    assert may == {"officer", "secretary", "administrator"}


@pytest.mark.parametrize(
    ("disposition", "needs_another_person", "code"),
    [
        (None, False, "disposition.incomplete"),
        (Disposition(kind="", reason="Слова"), False, "disposition.incomplete"),
        (Disposition(kind="rejected", reason=" "), False, "disposition.incomplete"),
        (Disposition(kind="noted"), False, "disposition.incomplete"),
        (Disposition(kind="accepted"), False, ""),
        (whole(PEOPLE["officer"].pk), True, "disposition.own"),
        (whole(PEOPLE["officer"].pk), False, ""),
    ],
)
def test_what_is_approved(disposition, needs_another_person, code):
    verdict = rules.approve(
        PEOPLE["officer"],
        consultation(State.CLOSED),
        disposition,
        now=NOW,
        needs_another_person=needs_another_person,
    )
    assert verdict.code == code


@pytest.mark.parametrize(("kind", "code"), [("rejected", ""), ("", "disposition.incomplete")])
def test_of_hidden_words_the_kind_is_enough(kind, code):
    verdict = rules.approve(
        PEOPLE["officer"],
        consultation(State.CLOSED),
        Disposition(kind=kind),
        now=NOW,
        needs_another_person=False,
        is_hidden=True,
    )
    assert verdict.code == code


@pytest.mark.parametrize(
    ("of", "kind", "is_deleted", "code"),
    [
        ({}, "accepted", False, ""),
        ({}, "", False, ""),
        ({}, "noted", False, ""),
        ({"kind": "question"}, "noted", False, ""),
        ({"kind": "wording"}, "noted", False, "disposition.proposes"),
        ({"kind": "wording"}, "partly", False, ""),
        ({"folded_into_id": 5}, "accepted", False, "disposition.folded"),
        ({}, "accepted", True, "disposition.deleted"),
    ],
)
def test_how_a_remark_is_settled(of, kind, is_deleted, code):
    verdict = rules.settle(Remark(**of), kind=kind, is_deleted=is_deleted, questions_only=False)
    assert verdict.code == code


def test_to_whom_a_row_is_given():
    def given(**to) -> set[str]:
        row = Assignment(**to)
        return {who for who, user in PEOPLE.items() if rules.is_assigned_to(row, user)}

    assert given(department_id=8) == {"stranger"}
    assert given(person_id=PEOPLE["secretary"].pk) == {"secretary"}
    # Who works for the council no more has nothing.
    assert given(person_id=PEOPLE["resident"].pk) == set()
    assert not rules.is_assigned_to(None, PEOPLE["officer"])


@pytest.mark.parametrize(("kind", "code"), [("remark", "disposition.proposes"), ("question", "")])
def test_under_some_laws_only_questions_are_noted(kind, code):
    remark = Remark(kind=kind)
    verdict = rules.settle(remark, kind="noted", is_deleted=False, questions_only=True)
    assert verdict.code == code
