"""A session at which all happens that is rare: pauses, clocks, undoing, conflicts of interest,
amendments, a ballot of paper, a decision that is stopped, guests, subtitles.

``tests/realtime`` plays it; what happens often is in busy.py.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from accounts.models import User
from core.domain import clock
from core.domain.calendar import local_date
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.amendments import actions as amendments
from meetings.amendments.queries import version_of
from meetings.conflicts import actions as conflicts
from meetings.course import actions as course_actions
from meetings.guests import actions as guests
from meetings.models import Guest, Item, Meeting, PaperBallot, Question, Speaker
from meetings.paper_ballots import actions as ballots
from meetings.paper_ballots.rules import Figures
from meetings.pauses import actions as pauses
from meetings.planning import actions as planning_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from meetings.speakers import clocks
from meetings.stopped import actions as stopped
from meetings.undoing import actions as undoing
from meetings.video import actions as video
from meetings.video.parsing import Cue
from tests import factories as people
from tests.meetings import factories

type Acts = list[Callable[[], object]]

#: The packages of ``meetings`` whose own events are rare, and the events of the others that are.
PARTS = {"amendments", "paper_ballots"}
EVENTS = {
    *("ConflictDeclared", "ConflictWithdrawn", "CourseUndone", "DecisionStopped"),
    *("GuestsSignalled", "GuestSupported", "MeetingPaused", "MeetingReopened", "MeetingResumed"),
    *("SecondVoteOpened", "SpeakerClockChanged", "SubtitlesImported", "VideoPublished"),
}
_PDF = b"%PDF-1.7\n%%EOF\n"
#: Of five ballots all are valid and for it.
_FIGURES = Figures(5, 5, 0, 5, 0, (5, 0))


class RareMeeting:
    """A session of five members, about to begin; its first item has a draft of two clauses, the
    first two members have accounts."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.meeting: Meeting = factories.meeting("draft", items=0)
        draft = people.consultation(people.department())
        first = ItemText(title="Про майданчики", consultation=draft)
        for text in (first, ItemText(title="Про парк"), ItemText(title="Різне")):
            agenda_actions.add_item(self.meeting, by=by, text=text)
        planning_actions.publish(self.meeting, by=by, short_notice_reason="Невідкладне питання")
        self.meeting.refresh_from_db()
        assert self.meeting.body is not None
        self.members = factories.deputies(self.meeting.body)
        self.accounts = [people.user(f"member{number}") for number in range(2)]
        for deputy, user in zip(self.members, self.accounts, strict=False):
            deputy.user = user
            deputy.save(update_fields=["user"])

    def acts(self) -> Acts:
        """All of it, in its order."""
        return [
            *self._interrupted(),
            *self._amended(),
            *self._speech(),
            *self._conflict(),
            *self._paper(),
            *self._stopped(),
            *self._guests(),
            *self._closed(),
        ]

    def _interrupted(self) -> Acts:
        """An alarm amid a roll-call, which then goes on."""
        asked = {"no_quorum_reason": "Перевірка", "question": "За основу"}
        return [
            lambda: course_actions.open_meeting(self._now(), by=self.by),
            lambda: factories.everybody_is_here(self._now(), by=self.by),
            lambda: course_actions.next_item(self._now(), by=self.by, seen_item=None),
            lambda: factories.roll_call(self._now(), by=self.by, **asked),
            lambda: pauses.begin_pause(self._now(), by=self.by, kind="alarm"),
            self._resume,
            self._for_by_all,
        ]

    def _amended(self) -> Acts:
        """One is withdrawn, one marked as compatible and adopted; the text with it is an act."""

        def move(kind: str, text: str = "") -> None:
            item = self._item(1)
            version = version_of(item)
            assert version is not None
            to = version.clauses.get(marker="2.")
            amendments.propose(item, by=self.by, clause=to, kind=kind, text=text, mover="Комісія")

        return [
            lambda: move("remove"),
            lambda: move("insert", "Працює до 21:00."),
            lambda: amendments.withdraw(self._item(1).amendments.get(number=1), by=self.by),
            lambda: amendments.mark(
                self._item(1).amendments.get(number=2), by=self.by, is_compatible=True
            ),
            lambda: amendments.put_to_vote(self._item(1).amendments.get(number=2), by=self.by),
            self._for_by_all,
            lambda: amendments.compose(self._item(1), by=self.by),
            lambda: amendments.publish(self._item(1), by=self.by),
        ]

    def _speech(self) -> Acts:
        """Its clock is stopped and runs again; its end is undone."""

        def speaking() -> Speaker:
            return self._item(1).speakers.get()

        return [
            lambda: factories.speaker(self._item(1), deputy=self.members[0], name=""),
            lambda: speakers_actions.begin_speech(speaking(), by=self.by, seen_speaker=None),
            lambda: clocks.stop_clock(speaking(), by=self.by),
            lambda: clocks.start_clock(speaking(), by=self.by),
            lambda: clocks.add_time(speaking(), by=self.by),
            lambda: speakers_actions.end_speech(speaking(), by=self.by),
            self._undo,
            lambda: speakers_actions.end_speech(speaking(), by=self.by),
        ]

    def _conflict(self) -> Acts:
        words = "Йдеться про землю мого брата"
        member, user = self.members[1], self.accounts[1]
        return [
            lambda: conflicts.declare(self._item(2), member, by=user, words=words),
            lambda: conflicts.withdraw(self._item(2).conflicts.get(), by=self.by, reason="Помилка"),
        ]

    def _paper(self) -> Acts:
        """A ballot that is annulled, then one that is counted and published."""

        def ballot() -> PaperBallot:
            return PaperBallot.objects.filter(item__meeting=self.meeting).latest("pk")

        def open_ballot() -> None:
            ballots.open_ballot(
                self._now(),
                by=self.by,
                matter="26-4",
                kind="decision",
                question="Обрати секретарем ради Дорош Л. М.",
                options=[],
                commission=self.members[:3],
                seen_item=self._now().current_item_id,
            )

        def give(step: Callable[..., None]) -> Callable[[], None]:
            return lambda: step(ballot(), self.members[0], by=self.accounts[0])

        def enter(user: User) -> Callable[[], object]:
            return lambda: ballots.enter_protocol(ballot(), by=user, figures=_FIGURES)

        def give_all() -> None:
            for deputy in self.members:
                ballots.mark(ballot(), deputy, by=self.accounts[0])

        return [
            open_ballot,
            give(ballots.mark),
            give(ballots.unmark),
            lambda: ballots.cancel(ballot(), by=self.by, reason="Не ті бюлетені"),
            open_ballot,
            give_all,
            lambda: ballots.seal(ballot(), by=self.by),
            *[enter(user) for user in self.accounts],
            lambda: ballots.add_scan(ballot(), by=self.by, file=BytesIO(_PDF)),
            lambda: ballots.publish(ballot(), by=self.by),
        ]

    def _stopped(self) -> Acts:
        """A decision is stopped by the head, and put to the second vote."""

        def stop() -> None:
            roll_call = self._item(1).roll_calls.filter(amendment=None).earliest("pk")
            today = local_date(clock.now())
            stopped.stop(roll_call, by=self.by, on=today, head="Яременко Г. С.", remarks="Кошти")

        def vote_again() -> None:
            found = self._item(1).roll_calls.filter(amendment=None).earliest("pk").stop
            stopped.vote_again(found, self._now(), by=self.by)

        return [
            lambda: factories.roll_call(self._now(), by=self.by),
            self._for_by_all,
            stop,
            vote_again,
            self._for_by_all,
        ]

    def _guests(self) -> Acts:
        """One of the hall without an account supports a question and asks to speak louder."""
        asker = people.user("asker")

        def guest() -> Guest:
            guests.enter(self._now(), has_scanned=True)
            return Guest.objects.filter(meeting=self.meeting).latest("pk")

        def question() -> Question:
            return Question.objects.filter(meeting=self.meeting).latest("pk")

        return [
            lambda: factories.question(self._now(), asker, state="shown", text="Хто платить?"),
            lambda: guests.support(question(), guest=guest(), wanted=True),
            lambda: guests.signal(self._now(), guest=guest(), kind="louder", wanted=True),
        ]

    def _closed(self) -> Acts:
        """Closed by mistake, reopened, closed for good; a video with subtitles."""
        return [
            self._close,
            lambda: undoing.reopen(self._now(), by=self.by),
            self._close,
            lambda: record_actions.publish_video(
                self._now(), by=self.by, url="https://video.example/1"
            ),
            lambda: video.import_subtitles(
                self._now(), by=self.by, cues=[Cue(0, 4_000, "Добрий день.")]
            ),
        ]

    def _for_by_all(self) -> None:
        """All vote for it; it is closed and published."""
        roll_call = self._now().items.get(pk=self._now().current_item_id).roll_calls.latest("pk")
        votes = dict.fromkeys(self.members, "for")
        rollcalls_actions.enter_votes(roll_call, votes, by=self.by)
        rollcalls_actions.publish_roll_call(
            rollcalls_actions.close_roll_call(roll_call, by=self.by), by=self.by
        )

    def _resume(self) -> None:
        pauses.resume(self._now(), by=self.by, seen_pause=self._now().pause_id)

    def _undo(self) -> None:
        undoing.undo(self._now(), by=self.by, seen=self._now().log.latest("pk").pk)

    def _close(self) -> None:
        course_actions.close_meeting(self._now(), by=self.by, seen_item=self._now().current_item_id)

    def _now(self) -> Meeting:
        self.meeting.refresh_from_db()
        return self.meeting

    def _item(self, order: int) -> Item:
        return self.meeting.items.select_related("meeting", "consultation").get(order=order)
