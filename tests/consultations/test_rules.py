"""Who may do what, in which state: every role against every state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consultations import rules
from consultations.checklist.facts import Facts
from consultations.life import rules_dates
from consultations.models import Consultation, Procedure, ProcedureAnswers, Report, State
from consultations.remarks.participation import SIGNED_IN
from consultations.reports import rules as report_rules
from core.domain.calendar import WorkCalendar, end_of_day, kyiv, local_date
from discussions.models import Comment
from tests.factories import person

NOW = timezone.now()
TODAY = local_date(NOW)
PEACE = WorkCalendar()

PEOPLE = {
    "anon": AnonymousUser(),
    "resident": person(1),
    "suspended": person(2, is_active=False),
    "moderator": person(3, "moderator"),
    "officer": person(4, "officer", department_id=7),
    "stranger": person(5, "officer", department_id=8),
    "administrator": person(6, "administrator"),
    "its officer": person(7, "officer", scope="consultation:1"),
    "another's officer": person(8, "officer", department_id=7, scope="consultation:2"),
    "secretary": person(9, "secretary", department_id=7),
    "strange secretary": person(10, "secretary", department_id=8),
    "its secretary": person(11, "secretary", department_id=8, scope="consultation:1"),
    "its moderator": person(12, "moderator", scope="consultation:1"),
}
SPEAKING = set(PEOPLE) - {"anon", "suspended"}
PREPARING = {"officer", "its officer", "administrator"}
RECORDING = {*PREPARING, "secretary", "its secretary"}
#: Of the whole department: what is not there yet has no officers of its own.
BEGINNING = {"officer", "administrator"}


def consultation(state: State) -> Consultation:
    first = {
        State.PREPARING: 5,
        State.ANNOUNCED: 5,
        State.OPEN: -5,
        State.WITHDRAWN: -5,
        State.CLOSED: -50,
        State.REPORTED: -50,
    }[state]
    opens_on = TODAY + timedelta(days=first)
    made = Consultation(
        pk=1,
        department_id=7,
        procedure=Procedure(shortest=10, shortest_unit="working_days", legal_basis="ст. 15"),
        brief="Столи стоять надворі до 22:00.",
        opens_at=kyiv(opens_on),
        closes_at=end_of_day(opens_on + timedelta(days=25)),
    )
    if state != State.PREPARING:
        made.announced_at = NOW - timedelta(days=60)
    if state == State.REPORTED:
        made.reported_at = NOW
    if state == State.WITHDRAWN:
        made.withdrawn_at, made.withdrawn_reason = NOW, "-"
    assert made.state_at(NOW) == state
    return made


def comment(**fields) -> Comment:
    return Comment(**({"pk": 9, "author_id": 99, "created_at": NOW} | fields))


def announce(user, about):
    facts = Facts(about, ProcedureAnswers(), NOW)
    return rules.announce(
        user, about, now=NOW, today=TODAY, has_text=True, calendar=PEACE, facts=facts
    )


#: rule -> (call, who may, in which states)
ALL = set(State)
MATRIX = {
    "take_part": (
        lambda u, c: rules.take_part(u, c, now=NOW, eligibility=SIGNED_IN),
        SPEAKING,
        {State.OPEN},
    ),
    "answer": (lambda u, c: rules.answer(u, c, comment(), kind="question"), PREPARING, ALL),
    "prepare": (lambda u, c: rules.prepare(u, c.department_id), BEGINNING, ALL),
    "run": (rules.run, PREPARING, ALL),
    "keep_record": (rules.keep_record, RECORDING, ALL),
    "revise": (
        lambda u, c: rules.revise(u, c, now=NOW, changed={"title"}),
        PREPARING,
        {State.PREPARING, State.ANNOUNCED, State.OPEN, State.CLOSED},
    ),
    "revise the dates": (
        lambda u, c: rules.revise(u, c, now=NOW, changed={"closes_at"}),
        PREPARING,
        {State.PREPARING},
    ),
    "change_text": (
        lambda u, c: rules.change_text(u, c, now=NOW),
        PREPARING,
        ALL - {State.WITHDRAWN},
    ),
    "change_papers": (
        lambda u, c: rules.change_papers(u, c, now=NOW),
        RECORDING,
        ALL - {State.WITHDRAWN},
    ),
    "announce": (announce, PREPARING, {State.PREPARING}),
    "change_dates": (
        lambda u, c: rules.change_dates(u, c, now=NOW, reason="-"),
        RECORDING,
        {State.ANNOUNCED, State.OPEN},
    ),
    "withdraw": (
        lambda u, c: rules.withdraw(u, c, now=NOW, reason="-"),
        PREPARING,
        {State.ANNOUNCED, State.OPEN, State.CLOSED},
    ),
    "report": (
        lambda u, c: report_rules.publish(
            u, c, Report(outcome="-"), now=NOW, readiness=report_rules.Readiness(), reason="-"
        ),
        RECORDING,
        {State.CLOSED, State.REPORTED},
    ),
    "write the report": (
        lambda u, c: report_rules.write(u, c, now=NOW),
        RECORDING,
        set(State) - {State.WITHDRAWN},
    ),
    "see contacts": (
        lambda u, c: report_rules.see_contacts(u, c),
        PREPARING,
        set(State),
    ),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("rule", MATRIX)
def test_matrix(rule, who, state):
    call, people, states = MATRIX[rule]
    verdict = call(PEOPLE[who], consultation(state))
    assert bool(verdict) == (who in people and state in states), verdict
    if not verdict:
        assert verdict.code
        assert str(verdict.message)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_desk_is_for_officers(who):
    allowed = who not in {"anon", "resident", "suspended", "moderator", "its moderator"}
    assert bool(rules.use_desk(PEOPLE[who])) == allowed


@pytest.mark.parametrize("who", PEOPLE)
def test_a_consultation_is_begun_by_officers_of_a_department(who):
    assert bool(rules.begin(PEOPLE[who])) == (who in {"officer", "stranger", "administrator"})


CODES = [
    ("anon", "account.sign_in"),
    ("suspended", "account.suspended"),
    ("resident", "consultation.officers_only"),
    ("moderator", "consultation.officers_only"),
    ("stranger", "consultation.officers_only"),
    ("its officer", "consultation.officers_only"),
    ("secretary", "consultation.officers_only"),
]


@pytest.mark.parametrize(("who", "code"), CODES)
def test_why_one_may_not_prepare(who, code):
    assert rules.prepare(PEOPLE[who], 7).code == code


def test_an_officer_answers_what_is_shown_and_no_answer():
    opened = consultation(State.OPEN)
    officer = PEOPLE["officer"]
    assert (
        rules.answer(officer, opened, comment(hidden_at=NOW), kind="question").code
        == "comment.gone"
    )
    assert (
        rules.answer(officer, opened, comment(deleted_at=NOW), kind="question").code
        == "comment.gone"
    )
    assert (
        rules.answer(officer, opened, comment(parent_id=1), kind="question").code
        == "comment.too_deep"
    )


class TestDates:
    """rules_dates.dates: the period that a procedure asks for."""

    FIRST = kyiv(TODAY).date()

    def judge(self, days: int, *, at_war: bool = False, reason: str = "", **fields):
        procedure = Procedure(
            **(
                {
                    "shortest": 10,
                    "shortest_unit": "days",
                    "longest": 30,
                    "longest_unit": "days",
                    "legal_basis": "ст. 15 ч. 4",
                    "martial_law_basis": "ст. 9 ч. 10",
                }
                | fields
            )
        )
        calendar = WorkCalendar([(self.FIRST - timedelta(days=100), None)]) if at_war else PEACE
        return rules_dates.dates(
            procedure,
            opens_on=self.FIRST,
            last_day=self.FIRST + timedelta(days=days),
            calendar=calendar,
            reason=reason,
        )

    @pytest.mark.parametrize("days", [16, 20, 30])
    def test_a_period_within_the_bounds(self, days):
        assert self.judge(days)

    @pytest.mark.parametrize(
        ("days", "code"),
        [
            (0, "consultation.closes_before_it_opens"),
            (-3, "consultation.closes_before_it_opens"),
            (3, "consultation.period_too_short"),
            (9, "consultation.period_too_short"),
            (40, "consultation.period_too_long"),
        ],
    )
    def test_a_mandatory_period(self, days, code):
        for reason in ("", "Поспішаємо"):
            verdict = self.judge(days, reason=reason)
            assert verdict.code == code
        if code.startswith("consultation.period"):
            assert "ст. 15 ч. 4" in str(verdict.message)

    @pytest.mark.parametrize("days", [3, 40])
    def test_a_recommended_period_needs_a_reason(self, days):
        verdict = self.judge(days, at_war=True, reason=" ")
        assert verdict.code == "consultation.reason_needed"
        assert "ст. 9 ч. 10" in str(verdict.message)
        assert self.judge(days, at_war=True, reason="Опалювальний сезон")

    @pytest.mark.parametrize("days", [3, 40])
    def test_what_stays_mandatory_under_martial_law(self, days):
        verdict = self.judge(days, at_war=True, reason="Так", martial_law_duty="mandatory")
        assert verdict.code.startswith("consultation.period")

    def test_no_reason_reverses_the_days(self):
        assert not self.judge(-3, at_war=True, reason="Опалювальний сезон")

    def test_a_law_not_in_force(self):
        assert self.judge(20, in_force=False).code == "procedure.not_in_force"
