"""A meeting's life as a machine: secretaries, deputies and residents in any order, with what they
have before their eyes, new or old. A model beside it says what must be allowed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import User
from core.domain import clock
from meetings import queries
from meetings.agenda import actions as agenda_actions
from meetings.course import actions as course_actions
from meetings.models import Item, LogEntry, Meeting, QuickPoll, RollCall, State, Vote
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.quickpolls import actions as quickpolls_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories
from tests.plugins.levels import level
from tests.state_machines import Attempts, live

PLACES = st.integers(1, 4)
MEMBERS = st.integers(0, 4)
BY = st.sampled_from(["secretary", "secretary", "other", "other", "stranger"])
#: Whether who acts has seen what is now, or what was before.
SEEN = st.sampled_from([True, True, True, False])


class Life(Attempts, RuleBasedStateMachine):
    """``done`` counts what was really done, so that a machine that is always refused is seen."""

    def __init__(self, cast: dict[str, Any], done: Counter[str]) -> None:
        RuleBasedStateMachine.__init__(self)
        self.cast, self.done = cast, done
        self.meeting: Meeting = cast["meeting"]
        self.state = State.ANNOUNCED
        self.items: dict[int, str] = dict.fromkeys(range(1, 5), "planned")
        self.current: int | None = None
        self.here: set[int] = set()
        self.votes: dict[int, str] = {}
        self.own: set[int] = set()
        self.call: RollCall | None = None
        self.survey: QuickPoll | None = None
        self.results: list[tuple[int, dict[int, str], set[int]]] = []
        #: Who waits to speak on which item: also while another one is considered.
        self.waiting: dict[tuple[int | None, str], Any] = {}
        self.speaking: str | None = None
        self.is_blank = False
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def act(self, allowed: bool, action: Any, *args: Any, by: str, **asked: Any) -> Any:
        person: User = self.cast[by]
        return self.attempt(allowed, action, *args, by=person, **asked)

    def item(self, order: int | None) -> Item | None:
        return self.meeting.items.get(order=order) if order else None

    def seen(self, is_new: bool) -> int | None:
        """The id of the item that is current, or of another one."""
        other = 1 if self.current != 1 else 2
        item = self.item(self.current if is_new else other)
        return item.pk if item else None

    def runs(self, by: str) -> bool:
        return self.state == State.RUNNING and by != "stranger"

    @property
    def is_busy(self) -> bool:
        return not (self.call is self.survey is self.speaking is None)

    def leave(self) -> None:
        if self.current:
            self.items[self.current] = "done"
        self.current = None

    @initialize(far=st.sampled_from([5, 4, 3, 3, 2, 1, 0]))
    def it_is_announced(self, far: int) -> None:
        """Or opened already, or at its first item, or somebody waits there to speak, or a survey or
        a roll-call is open."""
        if far:
            self.is_opened("secretary")
        if far > 1:
            self.the_next_item("secretary", is_new=True)
        if far > 2:
            self.somebody_raises_a_hand("resident", "for")
        if far == 4:
            self.a_roll_call_is_opened("secretary", is_new=True)
        if far == 5:
            self.those_present_are_asked("secretary", is_new=True)

    # --- the course -----------------------------------------------------------------------------

    @precondition(lambda self: self.state == State.ANNOUNCED)
    @rule(by=BY)
    def is_opened(self, by: str) -> None:
        allowed = self.state == State.ANNOUNCED and by != "stranger"
        if self.act(allowed, course_actions.open_meeting, self.meeting, by=by):
            self.state = State.RUNNING

    @rule(by=BY, is_new=SEEN)
    def the_next_item(self, by: str, is_new: bool) -> None:
        allowed = self.runs(by) and is_new and not self.is_busy
        if self.act(
            allowed, course_actions.next_item, self.meeting, by=by, seen_item=self.seen(is_new)
        ):
            after = self.current or 0
            planned = [o for o, s in self.items.items() if s == "planned" and o > after]
            self.leave()
            if planned:
                self.current = min(planned)
                self.items[self.current] = "current"

    @rule(by=BY, to=PLACES, is_new=SEEN)
    def an_item_is_taken_up(self, by: str, to: int, is_new: bool) -> None:
        fits = self.items[to] in ("planned", "done")
        allowed = self.runs(by) and is_new and not self.is_busy and fits
        item, seen = self.item(to), self.seen(is_new)
        if self.act(allowed, course_actions.go_to_item, self.meeting, item, by=by, seen_item=seen):
            self.leave()
            self.current, self.items[to] = to, "current"

    @rule(by=BY, order=PLACES)
    def an_item_is_dropped(self, by: str, order: int) -> None:
        fits = self.items[order] == "planned" and self.state != State.CLOSED
        if self.act(fits and by != "stranger", agenda_actions.drop_item, self.item(order), by=by):
            self.items[order] = "dropped"

    @rule(is_new=SEEN, really=st.sampled_from([True, False, False, False, False]))
    def is_closed(self, is_new: bool, really: bool) -> None:
        by = "secretary" if really else "stranger"
        allowed = self.runs(by) and is_new and not self.is_busy
        seen = self.seen(is_new)
        if self.act(allowed, course_actions.close_meeting, self.meeting, by=by, seen_item=seen):
            self.leave()
            self.here, self.is_blank, self.state = set(), False, State.CLOSED

    @rule(by=BY, blank=st.booleans())
    def displays(self, by: str, blank: bool) -> None:
        act = course_actions.blank if blank else course_actions.unblank
        if self.act(self.runs(by), act, self.meeting, by=by):
            self.is_blank = blank

    @precondition(lambda self: self.state == State.CLOSED)
    @rule(by=BY)
    def the_video_is_published(self, by: str) -> None:
        allowed = self.state == State.CLOSED and by != "stranger"
        self.act(
            allowed, record_actions.publish_video, self.meeting, by=by, url="https://v.example/1"
        )

    # --- deputies -------------------------------------------------------------------------------

    @rule(by=BY, member=MEMBERS, comes=st.sampled_from([True, True, False]))
    def a_deputy_comes_or_leaves(self, by: str, member: int, comes: bool) -> None:
        act = presence_actions.come if comes else presence_actions.leave
        if self.act(self.runs(by), act, self.meeting, self.cast["deputies"][member], by=by):
            (self.here.add if comes else self.here.discard)(member)

    @rule(by=BY, is_new=SEEN)
    def a_roll_call_is_opened(self, by: str, is_new: bool) -> None:
        is_free = self.call is self.survey is None
        allowed = self.runs(by) and is_new and is_free and self.current is not None
        asked = {
            "question": "За основу",
            "seen_item": self.seen(is_new),
            "no_quorum_reason": "Перевірка",
        }
        made = self.act(allowed, rollcalls_actions.open_roll_call, self.meeting, by=by, **asked)
        if made:
            self.call, self.votes, self.own = made, {}, set()

    @precondition(lambda self: self.call is not None)
    @rule(
        by=st.sampled_from(["secretary", "secretary", "deputy", "stranger"]),
        member=MEMBERS,
        choice=st.sampled_from(["for", "for", "against", "abstained", "absent"]),
    )
    def a_vote_is_given(self, by: str, member: int, choice: str) -> None:
        act, may = rollcalls_actions.enter_vote, by == "secretary"
        if by == "deputy":
            act, may = rollcalls_actions.vote, member == 0
        deputy = self.cast["deputies"][member]
        # A vote is of somebody present; the secretary enters none in place of a deputy's own.
        may = may and choice != "absent" and member in self.here
        may = may and (by == "deputy" or member not in self.own)
        if self.act(may, act, self.call, deputy, by=by, choice=choice):
            self.votes[member] = choice
            if by == "deputy":
                self.own.add(member)

    @precondition(lambda self: self.call is not None)
    @rule(by=BY)
    def the_roll_call_is_closed(self, by: str) -> None:
        assert self.call is not None
        if self.act(self.runs(by), rollcalls_actions.close_roll_call, self.call, by=by):
            silent = {
                member: "not_voting" if member in self.here else "absent" for member in range(5)
            }
            here = self.here | set(self.votes)
            self.results.append((self.call.pk, {**silent, **self.votes}, here))
            self.call = None

    # --- surveys --------------------------------------------------------------------------------

    @rule(by=BY, is_new=SEEN)
    def those_present_are_asked(self, by: str, is_new: bool) -> None:
        allowed = self.runs(by) and is_new and self.call is self.survey is None
        question = {"text": "Оголосити перерву?", "kind": "yes_no", "options": []}
        asked = {"question": question, "seen_item": self.seen(is_new)}
        made = self.act(allowed, quickpolls_actions.open_quick_poll, self.meeting, by=by, **asked)
        self.survey = made or self.survey

    @precondition(lambda self: self.survey is not None)
    @rule(by=BY)
    def the_survey_is_closed(self, by: str) -> None:
        if self.act(self.runs(by), quickpolls_actions.close_quick_poll, self.survey, by=by):
            self.survey = None

    # --- the floor ------------------------------------------------------------------------------

    @rule(
        by=st.sampled_from(["resident", "deputy"]), stance=st.sampled_from(["for", "against", ""])
    )
    def somebody_raises_a_hand(self, by: str, stance: str) -> None:
        item = self.item(self.current or 1)
        fits = self.state == State.RUNNING and self.current is not None
        allowed = fits and (self.current, by) not in self.waiting
        made = self.act(allowed, speakers_actions.ask_to_speak, item, by=by, stance=stance)
        if made:
            self.waiting[self.current, by] = made

    @precondition(lambda self: any(order == self.current for order, _who in self.waiting))
    @rule(by=BY, who=st.sampled_from(["resident", "deputy"]), is_new=SEEN)
    def somebody_gets_the_floor(self, by: str, who: str, is_new: bool) -> None:
        if (self.current, who) not in self.waiting:
            who = "deputy" if who == "resident" else "resident"
        speaker = self.waiting[self.current, who]
        now = queries.speaking_in(self.meeting)
        seen = (now.pk if now else None) if is_new else 0
        allowed = self.runs(by) and is_new
        if self.act(allowed, speakers_actions.begin_speech, speaker, by=by, seen_speaker=seen):
            self.speaking = who
            del self.waiting[self.current, who]

    @precondition(lambda self: self.speaking is not None)
    @rule(by=BY)
    def who_speaks_has_spoken(self, by: str) -> None:
        speaker = queries.speaking_in(self.meeting)
        if speaker and self.act(self.runs(by), speakers_actions.end_speech, speaker, by=by):
            self.speaking = None

    @rule(by=BY, shown=st.booleans())
    def a_question_is_asked_and_put_on_the_displays(self, by: str, shown: bool) -> None:
        open_to_all = self.state != State.CLOSED
        asked = self.act(
            open_to_all, questions_actions.ask, self.meeting, by="resident", text="Коли?"
        )
        if not asked:
            return
        questions_actions.show(asked, by=self.cast["secretary"])
        live_now = queries.live_question_of(self.meeting)
        seen = live_now.pk if live_now and shown else None
        is_new = (live_now.pk if live_now else None) == seen
        self.act(self.runs(by) and is_new, questions_actions.put_live, asked, by=by, seen_live=seen)

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def the_database_stands_where_the_model_does(self) -> None:
        fresh = queries.for_page(Meeting.objects.all()).get(pk=self.meeting.pk)
        assert fresh.state_at(clock.now()) == self.state
        assert (fresh.current_item.order if fresh.current_item else None) == self.current
        assert fresh.is_blank == self.is_blank
        assert {item.order: item.state for item in queries.agenda_of(fresh)} == self.items
        deputies = self.cast["deputies"]
        assert set(queries.present_in(fresh)) == {deputies[member] for member in self.here}
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def closed_roll_calls_say_what_they_said(self) -> None:
        deputies = self.cast["deputies"]
        for pk, said, here in self.results:
            votes = Vote.objects.filter(roll_call=pk).values_list("deputy", "choice")
            assert dict(votes) == {deputies[member].pk: each for member, each in said.items()}
            assert RollCall.objects.get(pk=pk).present == len(here)

    @invariant()
    def the_log_tells_it_in_order(self) -> None:
        log = list(LogEntry.objects.filter(meeting=self.meeting).order_by("pk"))
        assert [entry.at for entry in log] == sorted(entry.at for entry in log)
        kinds = Counter(entry.kind for entry in log)
        assert kinds["roll_call"] == kinds["roll_call_closed"] + (self.call is not None)
        assert kinds["poll"] == kinds["poll_closed"] + (self.survey is not None)
        assert kinds["speaks"] == kinds["spoke"] + (self.speaking is not None)
        assert kinds["item"] == kinds["item_done"] + (self.current is not None)
        assert kinds["opened"] == (self.state != State.ANNOUNCED)
        assert kinds["closed"] == (self.state == State.CLOSED)


@pytest.fixture
def cast(olena: User, bohdan: User, charlie: User) -> dict[str, Any]:
    council = factories.body(members=5)
    deputies = factories.deputies(council)
    deputies[0].user = bohdan
    deputies[0].save()
    return {
        "meeting": factories.meeting(of=council, items=4),
        "deputies": deputies,
        "secretary": factories.secretary(),
        "other": factories.secretary("other", "officer"),
        "stranger": charlie,
        "deputy": bohdan,
        "resident": olena,
    }


#: What must really have happened.
HAPPENED = (
    "open_meeting",
    "next_item",
    "go_to_item",
    "open_roll_call",
    "enter_vote",
    "close_roll_call",
    "ask_to_speak",
    "begin_speech",
    "put_live",
    "open_quick_poll",
    "close_quick_poll",
)


def live_by_rules(cast: Any, *, runs: int, steps: int, seed: int | None = None) -> Counter[str]:
    done: Counter[str] = Counter()
    live(lambda: Life(cast, done), examples=runs, steps=steps, seed=seed)
    return done


@pytest.mark.with_all
@pytest.mark.short
@pytest.mark.cpu(11)
@pytest.mark.django_db
def test_a_meeting_lives_by_its_rules(cast):
    done = live_by_rules(cast, runs=19, steps=10)
    assert sum(bool(done[f"{act} done"]) for act in HAPPENED) >= 5, done


@pytest.mark.long
@pytest.mark.django_db
def test_many_lives(cast):
    """Which acts they hold depends on what else is loaded: nearly all."""
    done = live_by_rules(cast, runs=40, steps=30)
    assert len([act for act in HAPPENED if not done[f"{act} done"]]) <= 3, done


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.django_db
def test_other_lives_every_night(cast, request):
    done = live_by_rules(cast, runs=500, steps=30, seed=level(request.config).seed)
    # Of all acts the rarest may be missing.
    assert len([act for act in HAPPENED if not done[f"{act} done"]]) <= 1, done
