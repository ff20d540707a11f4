"""Who may do what with an appeal, in which state: every role against every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from appeals import rules as appeals_rules
from appeals.answers import rules as answers_rules
from appeals.course import rules as course_rules
from appeals.course import rules_endings
from appeals.filing import rules as filing_rules
from appeals.filing import rules_own
from appeals.models import OPEN_STATES, Answer, Appeal, State
from appeals.rules import Involved
from core.domain.calendar import PEACETIME, end_of_day, last_date, local_date
from core.domain.rules import Verdict
from tests.factories import person

NOW = timezone.now()
#: The office is department 5; department 7 answers, 8 helps it.
INVOLVED = Involved(frozenset({5}), frozenset({7, 8}))
UNTAKEN = Involved(frozenset({5}))

PEOPLE = {
    "anon": AnonymousUser(),
    "resident": person(1),
    "suspended": person(2, is_active=False),
    "author": person(99),
    "suspended author": person(99, is_active=False),
    "author of the office": person(99, "officer", department_id=5),
    "author of the department": person(99, "head", department_id=7),
    "moderator": person(3, "moderator"),
    "registrar": person(4, "officer", department_id=5),
    "office secretary": person(5, "secretary", department_id=5),
    "office head": person(6, "head", department_id=5),
    "suspended registrar": person(7, "officer", department_id=5, is_active=False),
    "officer": person(8, "officer", department_id=7),
    "secretary": person(9, "secretary", department_id=7),
    "head": person(10, "head", department_id=7),
    "helper": person(11, "officer", department_id=8),
    "helping head": person(12, "head", department_id=8),
    "its officer": person(13, "officer", scope="appeal:1"),
    "another's officer": person(14, "officer", scope="appeal:2"),
    "stranger": person(15, "officer", department_id=9),
    "strange head": person(16, "head", department_id=9),
    "administrator": person(17, "administrator"),
    "mayor": person(20, "body_head"),
    "deputy": person(21, "body_deputy"),
    "mayor that it is about": person(18, "body_head"),
    "administrator that it is about": person(18, "administrator"),
    "registrar that it is about": person(18, "officer", department_id=5),
    "officer that it is about": person(18, "officer", department_id=7),
}
OFFICE = {"registrar", "office secretary", "office head", "administrator"}
RESPONDING = {*OFFICE, "officer", "head", "its officer"}
WORKING = {*RESPONDING, "secretary", "helper", "helping head"}
HEADS = {"head", "office head", "administrator"}
AUTHORS = {"author", "author of the office", "author of the department"}
ALL = set(State)
UNANSWERED = {State.RECEIVED, State.IN_WORK}
CONSIDERED = {State.IN_WORK, State.REOPENED}

_ENDINGS = {
    State.WITHDRAWN: "withdrawn_at",
    State.GIVEN_BACK: "given_back_at",
    State.RETURNED: "returned_at",
    State.FORWARDED: "forwarded_at",
    State.NOT_CONSIDERED: "refused_at",
    State.MOVED: "moved_at",
    State.ANSWERED: "answered_at",
}


def appeal(state: State, **fields) -> Appeal:
    """A complaint about person 18 in ``state``, by person 99, received an hour ago."""
    received = NOW - timedelta(hours=1)
    values = {
        "pk": 1,
        "kind": Appeal.Kind.COMPLAINT,
        "author_id": 99,
        "about_person_id": 18,
        "received_at": received,
        "email": "olena@example.org",
        "term": "month",
        "due_at": end_of_day(local_date(received) + timedelta(days=30)),
    }
    if state not in (State.RECEIVED, State.RETURNED, State.FORWARDED):
        values |= {"accepted_at": received, "department_id": 7}
    if state in _ENDINGS:
        values |= {_ENDINGS[state]: NOW, "closed_at": NOW}
    if state == State.REOPENED:
        values |= {"answered_at": NOW, "reopened_at": NOW}
    return Appeal(**(values | fields))


DRAFT = Answer(text="Так", result="satisfied")
APPROVED = Answer(text="Так", approved_at=NOW)
SENT = Answer(text="Так", approved_at=NOW, sent_at=NOW)
WORKING_DAY = PEACETIME.next_working_day(local_date(NOW) + timedelta(days=35))
NEXT_DAY = PEACETIME.next_working_day(local_date(NOW) + timedelta(days=1))
FACTS = {"involved": INVOLVED, "now": NOW}
#: Both roles of the body are held by somebody.
LEADERS = frozenset({"body_head", "body_deputy"})
Rule = Callable[..., Verdict]

#: rule, with what it is asked, who may, in which states.
MATRIX: list[tuple[Rule, dict, set[str], set[State]]] = [
    (
        course_rules.accept,
        {"department_id": 7, "kind": "complaint", "term": "month"},
        OFFICE,
        {State.RECEIVED},
    ),
    (course_rules.assign, {"departments": {7, 8}}, OFFICE | HEADS, CONSIDERED),
    (rules_endings.forward, {"to": "Районна рада"}, RESPONDING, UNANSWERED),
    (
        rules_endings.return_,
        {"calendar": PEACETIME, "ground": "malformed", "note": "Бо"},
        RESPONDING,
        UNANSWERED,
    ),
    (
        rules_endings.leave_without_consideration,
        {"ground": "repeated", "note": "Бо", "leaders": LEADERS},
        {"mayor"},
        UNANSWERED,
    ),
    (rules_endings.move, {"note": "Бо"}, RESPONDING, UNANSWERED),
    (
        course_rules.extend,
        {"calendar": PEACETIME, "until": WORKING_DAY, "reason": "Бо", "leaders": LEADERS},
        {"mayor", "deputy"},
        {State.IN_WORK},
    ),
    (course_rules.ask_head, {"words": "Бо", "leaders": LEADERS}, RESPONDING, OPEN_STATES),
    (
        course_rules.shorten,
        {"calendar": PEACETIME, "until": NEXT_DAY, "reason": "Бо"},
        OFFICE | HEADS,
        CONSIDERED,
    ),
    (course_rules.correct, {"kind": "complaint", "term": "month"}, OFFICE, ALL),
    (answers_rules.draft_answer, {"result": "satisfied"}, WORKING, CONSIDERED),
    (answers_rules.ask_approval, {"answer": DRAFT}, WORKING, CONSIDERED),
    (answers_rules.approve, {"answer": DRAFT}, HEADS, CONSIDERED),
    (answers_rules.send_back, {"answer": APPROVED, "words": "Бо"}, HEADS, CONSIDERED),
    (answers_rules.answer, {"answer": APPROVED, "how": "email"}, RESPONDING, CONSIDERED),
]


@pytest.mark.parametrize(
    ("rule", "asked", "who", "states"), MATRIX, ids=[row[0].__name__ for row in MATRIX]
)
@pytest.mark.parametrize("state", State)
def test_what_the_council_may(rule, asked, who, states, state):
    asked = dict(asked)
    answer = [asked.pop("answer")] if "answer" in asked else []
    made = appeal(state)
    taken = made.department_id is not None
    facts = {**FACTS, "involved": INVOLVED if taken else UNTAKEN}
    allowed = {name for name, user in PEOPLE.items() if rule(user, made, *answer, **facts, **asked)}
    # Before a department has it, nobody of one has anything to do with it.
    mine = who if taken else who & {*OFFICE, "its officer", "mayor"}
    assert allowed == (mine if state in states else set())


@pytest.mark.parametrize("state", State)
def test_what_the_applicant_may(state):
    made = appeal(state)

    def who(rule: Rule, *args, **asked) -> set[str]:
        return {name for name, user in PEOPLE.items() if rule(user, made, *args, **asked)}

    answered = state == State.ANSWERED
    assert who(rules_own.rate, SENT, now=NOW, rating=5) == (AUTHORS if answered else set())
    facts = {"now": NOW, "calendar": PEACETIME, "reason": "Бо"}
    assert who(rules_own.reopen, **facts) == (AUTHORS if answered else set())
    assert who(rules_own.withdraw, now=NOW) == (AUTHORS if state in OPEN_STATES else set())


def test_who_must_be_named_first():
    """393/96-ВР arts 8, 20: no department's head decides in the place of the body's."""
    made = appeal(State.IN_WORK)
    leaving = {**FACTS, "ground": "repeated", "note": "Бо"}
    longer = {**FACTS, "calendar": PEACETIME, "until": WORKING_DAY, "reason": "Бо"}

    def codes(leaders: frozenset[str]) -> list[str]:
        user = PEOPLE["office head"]
        return [
            rules_endings.leave_without_consideration(user, made, leaders=leaders, **leaving).code,
            course_rules.extend(user, made, leaders=leaders, **longer).code,
            course_rules.ask_head(user, made, leaders=leaders, words="Бо", **FACTS).code,
        ]

    nobody, deputy = frozenset[str](), frozenset({"body_deputy"})
    assert codes(LEADERS) == ["appeal.body_head_only", "appeal.leaders_only", ""]
    assert codes(deputy) == ["appeal.no_body_head", "appeal.leaders_only", ""]
    assert codes(nobody) == ["appeal.no_body_head", "appeal.no_leader", "appeal.no_leader"]
    asked = appeal(State.IN_WORK, decision_asked_at=NOW)
    verdict = course_rules.ask_head(
        PEOPLE["registrar"], asked, leaders=LEADERS, words="Бо", **FACTS
    )
    assert verdict.code == "appeal.head_asked_already"
    verdict = course_rules.ask_head(PEOPLE["registrar"], made, leaders=LEADERS, words=" ", **FACTS)
    assert verdict.code == "appeal.question_missing"


def test_who_stands_in_for_the_head_of_the_body_decides():
    cover = person(31, "officer", department_id=9)
    cover.grants_in_force += PEOPLE["mayor"].grants_in_force
    facts = {**FACTS, "ground": "repeated", "note": "Бо", "leaders": LEADERS}
    assert rules_endings.leave_without_consideration(cover, appeal(State.RECEIVED), **facts)


def test_leaders_read_what_they_were_asked_about_alone():
    made, asked = appeal(State.IN_WORK), appeal(State.IN_WORK, decision_asked_at=NOW)
    for name in ("mayor", "deputy"):
        assert not appeals_rules.work(PEOPLE[name], made, INVOLVED)
        assert appeals_rules.work(PEOPLE[name], asked, INVOLVED)
    assert not appeals_rules.work(PEOPLE["mayor that it is about"], asked, INVOLVED)


@pytest.mark.parametrize("state", State)
def test_who_reads_it(state):
    made = appeal(state)
    taken = made.department_id is not None
    involved = INVOLVED if taken else UNTAKEN
    readers = {name for name, user in PEOPLE.items() if appeals_rules.work(user, made, involved)}
    working = WORKING if taken else {*OFFICE, "its officer"}
    assert readers == working
    noted = {
        name
        for name, user in PEOPLE.items()
        if course_rules.note(user, made, involved=involved, text="!")
    }
    assert noted == working


def test_a_secret_is_of_a_person_without_an_account():
    made = appeal(State.RECEIVED, author_id=None)
    nobody, resident = PEOPLE["anon"], PEOPLE["resident"]
    assert appeals_rules.own(nobody, made, holds_secret=True)
    assert appeals_rules.own(resident, made, holds_secret=True)
    assert not appeals_rules.own(PEOPLE["suspended"], made, holds_secret=True)
    assert not appeals_rules.own(nobody, made)
    made.via = Appeal.Via.VISIT
    giving = {
        name
        for name, user in PEOPLE.items()
        if rules_own.give_secret(user, made, involved=INVOLVED)
    }
    assert giving == OFFICE | {"author of the office"}
    made.via, made.secret_hash = Appeal.Via.PAGE, b"x" * 32
    verdict = rules_own.give_secret(PEOPLE["registrar"], made, involved=INVOLVED)
    assert verdict.code == "appeal.has_a_secret"
    assert rules_own.renew_secret(made)
    assert not rules_own.renew_secret(appeal(State.RECEIVED))


# --- Complaints -----------------------------------------------------------------------------------


def test_a_complaint_never_goes_to_whom_it_is_about():
    """393/96-ВР art. 7."""
    made = appeal(State.RECEIVED, about_department_id=7)
    facts = {**FACTS, "kind": "complaint", "term": "month"}
    clerk = PEOPLE["registrar"]
    refusal = course_rules.accept(clerk, made, department_id=7, **facts)
    assert refusal.code == "appeal.about_this_department"
    refusal = course_rules.accept(clerk, made, department_id=8, officer_id=18, **facts)
    assert refusal.code == "appeal.about_this_person"
    assert course_rules.accept(clerk, made, department_id=8, **facts)
    made = appeal(State.IN_WORK, about_department_id=8)
    refusal = course_rules.assign(clerk, made, **FACTS, departments={7, 8})
    assert refusal.code == "appeal.about_this_department"
    refusal = course_rules.assign(clerk, made, **FACTS, departments={7}, people={18})
    assert refusal.code == "appeal.about_this_person"
    headed = Involved(frozenset({5}), headed=frozenset({8}))
    refusal = course_rules.assign(clerk, made, involved=headed, now=NOW, departments={7, 8})
    assert refusal.code == "appeal.about_this_department"
    refusal = course_rules.accept(
        clerk, appeal(State.RECEIVED), department_id=8, **(facts | {"involved": headed})
    )
    assert refusal.code == "appeal.about_its_head"


def test_what_is_about_somebody_stays_a_complaint():
    facts = {**FACTS, "kind": "application", "term": "month", "department_id": 7}
    for about in ({"about_person_id": 18}, {"about_person_id": None, "about_department_id": 8}):
        refusal = course_rules.accept(PEOPLE["registrar"], appeal(State.RECEIVED, **about), **facts)
        assert (refusal.code, refusal.params["field"]) == ("appeal.not_a_complaint", "kind")
    about_nobody = appeal(State.RECEIVED, about_person_id=None)
    assert course_rules.accept(PEOPLE["registrar"], about_nobody, **facts)


def test_nobody_of_a_department_works_on_a_complaint_about_it():
    """Neither as the office nor by another role of theirs."""
    working = {
        number: {
            name
            for name, user in PEOPLE.items()
            if appeals_rules.work(user, appeal(State.IN_WORK, about_department_id=number), INVOLVED)
        }
        for number in (5, 8)
    }
    assert working[5] == WORKING - {"registrar", "office secretary", "office head"}
    assert working[8] == WORKING - {"helper", "helping head"}
    double = person(30, "administrator")
    double.grants_in_force += person(30, "secretary", department_id=8).grants_in_force
    made = appeal(State.IN_WORK, about_department_id=8)
    assert appeals_rules.work(double, made, INVOLVED).code == "appeal.about_ones_department"
    cover = person(31, "officer", department_id=5)
    cover.grants_in_force += person(18, "moderator").grants_in_force
    verdict = appeals_rules.office(cover, appeal(State.IN_WORK), INVOLVED)
    assert verdict.code == "appeal.about_oneself"


@pytest.mark.parametrize(
    ("kind", "term", "fits"),
    [
        ("application", "simple", True),
        ("application", "request", False),
        ("application", "extended", False),
        ("request", "urgent", True),
        ("request", "month", False),
        ("proposal", "nothing", False),
    ],
)
def test_terms_of_a_kind(kind, term, fits):
    made = appeal(State.RECEIVED, kind=kind, about_person_id=None)
    facts = {**FACTS, "kind": kind, "term": term, "department_id": 7}
    verdict = course_rules.accept(PEOPLE["registrar"], made, **facts)
    assert bool(verdict) is fits
    assert fits or verdict.code == "appeal.term_of_another_kind"


@pytest.mark.parametrize("state", [State.RECEIVED, State.IN_WORK])
def test_a_request_is_answered_or_forwarded(state):
    """2939-VI art. 22: neither returned nor left without consideration."""
    made, head = appeal(state, kind="request"), PEOPLE["office head"]
    facts = {**FACTS, "note": "Бо"}
    leaving = {"ground": "anonymous", "leaders": LEADERS, **facts}
    for verdict in (
        rules_endings.return_(head, made, calendar=PEACETIME, ground="malformed", **facts),
        rules_endings.leave_without_consideration(PEOPLE["mayor"], made, **leaving),
        rules_endings.move(head, made, **facts),
    ):
        assert verdict.code == "appeal.is_a_request"
    assert rules_endings.forward(head, made, **FACTS, to="Облрада")


def test_only_a_complaint_is_out_of_time():
    made, head = appeal(State.RECEIVED, kind="application"), PEOPLE["mayor"]
    facts = {**FACTS, "ground": "out_of_time", "note": "Бо", "leaders": LEADERS}
    assert (
        rules_endings.leave_without_consideration(head, made, **facts).code
        == "appeal.no_term_to_file"
    )
    assert rules_endings.leave_without_consideration(head, appeal(State.RECEIVED), **facts)


@pytest.mark.parametrize(
    ("fields", "how", "reaches"),
    [
        ({"author": PEOPLE["author"]}, "page", True),
        ({"author_id": None}, "page", False),
        ({"author_id": None, "secret_hash": b"x" * 32}, "page", True),
        ({"email": ""}, "email", False),
        ({}, "letter", False),
        ({"residence": "вул. Садова, 1"}, "letter", True),
        ({}, "visit", True),
        ({}, "pigeon", False),
    ],
)
def test_an_answer_is_sent_to_where_it_reaches(fields, how, reaches):
    made = appeal(State.IN_WORK, **fields)
    assert bool(answers_rules.answer(PEOPLE["head"], made, APPROVED, **FACTS, how=how)) is reaches


def test_an_answer_is_approved_before_it_is_sent():
    head, made = PEOPLE["head"], appeal(State.IN_WORK)
    for answer in (None, DRAFT):
        verdict = answers_rules.answer(head, made, answer, **FACTS, how="email")
        assert verdict.code == "appeal.not_approved"
    for answer in (None, APPROVED):
        verdict = answers_rules.approve(head, made, answer, **FACTS)
        assert verdict.code == "appeal.nothing_to_approve"


def test_published_are_answers_that_were_sent():
    made, agreed = appeal(State.ANSWERED), Answer(sent_at=NOW, approved_at=NOW, agreed_at=NOW)
    facts = {"subject": "Про світло", "question": "Чи є світло?", "text": "Світить"}
    allowed = {
        name
        for name, user in PEOPLE.items()
        if answers_rules.publish_answer(user, made, agreed, involved=INVOLVED, **facts)
    }
    assert allowed == RESPONDING
    head = PEOPLE["head"]
    verdict = answers_rules.publish_answer(head, made, APPROVED, involved=INVOLVED, **facts)
    assert verdict.code == "appeal.not_sent"
    assert not answers_rules.publish_answer(
        head, made, agreed, involved=INVOLVED, **{**facts, "subject": ""}
    )
    assert not answers_rules.unpublish_answer(head, made, agreed, involved=INVOLVED)


# --- Reopening ------------------------------------------------------------------------------------


def test_it_is_reopened_once_within_a_month():
    author = PEOPLE["author"]
    made = appeal(State.ANSWERED)
    last = end_of_day(PEACETIME.next_working_day(last_date(NOW)) + timedelta(days=40))
    facts = {"calendar": PEACETIME, "reason": "Бо"}
    assert rules_own.reopen(author, made, now=NOW, **facts)
    verdict = rules_own.reopen(author, made, now=last, **facts)
    assert verdict.code == "appeal.reopened_too_late"
    made.reopened_at = NOW
    verdict = rules_own.reopen(author, made, now=NOW, **facts)
    assert verdict.code == "appeal.reopened_already"


# --- Filing ---------------------------------------------------------------------------------------

WORDS = {
    "kind": "application",
    "via": "page",
    "name": "Коваль Олена Петрівна",
    "residence": "вул. Садова, 1",
    "email": "olena@example.org",
    "subject": "Світло",
    "text": "Прошу відновити освітлення.",
}


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({}, "", ""),
        ({"kind": "letter"}, "appeal.kind_missing", "kind"),
        ({"subject": " "}, "appeal.subject_missing", "subject"),
        ({"text": "\n"}, "appeal.text_missing", "text"),
        ({"name": "Олена"}, "appeal.name_missing", "name"),
        ({"residence": ""}, "appeal.residence_missing", "residence"),
        ({"email": ""}, "appeal.contact_missing", "email"),
        ({"email": "", "phone": "+380 00"}, "", ""),
        ({"kind": "request", "name": "Олена", "residence": ""}, "", ""),
        ({"kind": "request", "name": ""}, "appeal.name_missing", "name"),
        ({"kind": "request", "email": "", "residence": ""}, "appeal.contact_missing", "email"),
        ({"kind": "request", "email": ""}, "", ""),
        ({"is_collective": True}, "appeal.people_missing", "people"),
        ({"is_collective": True, "people": 40}, "", ""),
        ({"people": 40}, "appeal.people_missing", "people"),
        ({"house": "12"}, "appeal.street_missing", "street"),
        ({"house": "12", "street_id": 1}, "", ""),
        ({"about_department_id": 7}, "appeal.not_a_complaint", "about_department"),
        ({"about_department_id": 7, "kind": "complaint"}, "", ""),
    ],
)
def test_what_is_missing_is_named(fields, code, field):
    made = Appeal(**(WORDS | fields))
    verdict = filing_rules.file(PEOPLE["anon"], made, involved=UNTAKEN, now=NOW)
    assert (verdict.code, verdict.params.get("field", "")) == (code, field)


def test_who_files():
    made = Appeal(**WORDS)
    filing_people = {
        name
        for name, user in PEOPLE.items()
        if filing_rules.file(user, made, involved=UNTAKEN, now=NOW)
    }
    suspended = {name for name in PEOPLE if name.startswith("suspended")}
    assert filing_people == set(PEOPLE) - suspended
    assert not filing_rules.file(PEOPLE["anon"], made, involved=UNTAKEN, now=NOW, files=11)


def test_the_office_registers_paper_even_of_nobody():
    made = Appeal(**(WORDS | {"via": "letter", "name": "", "residence": "", "email": ""}))
    made.received_at = NOW
    registering = {
        name
        for name, user in PEOPLE.items()
        if filing_rules.file(user, made, involved=UNTAKEN, now=NOW)
    }
    own = {"author of the office", "registrar that it is about", "administrator that it is about"}
    assert registering == OFFICE | own
    made.received_at = NOW + timedelta(minutes=1)
    verdict = filing_rules.file(PEOPLE["registrar"], made, involved=UNTAKEN, now=NOW)
    assert verdict.code == "appeal.received_later"
