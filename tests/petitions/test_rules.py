"""Who may do what with a petition, in which state: every role against every state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.eligibility import Eligibility
from accounts.models import Level
from appeals.models import State as AppealState
from core.domain.calendar import end_of_day, local_date
from petitions import rules as roles_rules
from petitions.answer import rules as answer_rules
from petitions.as_appeal.considered import AppealFacts
from petitions.life import rules
from petitions.models import Ground, News, Petition, Procedure, State
from petitions.news import rules as news_rules
from tests.factories import person

NOW = timezone.now()
TODAY = local_date(NOW)
STANDING = Eligibility(Level.LOW)

PEOPLE = {
    "anon": AnonymousUser(),
    "resident": person(1),
    "suspended": person(2, is_active=False),
    "author": person(99, email="author@viche.example"),
    "suspended author": person(99, is_active=False, email="author@viche.example"),
    "moderating author": person(99, "moderator", email="author@viche.example"),
    "answering author": person(99, "officer", department_id=7, email="author@viche.example"),
    "moderator": person(3, "moderator"),
    "its moderator": person(4, "moderator", scope="petition:1"),
    "another's moderator": person(5, "moderator", scope="petition:2"),
    "officer": person(6, "officer", department_id=7),
    "stranger": person(7, "officer", department_id=8),
    "its officer": person(8, "officer", scope="petition:1"),
    "another's officer": person(9, "officer", department_id=7, scope="petition:2"),
    "secretary": person(10, "secretary", department_id=7),
    "strange secretary": person(11, "secretary", department_id=8),
    "its secretary": person(12, "secretary", department_id=8, scope="petition:1"),
    "administrator": person(13, "administrator"),
}
ALL = set(State)
SPEAKING = set(PEOPLE) - {"anon", "suspended", "suspended author"}
AUTHORS = {"author", "moderating author", "answering author"}
MODERATING = {"moderator", "its moderator", "administrator"}
ANSWERING = {"officer", "its officer", "administrator"}
RECORDING = {*ANSWERING, "secretary", "its secretary"}
REVIEWING = {*RECORDING, *MODERATING, "moderating author", "answering author"}
PUBLISHED = ALL - {State.DRAFT, State.MODERATION, State.REFUSED}
UNDER_REVIEW = {State.REVIEW, State.AGENDA}
DECIDED = {State.SUPPORTED, State.NOT_SUPPORTED}
REACHED = {State.REACHED, *UNDER_REVIEW, *DECIDED, State.ANSWERED}


def petition(state: State, *, plenary: bool = False, **fields) -> Petition:
    """One in ``state``, of department 7, whose author is person 99."""
    made = Petition(
        pk=1,
        author_id=99,
        department_id=7,
        procedure=Procedure(threshold=3, signers="anyone", plenary=plenary),
        title="Лавки",
        text="Поставити лавки.",
        author_name="Коваль Олена",
        created_at=NOW - timedelta(days=99),
    )
    if state != State.DRAFT:
        made.submitted_at = NOW - timedelta(days=90)
    if state == State.REFUSED:
        made.refused_at = NOW
    if state in PUBLISHED:
        made.published_at = NOW - timedelta(days=80)
        made.closes_at = end_of_day(TODAY + timedelta(days=-1 if state == State.NOT_REACHED else 5))
    if state == State.WITHDRAWN:
        made.withdrawn_at, made.withdrawn_reason = NOW, "-"
    if state in REACHED:
        made.reached_at = NOW - timedelta(days=20)
    if state in REACHED - {State.REACHED}:
        made.review_at = NOW - timedelta(days=18)
    if state == State.AGENDA:
        made.session_on = TODAY
    if state in DECIDED or state == State.ANSWERED:
        made.decided_at = NOW - timedelta(days=2)
        made.decision = "not_supported" if state == State.NOT_SUPPORTED else "supported"
    if state == State.ANSWERED:
        made.answered_at = NOW
    for name, value in fields.items():
        setattr(made, name, value)
    assert made.state_at(NOW) == state
    return made


def considered(state):
    """The appeal that a petition is, in ``state``."""
    return AppealFacts(1, "1-01.01.2026", AppealState(state), TODAY, NOW)


def submit(user, about, eligibility=STANDING):
    return rules.submit(user, about, procedure=about.procedure, now=NOW, eligibility=eligibility)


#: rule -> (call, who may, in which states)
MATRIX = {
    "change": (lambda u, p: rules.change(u, p, now=NOW), AUTHORS, {State.DRAFT}),
    "discard": (lambda u, p: rules.discard(u, p, now=NOW), AUTHORS, {State.DRAFT}),
    "submit": (submit, AUTHORS, {State.DRAFT}),
    "withdraw": (
        lambda u, p: rules.withdraw(u, p, now=NOW, reason="-"),
        AUTHORS,
        {State.MODERATION, State.COLLECTING},
    ),
    "post_news": (
        lambda u, p: news_rules.post_news(u, p, now=NOW, title="-", text="-"),
        AUTHORS,
        PUBLISHED - {State.WITHDRAWN},
    ),
    "publish": (lambda u, p: rules.publish(u, p, now=NOW), MODERATING, {State.MODERATION}),
    "refuse": (
        lambda u, p: rules.refuse_it(
            u, p, now=NOW, ground=Ground(in_force=True), quote="", note="Ні"
        ),
        MODERATING,
        {State.MODERATION},
    ),
    "hide_news": (
        lambda u, p: news_rules.hide_news(u, p, News()),
        {*MODERATING, "moderating author"},
        ALL,
    ),
    "restore_news": (
        lambda u, p: news_rules.restore_news(u, p, News(hidden_at=NOW, by_id=99)),
        MODERATING,
        ALL,
    ),
    "sort": (
        lambda u, p: rules.sort(u, p, now=NOW),
        REVIEWING,
        ALL - {State.DRAFT, State.REFUSED, State.WITHDRAWN, State.ANSWERED},
    ),
    "review": (roles_rules.review, REVIEWING, ALL),
    "keep_record": (roles_rules.keep_record, {*RECORDING, "answering author"}, ALL),
    "speak_for": (roles_rules.speak_for, {*ANSWERING, "answering author"}, ALL),
    "start_review": (
        lambda u, p: answer_rules.start_review(u, p, now=NOW),
        REVIEWING - AUTHORS,
        {State.REACHED},
    ),
    "put_on_agenda": (
        lambda u, p: answer_rules.put_on_agenda(u, p, now=NOW, session_on=TODAY, today=TODAY),
        {*RECORDING, "answering author"},
        UNDER_REVIEW,
    ),
    "decide": (
        lambda u, p: answer_rules.decide(u, p, now=NOW, today=TODAY),
        RECORDING,
        UNDER_REVIEW,
    ),
    "answer": (
        lambda u, p: answer_rules.answer(
            u, p, now=NOW, texts=("-", "-", "-"), considered=considered("answered")
        ),
        ANSWERING,
        {*DECIDED, State.NOT_REACHED},
    ),
    "promise": (
        lambda u, p: answer_rules.promise(u, p, now=NOW, text="-"),
        {*RECORDING, "answering author"},
        {State.ANSWERED},
    ),
    "note_step": (
        lambda u, p: answer_rules.note_step(u, p, done_on=TODAY, note="", today=TODAY),
        {*RECORDING, "answering author"},
        ALL,
    ),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("rule", MATRIX)
def test_matrix(rule, who, state):
    call, people, states = MATRIX[rule]
    verdict = call(PEOPLE[who], petition(state))
    assert bool(verdict) == (who in people and state in states), verdict
    if not verdict:
        assert verdict.code
        assert str(verdict.message)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_reads_it(who, state):
    if state in PUBLISHED:
        readers = set(PEOPLE)
    elif state == State.DRAFT:
        readers = AUTHORS
    else:
        readers = {*AUTHORS, *MODERATING, *RECORDING}
    assert bool(roles_rules.see(PEOPLE[who], petition(state))) == (who in readers)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_apart_from_any_petition(who):
    user = PEOPLE[who]
    assert bool(rules.begin(user)) == (who in SPEAKING)
    assert bool(roles_rules.set_rules(user)) == (who == "administrator")
    everything = {"moderator", "moderating author", "administrator"}
    assert bool(roles_rules.moderate(user)) == (who in everything)


WHY = [
    ("change", "anon", State.DRAFT, "account.sign_in"),
    ("change", "suspended author", State.DRAFT, "account.suspended"),
    ("change", "resident", State.DRAFT, "petition.not_yours"),
    ("change", "author", State.MODERATION, "petition.not_a_draft"),
    ("discard", "author", State.COLLECTING, "petition.not_a_draft"),
    ("submit", "author", State.REFUSED, "petition.not_a_draft"),
    ("withdraw", "resident", State.COLLECTING, "petition.not_yours"),
    ("withdraw", "author", State.REACHED, "petition.cannot_be_withdrawn"),
    ("withdraw", "author", State.NOT_REACHED, "petition.cannot_be_withdrawn"),
    ("post_news", "author", State.MODERATION, "petition.not_public"),
    ("publish", "officer", State.MODERATION, "petition.moderators_only"),
    ("publish", "moderating author", State.MODERATION, "petition.not_ones_own"),
    ("publish", "moderator", State.COLLECTING, "petition.not_on_moderation"),
    ("refuse", "moderating author", State.MODERATION, "petition.not_ones_own"),
    ("start_review", "stranger", State.REACHED, "petition.officers_only"),
    ("start_review", "officer", State.COLLECTING, "petition.not_reached"),
    ("put_on_agenda", "moderator", State.REVIEW, "petition.officers_only"),
    ("put_on_agenda", "officer", State.REACHED, "petition.not_under_review"),
    ("decide", "secretary", State.SUPPORTED, "petition.not_under_review"),
    ("answer", "secretary", State.SUPPORTED, "petition.officers_only"),
    ("answer", "officer", State.REVIEW, "petition.not_decided"),
    ("answer", "officer", State.ANSWERED, "petition.answered_already"),
    ("start_review", "moderating author", State.REACHED, "petition.not_ones_own"),
    ("decide", "answering author", State.REVIEW, "petition.not_ones_own"),
    ("answer", "answering author", State.SUPPORTED, "petition.not_ones_own"),
    ("restore_news", "moderating author", State.COLLECTING, "petition.not_ones_own"),
    ("promise", "officer", State.SUPPORTED, "petition.not_answered"),
    ("sort", "officer", State.ANSWERED, "petition.finished"),
]


@pytest.mark.parametrize(("rule", "who", "state", "code"), WHY)
def test_why_not(rule, who, state, code):
    call, _people, _states = MATRIX[rule]
    assert call(PEOPLE[who], petition(state)).code == code


@pytest.mark.parametrize(
    ("missing", "code", "field"),
    [
        ({"title": " "}, "petition.title_missing", "title"),
        ({"text": ""}, "petition.text_missing", "text"),
        ({"author_name": "Олена"}, "petition.author_name_missing", "author_name"),
    ],
)
def test_it_is_sent_whole(missing, code, field):
    verdict = submit(PEOPLE["author"], petition(State.DRAFT, **missing))
    assert verdict.code == code
    assert verdict.params["field"] == field


def test_its_author_can_be_reached_by_mail():
    nobody = person(99)
    nobody.email = None
    assert submit(nobody, petition(State.DRAFT)).code == "petition.email_missing"


def test_it_is_sent_by_who_could_sign_it():
    made = petition(State.DRAFT)
    made.procedure.signers = Procedure.Signers.RESIDENTS
    assert submit(PEOPLE["author"], made).code == "eligibility.residence"
    assert submit(PEOPLE["author"], made, Eligibility(Level.LOW, residence="declared"))


def test_nobody_begins_without_end():
    olena = PEOPLE["resident"]
    assert rules.begin(olena, drafts=rules.MOST_DRAFTS - 1)
    verdict = rules.begin(olena, drafts=rules.MOST_DRAFTS)
    assert verdict.code == "petition.too_many_drafts"


def test_reasons_and_texts_are_not_blank():
    author, officer = PEOPLE["author"], PEOPLE["officer"]
    collecting, answered = petition(State.COLLECTING), petition(State.ANSWERED)
    decided = petition(State.SUPPORTED)
    refused = [
        (rules.withdraw(author, collecting, now=NOW, reason=" "), "petition.reason_missing"),
        (
            news_rules.post_news(author, collecting, now=NOW, title="-", text=" "),
            "petition.news_empty",
        ),
        (
            news_rules.post_news(author, collecting, now=NOW, title="", text="-"),
            "petition.news_empty",
        ),
        (answer_rules.promise(officer, answered, now=NOW, text="\n"), "petition.step_empty"),
        (
            answer_rules.answer(officer, decided, now=NOW, texts=("-", " ", "-")),
            "petition.answer_empty",
        ),
        (
            answer_rules.note_step(officer, answered, done_on=None, note=" ", today=TODAY),
            "petition.step_note_empty",
        ),
    ]
    for verdict, code in refused:
        assert verdict.code == code


def test_no_day_that_cannot_be():
    officer, answered = PEOPLE["officer"], petition(State.ANSWERED)
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    verdict = answer_rules.note_step(officer, answered, done_on=tomorrow, note="-", today=TODAY)
    assert verdict.code == "petition.done_in_the_future"
    verdict = answer_rules.put_on_agenda(
        officer, petition(State.REVIEW), now=NOW, session_on=yesterday, today=TODAY
    )
    assert verdict.code == "petition.session_in_the_past"


def test_what_the_session_considers_is_decided_after_it():
    officer = PEOPLE["officer"]
    review, agenda = (petition(state, plenary=True) for state in (State.REVIEW, State.AGENDA))
    assert answer_rules.decide(officer, review, now=NOW, today=TODAY).code == "petition.no_session"
    assert answer_rules.decide(officer, agenda, now=NOW, today=TODAY)
    agenda.session_on = TODAY + timedelta(days=1)
    assert (
        answer_rules.decide(officer, agenda, now=NOW, today=TODAY).code == "petition.session_ahead"
    )


def test_a_ground_out_of_force_refuses_nothing():
    verdict = rules.refuse_it(
        PEOPLE["moderator"],
        petition(State.MODERATION),
        now=NOW,
        ground=Ground(in_force=False),
        quote="",
        note="Ні",
    )
    assert verdict.code == "petition.ground_not_in_force"


def test_what_is_hidden_is_not_hidden_again():
    verdict = news_rules.hide_news(
        PEOPLE["moderator"], petition(State.COLLECTING), News(hidden_at=NOW)
    )
    assert verdict.code == "petition.news_hidden_already"


@pytest.mark.parametrize("state", sorted(set(AppealState) - {AppealState.ANSWERED}))
def test_what_is_an_appeal_is_answered_as_one_first(state):
    about, officer = petition(State.NOT_REACHED), PEOPLE["officer"]
    for appeal in (considered(state), None):
        verdict = answer_rules.answer(officer, about, now=NOW, texts=("-",), considered=appeal)
        assert verdict.code == "petition.appeal_first"
