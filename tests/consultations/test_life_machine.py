"""A consultation's life as a machine: whatever happens, in whatever order and at whatever time,
the rules hold and every count equals its rows."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from consultations.life import actions as life_actions
from consultations.models import Consultation, Remark, State
from consultations.remarks import actions
from consultations.remarks.counts import counts_of
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from discussions import actions as discussion
from discussions.models import Comment, Flag, Reaction
from tests import factories
from tests.plugins.levels import level
from tests.state_machines import Attempts, live

#: From each state, where time and officers may lead.
WAYS = {
    State.PREPARING: {State.PREPARING, State.ANNOUNCED, State.OPEN},
    State.ANNOUNCED: {State.ANNOUNCED, State.OPEN, State.CLOSED, State.WITHDRAWN},
    State.OPEN: {State.OPEN, State.CLOSED, State.WITHDRAWN},
    State.CLOSED: {State.CLOSED, State.REPORTED, State.WITHDRAWN},
    State.REPORTED: {State.REPORTED},
    State.WITHDRAWN: {State.WITHDRAWN},
}
SEEDS = st.integers(0, 10_000)


class Life(Attempts, RuleBasedStateMachine):
    """Everything that can happen to one consultation, by its people and by the clock."""

    def __init__(self, start: State, people, department, done: Counter[str]) -> None:
        super().__init__()
        self.start, self.done = start, done
        self.people = people
        self.residents = [people["olena"], people["bohdan"]]
        self.department = department
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.consultation = factories.consultation(self.department, self.start)
        self.clauses = list(self.consultation.draft.versions.get().outline())
        self.was = self.start
        if self.start == State.OPEN:  # somebody has spoken already, so that all can go on
            for by, clause in zip(self.residents, (None, self.clauses[-1]), strict=True):
                clause_id = clause.pk if clause else None
                actions.remark(self.consultation, by=by, text="Слово", clause_id=clause_id)

    def fresh(self) -> Consultation:
        return Consultation.objects.get(pk=self.consultation.pk)

    @property
    def state(self) -> State:
        return self.fresh().state_at(database_clock.now())

    def comments(self, **filters):
        return list(
            Comment.objects.filter(thread=self.consultation.thread_id, **filters).order_by("pk")
        )

    def pick(self, seed: int, things: list):
        return things[seed % len(things)] if things else None

    # --- time and officers ------------------------------------------------------------------

    @rule(hours=st.integers(1, 72))
    def time_passes(self, hours: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE test_clock SET shift = shift + %s", [timedelta(hours=hours)])
        life_actions.tell_what_passed()

    @precondition(lambda self: self.state == State.ANNOUNCED or len(self.comments()) > 4)
    @precondition(lambda self: self.state in (State.ANNOUNCED, State.OPEN))
    @rule()
    def the_next_date_comes(self) -> None:
        now = self.fresh()
        moment = now.opens_at if self.state == State.ANNOUNCED else now.closes_at
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE test_clock SET shift = %s - pg_catalog.statement_timestamp()", [moment]
            )

    @rule()
    def is_announced(self) -> None:
        ahead = self.fresh().opens_on >= local_date(database_clock.now())
        allowed = self.state == State.PREPARING and ahead
        self.attempt(allowed, life_actions.announce, self.consultation, by=self.people["ofi"])

    @rule(more=st.integers(1, 20))
    def is_extended(self, more: int) -> None:
        now = self.fresh()
        self.attempt(
            self.state in (State.ANNOUNCED, State.OPEN),
            life_actions.change_dates,
            self.consultation,
            by=self.people["ofi"],
            opens_on=now.opens_on,
            last_day=now.last_day + timedelta(days=more),
            reason="Звернення мешканців",
        )

    @precondition(lambda self: self.state in (State.CLOSED, State.PREPARING))
    @rule()
    def is_reported(self) -> None:
        self.attempt(
            self.state == State.CLOSED,
            factories.publish_report,
            self.consultation,
            by=self.people["ofi"],
        )

    @precondition(lambda self: self.state == State.CLOSED)
    @rule()
    def is_withdrawn(self) -> None:
        life_actions.withdraw(self.consultation, by=self.people["ofi"], reason="Переробляємо")

    # --- people -----------------------------------------------------------------------------

    @rule(who=SEEDS, where=SEEDS)
    def somebody_remarks(self, who: int, where: int) -> None:
        clause = self.pick(where, [None, *self.clauses])
        self.attempt(
            self.state == State.OPEN,
            actions.remark,
            self.consultation,
            by=self.pick(who, self.residents),
            text="Слово",
            clause_id=clause.pk if clause else None,
        )

    @rule(who=SEEDS, which=SEEDS)
    def somebody_replies(self, who: int, which: int) -> None:
        comment = self.pick(which, self.comments(parent=None))
        if comment is not None:
            self.attempt(
                self.state == State.OPEN and comment.is_visible,
                actions.reply,
                comment.remark,
                by=self.pick(who, self.residents),
                text="Згода",
            )

    @rule(which=SEEDS)
    def the_council_answers(self, which: int) -> None:
        comment = self.pick(which, self.comments(parent=None))
        if comment is not None:
            newest = comment.answers.filter(is_official=True).order_by("pk").last()
            self.attempt(
                comment.is_visible,
                actions.answer,
                comment.remark,
                by=self.people["ofi"],
                text="Враховано",
                seen=newest.pk if newest else 0,
            )

    @rule(who=SEEDS, which=SEEDS, value=st.sampled_from([1, 0, -1]))
    def somebody_reacts(self, who: int, which: int, value: int) -> None:
        comment = self.pick(which, self.comments(parent=None))
        if comment is not None:
            by = self.pick(who, self.residents)
            self.attempt(
                self.state == State.OPEN and comment.is_visible and comment.author != by,
                actions.react,
                comment.remark,
                by=by,
                value=value,
            )

    @rule(which=SEEDS)
    def its_author_edits(self, which: int) -> None:
        comment = self.pick(which, self.comments(parent=None))
        if comment is not None:
            in_time = comment.may_still_be_edited(database_clock.now())
            self.attempt(
                self.state == State.OPEN and comment.is_visible and in_time,
                actions.change_remark,
                comment.remark,
                by=comment.author,
                text=f"{comment.text} ще",
            )

    @rule(which=SEEDS)
    def its_author_deletes(self, which: int) -> None:
        comment = self.pick(which, self.comments())
        if comment is not None:
            self.attempt(
                comment.is_visible and not comment.is_official,
                discussion.delete,
                comment,
                by=comment.author,
            )

    # --- moderation -------------------------------------------------------------------------

    @rule(who=SEEDS, which=SEEDS)
    def somebody_reports(self, who: int, which: int) -> None:
        comment = self.pick(which, self.comments())
        if comment is not None:
            by = self.pick(who, self.residents)
            before = Flag.objects.filter(comment=comment, user=by).exists()
            self.attempt(
                comment.is_visible and comment.author != by and not before,
                discussion.flag,
                comment,
                by=by,
                reason="spam",
            )

    @rule(which=SEEDS)
    def a_moderator_hides(self, which: int) -> None:
        comment = self.pick(which, self.comments())
        if comment is not None:
            self.attempt(
                comment.is_visible and not comment.is_official,
                discussion.hide,
                comment,
                by=self.people["mo"],
                reason="spam",
                note="Ні",
            )

    @rule(which=SEEDS)
    def a_moderator_restores(self, which: int) -> None:
        comment = self.pick(which, self.comments())
        if comment is not None:
            self.attempt(
                comment.hidden_at is not None,
                discussion.restore,
                comment,
                by=self.people["mo"],
            )

    # --- what always holds ------------------------------------------------------------------

    @invariant()
    def the_state_only_goes_on(self) -> None:
        if hasattr(self, "consultation"):
            now = self.state
            assert now in WAYS[self.was] or now in {
                further for step in WAYS[self.was] for further in WAYS[step]
            }
            self.was = now

    @invariant()
    def counts_equal_rows(self) -> None:
        if not hasattr(self, "consultation"):
            return
        visible = Remark.objects.filter(
            consultation=self.consultation, comment__hidden_at=None, comment__deleted_at=None
        )
        by_clause = Counter(
            visible.filter(clause__isnull=False).values_list("clause_key", flat=True)
        )
        assert counts_of(self.consultation.pk) == (visible.count(), dict(by_clause))
        replies = Comment.objects.exclude(parent=None).filter(hidden_at=None, deleted_at=None)
        answers = Counter(replies.values_list("parent_id", flat=True))
        answered = set(replies.filter(is_official=True).values_list("parent_id", flat=True))
        reactions = Counter(Reaction.objects.values_list("comment_id", "value"))
        flagged = set(Flag.objects.filter(settled_at=None).values_list("comment_id", flat=True))
        for comment in self.comments():
            assert comment.replies == answers[comment.pk]
            assert comment.is_answered == (comment.pk in answered)
            assert comment.agrees == reactions[comment.pk, 1]
            assert comment.disagrees == reactions[comment.pk, -1]
            assert not (comment.hidden_at and comment.pk in flagged)


STARTS = (State.OPEN, State.PREPARING)
#: What must really have happened: a machine that is always refused proves nothing.
HAPPENED = {
    State.OPEN: (
        *("remark", "reply", "answer", "react", "change_remark", "delete"),
        *("flag", "hide", "restore", "change_dates"),
    ),
    State.PREPARING: ("announce", "change_dates"),
}


@pytest.fixture
def cast(olena, bohdan, mo, ofi, department):
    return {"olena": olena, "bohdan": bohdan, "mo": mo, "ofi": ofi}, department


@pytest.mark.with_all
@pytest.mark.short
@pytest.mark.cpu(10)
@pytest.mark.django_db
@pytest.mark.parametrize("start", STARTS)
def test_a_consultation_lives_by_its_rules(start, cast, clock):
    done: Counter[str] = Counter()
    live(lambda: Life(start, *cast, done), examples=6, steps=40)
    assert sum(bool(done[f"{act} done"]) for act in HAPPENED[start]) >= 2, done


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("start", STARTS)
def test_many_lives(start, cast, clock):
    done: Counter[str] = Counter()
    live(lambda: Life(start, *cast, done), examples=20, steps=40)
    # The rarest needs more lives than these to come about: the nightly run has them.
    missing = [act for act in HAPPENED[start] if not done[f"{act} done"]]
    assert len(missing) <= 1, done


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.django_db
@pytest.mark.parametrize("start", STARTS)
def test_other_lives_every_night(start, cast, clock, request):
    seed, done = level(request.config).seed, Counter[str]()
    live(lambda: Life(start, *cast, done), examples=150, steps=40, seed=seed)
    for act in HAPPENED[start]:
        assert done[f"{act} done"], done
