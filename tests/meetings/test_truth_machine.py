"""Presence × votes × replacements × annulments × videoconference × pauses × a close undone, in any
order: after each step all faces of a meeting say the same (minutes, result, page, CSV, API,
display, phone, control)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import User
from meetings import pages, queries
from meetings.api.serializers import PauseOut, RollCallOut
from meetings.control.queries import control_of
from meetings.course import actions as course_actions
from meetings.deputies import actions_video
from meetings.displays import boards
from meetings.floor import queries as floor
from meetings.hall import claims
from meetings.minutes import queries as minutes
from meetings.minutes.contradictions import contradictions_of
from meetings.models import Deputy, Meeting, Pause, RollCall, State, Vote
from meetings.pauses import actions as pauses
from meetings.presence import actions as presence_actions
from meetings.presenters import ShownMeeting
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls import actions_decisions, open_data
from meetings.undoing import actions as undoing
from tests.meetings import factories
from tests.plugins.levels import level
from tests.state_machines import Attempts, live

MEMBERS = st.integers(0, 5)  # the last one is the head of the city
CHOICE = st.sampled_from(["for", "for", "for", "against", "abstained"])
#: Contradictions that nothing of this machine may ever bring about.
NEVER = {"vote_outside_presence", "absent_and_present"}


@dataclass
class Call:
    """What the model knows of a roll-call; ``reason``: why it was opened without a quorum;
    ``here``: who was present at its close; ``repeated_by``: the one after a pause."""

    row: RollCall
    needs: str
    counts_head: bool
    reason: str = ""
    votes: dict[int, tuple[str, str]] = field(default_factory=dict)
    here: set[int] = field(default_factory=set)
    is_closed: bool = False
    is_annulled: bool = False
    repeated_by: Call | None = None


class Truth(Attempts, RuleBasedStateMachine):
    def __init__(self, cast: dict[str, Any], done: Counter[str]) -> None:
        RuleBasedStateMachine.__init__(self)
        self.cast, self.done = cast, done
        self.meeting: Meeting = cast["meeting"]
        self.deputies: list[Deputy] = cast["deputies"]
        self.by: User = cast["secretary"]
        #: By member: whether they are here by videoconference.
        self.here: dict[int, bool] = {}
        self.claimed: set[int] = set()
        self.is_allowed = False
        self.calls: list[Call] = []
        #: What interrupts it now, all that did, and who was there when it was closed by mistake.
        self.pause = ""
        self.pauses: list[str] = []
        self.left: dict[int, bool] | None = None
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def call(self) -> Call | None:
        return next((each for each in self.calls if not each.is_closed), None)

    @property
    def total(self) -> int:
        return 5 + (5 in self.here)

    @property
    def has_quorum(self) -> bool:
        return 2 * len(self.here) > self.total

    @property
    def is_over(self) -> bool:
        return self.left is not None

    @property
    def goes_on(self) -> bool:
        """Whether anything that conducts it is done."""
        return not self.pause and not self.is_over

    @property
    def is_suspended(self) -> bool:
        return bool(self.pause) and self.call is not None

    def votes_in(self, call: Call, member: int) -> bool:
        return member != 5 or call.counts_head

    @initialize(number=st.sampled_from([4, 6, 5, 3, 0]), opened=st.sampled_from([True, False]))
    def some_are_here(self, number: int, opened: bool) -> None:
        presence_actions.come_all(self.meeting, self.deputies[:number], by=self.by)
        self.here = dict.fromkeys(range(number), False)
        if opened:
            self.is_opened("majority", "Так")
            self.votes_of_all_are_entered("for")
            self.is_closed()
            self.is_opened("majority", "Так")

    # --- presence -----------------------------------------------------------------------------

    @rule(member=MEMBERS, by_video=st.sampled_from([False, False, True]))
    def comes(self, member: int, by_video: bool) -> None:
        allowed = (self.is_allowed or not by_video) and not self.is_over
        deputy = self.deputies[member]
        if self.attempt(
            allowed, presence_actions.come, self.meeting, deputy, by=self.by, by_video=by_video
        ):
            self.here.setdefault(member, by_video)
            self.claimed.discard(member)

    @rule(member=MEMBERS)
    def leaves(self, member: int) -> None:
        act = presence_actions.leave
        if self.attempt(not self.is_over, act, self.meeting, self.deputies[member], by=self.by):
            self.here.pop(member, None)

    @rule(scanned=st.booleans())
    def the_deputy_says_that_they_are_here(self, scanned: bool) -> None:
        deputy, person = self.deputies[0], self.cast["deputy"]
        allowed = scanned and 0 not in self.here and not self.is_over
        act = claims.claim
        if self.attempt(allowed, act, self.meeting, deputy, by=person, has_scanned=scanned):
            self.claimed.add(0)

    @precondition(lambda self: self.claimed and not self.is_over)
    @rule()
    def claims_are_confirmed(self) -> None:
        self.attempt(True, claims.confirm_all, self.meeting, by=self.by)
        for member in self.claimed:
            self.here.setdefault(member, False)
        self.claimed = set()

    @rule(is_allowed=st.booleans())
    def videoconference_is_switched(self, is_allowed: bool) -> None:
        body, admin = self.meeting.body, self.cast["admin"]
        assert body is not None
        if is_allowed:
            act = actions_video.allow_video
            self.attempt(True, act, body, by=admin, number="7", date=date(2026, 1, 2))
        else:
            actions_video.end_video(body, by=admin)
        self.is_allowed = is_allowed

    # --- votes --------------------------------------------------------------------------------

    @rule(needs=st.sampled_from(["majority", "procedural"]), reason=st.sampled_from(["", "Так"]))
    def is_opened(self, needs: str, reason: str) -> None:
        self.meeting.refresh_from_db()
        free = self.call is None
        allowed = free and (self.has_quorum or needs == "procedural" or bool(reason))
        allowed = allowed and self.goes_on
        asked = {"question": f"Питання {len(self.calls)}", "needs": needs}
        seen = {"seen_item": self.meeting.current_item_id, "no_quorum_reason": reason}
        act = rollcalls_actions.open_roll_call
        made = self.attempt(allowed, act, self.meeting, by=self.by, **asked, **seen)
        if made:
            self.calls.append(Call(made, needs, 5 in self.here, made.no_quorum_reason))
            assert made.no_quorum_reason == ("" if self.has_quorum else reason)

    @precondition(lambda self: self.call)
    @rule(choice=CHOICE)
    def the_deputy_votes(self, choice: str) -> None:
        call, person = self.call, self.cast["deputy"]
        assert call is not None
        deputy = self.deputies[0]
        may = 0 in self.here and self.goes_on
        if self.attempt(may, rollcalls_actions.vote, call.row, deputy, by=person, choice=choice):
            call.votes[0] = choice, "self"

    @precondition(lambda self: self.call)
    @rule(member=MEMBERS, choice=CHOICE, has_come=st.booleans())
    def a_vote_is_entered(self, member: int, choice: str, has_come: bool) -> None:
        call = self.call
        assert call is not None
        is_own = call.votes.get(member, ("", ""))[1] in ("self", "replaced")
        may = self.votes_in(call, member) and (member in self.here or has_come) and not is_own
        may = may and self.goes_on
        act, said = rollcalls_actions.enter_vote, {"choice": choice, "has_come": has_come}
        if self.attempt(may, act, call.row, self.deputies[member], by=self.by, **said):
            self.here.setdefault(member, False)
            self.claimed.discard(member)
            call.votes[member] = choice, "secretary"

    @precondition(lambda self: self.call)
    @rule(choice=CHOICE)
    def votes_of_all_are_entered(self, choice: str) -> None:
        call = self.call
        assert call is not None
        voters = [one for one in range(6) if self.votes_in(call, one)]
        said = {self.deputies[one]: choice for one in voters}
        act, how = (
            rollcalls_actions.enter_votes,
            {"by": self.by, "missing": rollcalls_actions.Missing.SKIP},
        )
        if self.attempt(self.goes_on, act, call.row, said, **how) is None:
            return
        for one in voters:
            if one in self.here and call.votes.get(one, ("", ""))[1] not in ("self", "replaced"):
                call.votes[one] = choice, "secretary"

    @precondition(lambda self: self.call)
    @rule(member=st.sampled_from([0, 0, 1]), choice=CHOICE)
    def a_vote_is_replaced(self, member: int, choice: str) -> None:
        call = self.call
        assert call is not None
        may = call.votes.get(member, ("", ""))[1] in ("self", "replaced") and self.goes_on
        act, said = rollcalls_actions.replace_vote, {"choice": choice, "reason": "Помилка"}
        if self.attempt(may, act, call.row, self.deputies[member], by=self.by, **said):
            call.votes[member] = choice, "replaced"

    @precondition(lambda self: self.call)
    @rule()
    def is_closed(self) -> None:
        call = self.call
        assert call is not None
        if self.attempt(self.goes_on, rollcalls_actions.close_roll_call, call.row, by=self.by):
            self.note_closed(call)

    def note_closed(self, call: Call) -> None:
        """It is closed, and its result is published."""
        call.row.refresh_from_db()
        call.row = rollcalls_actions.publish_roll_call(call.row, by=self.by)
        call.is_closed = True
        call.here = {one for one in self.here if self.votes_in(call, one)}

    @precondition(lambda self: any(each.is_closed for each in self.calls))
    @rule(which=st.integers(0, 9))
    def is_annulled(self, which: int) -> None:
        closed = [each for each in self.calls if each.is_closed]
        call = closed[which % len(closed)]
        act = actions_decisions.annul_roll_call
        if self.attempt(not call.is_annulled, act, call.row, by=self.by, reason="Помилка"):
            call.is_annulled = True

    # --- pauses, and a close that is undone ---------------------------------------------------

    @precondition(lambda self: not self.is_over)
    @rule(kind=st.sampled_from(["alarm", "recess", "technical"]))
    def a_pause_begins(self, kind: str) -> None:
        self.meeting.refresh_from_db()
        act, seen = pauses.begin_pause, self.meeting.pause_id
        allowed = kind != self.pause
        if self.attempt(allowed, act, self.meeting, by=self.by, kind=kind, seen_pause=seen):
            self.pause = kind
            self.pauses.append(kind)

    @precondition(lambda self: self.pause)
    @rule(repeats=st.booleans(), reason=st.sampled_from(["", "Так"]))
    def it_goes_on(self, repeats: bool, reason: str) -> None:
        self.meeting.refresh_from_db()
        call = self.call
        may_open = call is not None and (
            self.has_quorum or call.needs == "procedural" or bool(reason or call.reason)
        )
        how = {"repeats_vote": repeats, "no_quorum_reason": reason}
        act, seen = pauses.resume, self.meeting.pause_id
        allowed = not repeats or may_open
        if not self.attempt(allowed, act, self.meeting, by=self.by, seen_pause=seen, **how):
            return
        self.pause = ""
        if repeats and call is not None:
            self.note_closed(call)
            call.is_annulled = True
            again = RollCall.objects.get(item=call.row.item_id, closed_at=None)
            call.repeated_by = Call(again, call.needs, 5 in self.here, again.no_quorum_reason)
            self.calls.append(call.repeated_by)

    @precondition(lambda self: self.calls and not self.is_over)
    @rule()
    def it_is_closed_by_mistake(self) -> None:
        self.meeting.refresh_from_db()
        act, seen = course_actions.close_meeting, self.meeting.current_item_id
        allowed = self.call is None
        if self.attempt(allowed, act, self.meeting, by=self.by, seen_item=seen):
            self.left, self.here, self.pause = self.here, {}, ""

    @precondition(lambda self: self.is_over)
    @rule()
    def it_is_reopened(self) -> None:
        if self.attempt(self.is_over, undoing.reopen, self.meeting, by=self.by):
            assert self.left is not None
            self.here, self.left = self.left, None

    # --- what always holds --------------------------------------------------------------------

    def expected(self, call: Call) -> dict[str, Any]:
        """What every face says of a closed roll-call."""
        choices = {
            one: call.votes.get(one, ("not_voting" if one in call.here else "absent", "close"))
            for one in range(6)
            if self.votes_in(call, one)
        }
        present = len(call.here | set(call.votes))
        total = 5 + call.counts_head
        given = sum(choice == "for" for choice, _by in choices.values())
        again = call.repeated_by
        needed = (present if call.needs == "procedural" else total) // 2 + 1
        return {
            "votes": {self.deputies[one].pk: said for one, said in choices.items()},
            "present": present,
            "carried": 2 * present > total and given >= needed and not call.is_annulled,
            "annulled": {"repeated_by": again.row.pk if again else None}
            if call.is_annulled
            else None,
        }

    @invariant()
    def figures_are_the_same_everywhere(self) -> None:
        row = pages.for_page(Meeting.objects.all()).get(pk=self.meeting.pk)
        shown = ShownMeeting.of(row)
        control = control_of(row, now=row.now, seq=0)
        board = boards.display_context(shown)
        assert control.is_running == shown.is_running == (not self.is_over)
        if self.is_over:
            assert board["view"] not in ("pause", "roll_call")
            assert control.here == 0
            return
        present = pages.presence_context(shown)["present"]
        said = {(present.present, present.total), (control.here, control.membership)}
        if not self.pause:
            said.add((board["quorum"].present, board["quorum"].total))
        assert said == {(len(self.here), self.total)}
        assert present.has_quorum == control.has_quorum == self.has_quorum
        assert present.by_video == sum(self.here.values())
        self.pause_is_the_same_everywhere(row, control, board)
        phone = floor.own_presence(row, self.deputies[0])
        assert phone.is_here == (0 in self.here)
        assert [claim.deputy for claim in control.claims] == [
            self.deputies[one] for one in self.claimed
        ]
        call = self.call
        if call is not None:
            own = floor.own_vote(row, self.deputies[0])
            assert own is not None
            assert own.choice == call.votes.get(0, ("", ""))[0]
            assert bool(own.replaced) == (call.votes.get(0, ("", ""))[1] == "replaced")
            cast = pages.cast_context(shown, call.row)["roll_call"].cast
            assert cast == len(call.votes) == control.open_roll_call.given
            assert self.pause or board["roll_call"].cast == cast

    def pause_is_the_same_everywhere(self, row: Meeting, control: Any, board: Any) -> None:
        """Display, control, API; the meeting's row is what page and phone read."""
        assert (board["view"] == "pause") == bool(self.pause)
        assert control.has_suspended == self.is_suspended
        told = PauseOut(row.pause).data if row.pause else {"kind": "", "roll_call": None}
        suspended = self.call.row.pk if self.is_suspended and self.call else None
        assert (told["kind"], told["roll_call"]) == (self.pause, suspended)
        assert not self.pause or board["pause"] == row.pause

    @invariant()
    def results_are_the_same_everywhere(self) -> None:
        closed = [each for each in self.calls if each.is_closed]
        if not closed:
            return
        said = {each.row.pk: self.expected(each) for each in closed}
        # The result's page, the meeting's page and the display.
        for each in RollCall.objects.filter(pk__in=said).select_related("item"):
            result = pages.with_votes(each)
            assert result.result is not None
            assert result.result.is_carried == said[each.pk]["carried"]
            assert result.result.present == said[each.pk]["present"]
        # API, CSV.
        for shown in queries.roll_calls_of(self.meeting, published=True):
            told = RollCallOut(queries.ShownRollCall.of(shown)).data
            votes = {
                vote["deputy"]["id"]: (vote["choice"], vote["entered_by"]) for vote in told["votes"]
            }
            assert votes == said[shown.pk]["votes"]
            assert told["is_carried"] == said[shown.pk]["carried"]
            annulled = told["annulment"] and {"repeated_by": told["annulment"]["repeated_by"]}
            assert annulled == said[shown.pk]["annulled"]
        for line in open_data.rows_of(open_data.published_roll_calls()):
            about = said[line.roll_call.pk]
            vote = line.vote
            assert (vote.choice, vote.entered) == about["votes"][vote.deputy_id]
            result = line.result
            assert (result.present, result.is_carried) == (about["present"], about["carried"])
            assert result.is_annulled == bool(about["annulled"])
        # Minutes.
        drawn = minutes.gather(self.meeting, minutes.minutes_of(self.meeting, by=self.by))
        (item,) = (each for each in drawn.considered if each.roll_calls)
        assert {
            each.roll_call.pk: (each.result.present, each.result.is_carried)
            for each in item.roll_calls
        } == {pk: (about["present"], about["carried"]) for pk, about in said.items()}
        told = [entry.kind for entry in item.entries if entry.kind in Pause.Kind.values]
        assert told == self.pauses
        may = [each for each in closed if each.needs != "procedural" and not each.is_annulled]
        decided = item.decided_by.roll_call.pk if item.decided_by else None
        assert decided == (may[-1].row.pk if may else None)
        assert {one.code for one in contradictions_of(drawn)}.isdisjoint(NEVER)
        by_video = Vote.objects.filter(roll_call__in=said).exclude(video_ground=None)
        assert set(by_video.values_list("deputy", flat=True)) <= {
            deputy.pk for deputy in drawn.by_video
        }


@pytest.fixture
def cast(bohdan: User, admin: User) -> dict[str, Any]:
    council = factories.body(members=5)
    deputies = factories.deputies(council)
    deputies[0].user = bohdan
    deputies[0].save()
    head = factories.head_of_the_city(council)
    meeting = factories.meeting(State.RUNNING, of=council, items=2)
    factories.on_item(meeting)
    return {
        "meeting": meeting,
        "deputies": [*deputies, head],
        "secretary": factories.secretary(),
        "deputy": bohdan,
        "admin": admin,
    }


def live_by_rules(cast: Any, *, runs: int, steps: int, seed: int | None = None) -> Counter[str]:
    done: Counter[str] = Counter()
    live(lambda: Truth(cast, done), examples=runs, steps=steps, seed=seed)
    return done


@pytest.mark.cpu(5)
@pytest.mark.django_db
def test_all_faces_say_the_same(cast):
    done = live_by_rules(cast, runs=1, steps=8)
    assert done["close_roll_call done"], done
    # It is over: who is here leaves, and nothing else changes.
    meeting = Meeting.objects.get(pk=cast["meeting"].pk)
    course_actions.close_meeting(meeting, by=cast["secretary"], seen_item=meeting.current_item_id)


@pytest.mark.cpu(5)
@pytest.mark.django_db
def test_all_faces_say_the_same_amid_an_alarm(cast):
    """One life as it is feared: an alarm amid a vote, few come back, a close by mistake."""
    life = Truth(cast, Counter())
    steps: list[Any] = [
        lambda: life.some_are_here(5, opened=True),
        lambda: life.the_deputy_votes("for"),
        lambda: life.a_pause_begins("alarm"),
        lambda: (life.the_deputy_votes("against"), life.is_closed(), life.leaves(0)),
        lambda: [life.leaves(member) for member in (1, 2)],
        lambda: life.it_goes_on(repeats=True, reason=""),  # no quorum is left
        lambda: life.it_goes_on(repeats=True, reason="Зафіксувати"),
        lambda: (life.comes(5, by_video=False), life.comes(0, by_video=False)),
        lambda: (life.votes_of_all_are_entered("for"), life.a_pause_begins("recess")),
        lambda: life.it_goes_on(repeats=False, reason=""),
        lambda: (life.is_closed(), life.it_is_closed_by_mistake()),
        lambda: life.it_is_reopened(),
        lambda: life.is_annulled(2),
    ]
    for step in steps:
        step()
        life.figures_are_the_same_everywhere()
        life.results_are_the_same_everywhere()
    assert life.done["resume done"] == 2 and life.done["resume refused"] == 1, life.done
    assert life.calls[1].is_annulled and life.calls[1].repeated_by == life.calls[2]
    life.teardown()


@pytest.mark.with_all
@pytest.mark.cpu(14)
@pytest.mark.django_db
def test_all_faces_say_the_same_in_more_lives(cast):
    done = live_by_rules(cast, runs=4, steps=12)
    assert done["replace_vote done"] or done["annul_roll_call done"], done
    assert done["begin_pause done"], done


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.django_db
def test_all_faces_say_the_same_every_night(cast, request):
    done = live_by_rules(cast, runs=200, steps=25, seed=level(request.config).seed)
    assert done["replace_vote done"] and done["annul_roll_call done"], done
    assert done["begin_pause done"] and done["resume done"] and done["reopen done"], done
