"""A meeting at which much happens: whoever is in it does one thing after the other, by dice.

``tests/realtime`` plays it a little, ``benchmarks/meetings.py`` for minutes: every event that pages
and displays are told of, in the proportions of a crowded hall.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from accounts.models import User
from core.domain import clock
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.course import actions as course_actions
from meetings.displays import actions as displays
from meetings.displays import codes
from meetings.hall import actions as hall
from meetings.hall import claims
from meetings.hall.figures import Figures
from meetings.models import Deputy, Item, Meeting, Question, RollCall, Speaker, Vote
from meetings.planning import actions as planning_actions
from meetings.planning.actions import Notice
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.quickpolls import actions as quickpolls_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls import actions_decisions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories

#: Questions that everybody reads at once: as many as stand on one page of the floor.
MOST_SHOWN = 18
MOST_WAITING_QUESTIONS, MOST_WAITING_SPEAKERS = 8, 6
#: Members who have voted before a roll-call is closed, of ten.
VOTED_BEFORE_CLOSING = 9
#: What of a hundred actions is what; where it cannot be done, somebody supports a question.
WEIGHTS = {
    "support": 34,
    "withdraw_support": 6,
    "ask": 8,
    "handle": 10,
    "speak": 9,
    "come_or_leave": 10,
    "vote": 20,
    "screen": 2,
    "move_on": 1,
}
_TEXTS = (
    "Коли почнуть ремонт дороги біля школи, і хто відповідає за його якість?",
    "Чому в проєкті немає коштів на зупинку біля поліклініки? Люди похилого віку стоять під дощем.",
    "Хто перевірив кошторис?",
    "Прошу пояснити, скільки коштуватиме утримання парку щороку і з якої програми його оплачують.",
)


def notice(**fields: object) -> Notice:
    """What is said of the meeting before it begins."""
    begins_at = clock.now() + timedelta(minutes=30)
    said = Notice(
        title="Пленарне засідання сесії міської ради",
        place="площа Молодіжна, 1, зала засідань",
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=3),
    )
    return replace(said, **fields)  # type: ignore[arg-type]  # names of its fields


class BusyMeeting:
    """An announced meeting of a body, and those who take part in it.

    ``by`` runs it; ``residents`` ask and support; ``members`` come, speak and vote. ``done`` counts
    what was done. It is the only one that writes to the meeting, so it knows where it stands.
    """

    def __init__(
        self,
        meeting: Meeting,
        *,
        by: User,
        residents: Sequence[User],
        members: Sequence[Deputy],
        seed: int = 1,
    ) -> None:
        self.meeting, self.by = meeting, by
        self.residents, self.members = residents, members
        self.dice = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.here: set[int] = set()
        self.asked: list[Question] = []
        self.shown: list[Question] = []
        self.over: list[Question] = []
        self.live: Question | None = None
        self.supports: set[tuple[int, int]] = set()
        self.hands: list[Speaker] = []
        self.speaking: Speaker | None = None
        self.roll_call: RollCall | None = None
        self.voted: set[int] = set()
        self.is_blank = False

    # --- from the notice to the opening, and after the close ------------------------------------

    def before(self) -> list[Callable[[], object]]:
        """What happens while it is announced, and its opening."""
        return [
            lambda: planning_actions.edit(
                self.meeting, by=self.by, notice=notice(place="Мала зала")
            ),
            lambda: agenda_actions.add_item(
                self.meeting, by=self.by, text=ItemText(title="Різне", text="Звернення.")
            ),
            lambda: agenda_actions.edit_item(
                self._item(2), by=self.by, text=ItemText(title="Про парк", presenter="А. Голова")
            ),
            lambda: agenda_actions.move_item(self._item(3), by=self.by, to=1),
            lambda: self._ask_about(self._item(2)),
            lambda: self._show(self.asked[0]),
            lambda: agenda_actions.move_item(self._item(1), by=self.by, to=3),
            lambda: course_actions.open_meeting(self.meeting, by=self.by),
        ]

    def after(self) -> list[Callable[[], object]]:
        """The end, and what is published then; a question waits for its answer, one is live."""
        return [
            lambda: agenda_actions.drop_item(self._last_planned(), by=self.by),
            lambda: self._screen(blank=False),
            *([lambda: self._end_speech()] if self.speaking else []),
            *([self._close, self._publish] if self.roll_call else []),
            lambda: course_actions.close_meeting(self.meeting, by=self.by, seen_item=self._current),
            lambda: record_actions.publish_video(
                self.meeting, by=self.by, url="https://video.example/1"
            ),
            lambda: record_actions.publish_minutes(
                self.meeting, by=self.by, url="https://minutes.example/1"
            ),
            lambda: questions_actions.answer(
                self.shown.pop(), by=self.by, text="Відповідь письмово."
            ),
        ]

    def seldom(self) -> list[Callable[[], object]]:
        """What dice bring seldom, once each; its first item is taken up by it."""
        return [
            lambda: self._move_on(),
            *[lambda: self._ask_about(None)] * 4,
            *[lambda: self._show(self.asked[0])] * 4,
            lambda: self._support(),
            lambda: questions_actions.put_live(self.shown[-1], by=self.by, seen_live=None),
            lambda: course_actions.blank(self.meeting, by=self.by),
            lambda: course_actions.unblank(self.meeting, by=self.by),
            lambda: questions_actions.take_down(self.shown[-1], by=self.by),
            lambda: self._withdraw_support(),
            lambda: self._merge(self.shown.pop(), self.shown[0]),
            lambda: questions_actions.leave_for_later(self.shown.pop(), by=self.by),
            lambda: questions_actions.hide(self.shown.pop(), by=self.by, reason="Повтор"),
            lambda: questions_actions.answer(self.shown.pop(), by=self.by),
            *[lambda: self._raise_hand()] * 2,
            lambda: speakers_actions.withdraw(self.hands.pop(), by=self.by),
            lambda: self._begin_speech(self.hands.pop()),
            lambda: self._end_speech(),
            *[lambda: self._come_or_leave()] * 3,
            *[lambda: self._vote()] * 3,
            lambda: self._take_vote_back(),
            *self._of_one_deputy(),
            *[self._close, self._publish],
            *self._decided(),
            *self._hall(),
            *self._displays(),
        ]

    def _of_one_deputy(self) -> list[Callable[[], object]]:
        """They say that they are here, and nobody saw them; they are noted, vote by themselves, and
        the secretary enters another vote."""
        user = self.residents[0]

        def say_present() -> None:
            deputy = next(one for one in self.members if one.pk not in self.voted)
            if deputy.pk in self.here:
                presence_actions.leave(self.meeting, deputy, by=self.by)
                self.here.remove(deputy.pk)
            deputy.user = user
            deputy.save(update_fields=["user"])
            claims.claim(self.meeting, deputy, by=user, has_scanned=True)

        def vote() -> None:
            assert self.roll_call is not None
            deputy = user.deputy
            presence_actions.come(self.meeting, deputy, by=self.by)
            rollcalls_actions.vote(self.roll_call, deputy, by=user, choice="for")
            self.here.add(deputy.pk)
            self.voted.add(deputy.pk)

        def replace_vote() -> None:
            assert self.roll_call is not None
            rollcalls_actions.replace_vote(
                self.roll_call, user.deputy, by=self.by, choice="against", reason="Обмовка"
            )

        return [
            say_present,
            lambda: claims.dismiss(self.meeting.claims.get(), by=self.by),
            vote,
            replace_vote,
        ]

    def _decided(self) -> list[Callable[[], object]]:
        """The vote on the item decided it; then it is annulled as a mistake."""

        def published() -> RollCall:
            return RollCall.objects.filter(item=self._item_now()).latest("pk")

        return [
            lambda: actions_decisions.confirm_decision(published().item, published(), by=self.by),
            lambda: actions_decisions.annul_roll_call(
                published(), by=self.by, reason="Не те питання"
            ),
        ]

    def _hall(self) -> list[Callable[[], object]]:
        """A show of hands, and a survey, from their opening to their close."""
        return [
            lambda: hall.open_show(
                self.meeting, by=self.by, question="Чи чути?", seen_item=self._current
            ),
            lambda: hall.count_hands(
                self.meeting.shows_of_hands.get(), by=self.by, counted=Figures(4, 1, 0), seen=None
            ),
            lambda: hall.close_show(self.meeting.shows_of_hands.get(), by=self.by),
            lambda: factories.quick_poll(self.meeting, by=self.by),
            lambda: quickpolls_actions.close_quick_poll(self.meeting.quick_polls.get(), by=self.by),
        ]

    def _displays(self) -> list[Callable[[], object]]:
        """A screen of the foyer: paired, given a picture, unpaired; a delay before questions."""
        return [
            lambda: displays.pair(
                self.meeting, by=self.by, code=codes.code_of("foyer", clock.now())
            ),
            lambda: displays.show(
                self.meeting.displays.get(), by=self.by, picture="clock", seen_revision=1
            ),
            lambda: displays.unpair(self.meeting.displays.get(), by=self.by, seen_revision=2),
            lambda: displays.set_delay(self.meeting, by=self.by, seconds=5),
            lambda: displays.set_delay(self.meeting, by=self.by, seconds=0),
        ]

    # --- while it goes on -----------------------------------------------------------------------

    def act(self) -> str:
        """Do one thing; its name."""
        (name,) = self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))
        return self.do(name)

    def do(self, name: str) -> str:
        """Do a thing of this sort, or what comes nearest to it now."""
        done: str = getattr(self, f"_{name}")()
        self.done[done] += 1
        return done

    def _support(self) -> str:
        for _attempt in range(20):
            if not self.shown:
                break
            question, user = self.dice.choice(self.shown), self.dice.choice(self.residents)
            if question.author_id != user.pk and (question.pk, user.pk) not in self.supports:
                questions_actions.support(question, by=user)
                self.supports.add((question.pk, user.pk))
                return "support"
        return self._come_or_leave()

    def _withdraw_support(self) -> str:
        shown = {question.pk: question for question in self.shown}
        given = [pair for pair in sorted(self.supports) if pair[0] in shown]
        if not given:
            return self._support()
        pair = self.dice.choice(given)
        user = next(one for one in self.residents if one.pk == pair[1])
        questions_actions.withdraw_support(shown[pair[0]], by=user)
        self.supports.remove(pair)
        return "withdraw_support"

    def _ask(self) -> str:
        if len(self.asked) >= MOST_WAITING_QUESTIONS:
            return self._handle()
        self._ask_about(self._item_now())
        return "ask"

    def _ask_about(self, item: Item | None) -> None:
        waiting = Counter(question.author_id for question in self.asked)
        free = [user for user in self.residents if waiting[user.pk] < 2]
        words = f"{self.dice.choice(_TEXTS)} ({self.done.total()})"
        asked = questions_actions.ask(
            self.meeting, by=self.dice.choice(free), text=words, item=item
        )
        self.asked.append(asked)

    def _handle(self) -> str:
        if self.asked and len(self.shown) < MOST_SHOWN:
            if self.dice.random() < 0.15:
                questions_actions.hide(
                    self.asked.pop(0), by=self.by, reason="Не стосується питання"
                )
                return "hide"
            self._show(self.asked[0])
            return "show"
        if len(self.shown) < 3:
            return self._ask()
        question = self.dice.choice(self.shown)
        self.shown.remove(question)
        if self.live == question:
            self.live = None
        what = self.dice.choice(("answer", "answer", "later", "merge", "hide"))
        if what == "answer":
            questions_actions.answer(question, by=self.by, text=self.dice.choice(("", "У червні.")))
        elif what == "later":
            questions_actions.leave_for_later(question, by=self.by)
        elif what == "merge":
            self._merge(question, self.shown[0])
        else:
            questions_actions.hide(question, by=self.by, reason="Повтор")
        return what

    def _merge(self, question: Question, into: Question) -> None:
        questions_actions.merge(question, by=self.by, into=into)
        theirs = {user for of, user in self.supports if of == question.pk} | {question.author_id}
        self.supports |= {(into.pk, user) for user in theirs - {into.author_id}}

    def _show(self, question: Question) -> None:
        self.asked.remove(question)
        self.shown.append(questions_actions.show(question, by=self.by))

    def _speak(self) -> str:
        item = self._item_now()
        if item is None:
            return self._move_on()
        if self.speaking is not None and self.dice.random() < 0.4:
            return self._end_speech()
        if len(self.hands) >= MOST_WAITING_SPEAKERS:
            speaker = self.hands.pop(0)
            if self.dice.random() < 0.2:
                speakers_actions.withdraw(speaker, by=self.by)
                return "withdraw"
            return self._begin_speech(speaker)
        return self._raise_hand()

    def _begin_speech(self, speaker: Speaker) -> str:
        seen = self.speaking.pk if self.speaking else None
        self.speaking = speakers_actions.begin_speech(speaker, by=self.by, seen_speaker=seen)
        return "begin_speech"

    def _raise_hand(self) -> str:
        item = self._item_now()
        assert item is not None
        stance = self.dice.choice(("for", "against", ""))
        name = f"Ганна Мороз {self.done.total()}"
        self.hands.append(speakers_actions.add_speaker(item, by=self.by, name=name, stance=stance))
        return "add_speaker"

    def _end_speech(self) -> str:
        if self.speaking is not None:
            speakers_actions.end_speech(self.speaking, by=self.by)
            self.speaking = None
        return "end_speech"

    def _come_or_leave(self) -> str:
        deputy = self.dice.choice(self.members)
        if deputy.pk in self.here:
            presence_actions.leave(self.meeting, deputy, by=self.by)
            self.here.remove(deputy.pk)
            return "leave"
        presence_actions.come(self.meeting, deputy, by=self.by)
        self.here.add(deputy.pk)
        return "come"

    def _vote(self) -> str:
        if self.roll_call is None:
            if self._item_now() is None:
                return self._move_on()
            number = 1 + self.done["open_roll_call"]
            self.roll_call = rollcalls_actions.open_roll_call(
                self.meeting,
                by=self.by,
                question=f"Прийняти проєкт рішення за основу, поправка {number}",
                seen_item=self._current,
                no_quorum_reason="Перевірка",
            )
            return "open_roll_call"
        if self.roll_call.closed_at is not None:
            return self._publish()
        if 10 * len(self.voted) >= VOTED_BEFORE_CLOSING * len(self.members):
            return self._close()
        deputy = self.dice.choice([one for one in self.members if one.pk not in self.voted])
        choice = self.dice.choice((*Vote.CAST, Vote.Choice.FOR))
        rollcalls_actions.enter_vote(
            self.roll_call, deputy, by=self.by, choice=choice, has_come=True
        )
        self.voted.add(deputy.pk)
        self.here.add(deputy.pk)
        return "vote"

    def _take_vote_back(self) -> str:
        assert self.roll_call is not None
        deputy = next(one for one in self.members if one.pk in self.voted)
        rollcalls_actions.take_vote_back(self.roll_call, deputy, by=self.by)
        self.voted.remove(deputy.pk)
        return "take_vote_back"

    def _close(self) -> str:
        assert self.roll_call is not None
        if self.roll_call.closed_at is None:
            self.roll_call = rollcalls_actions.close_roll_call(self.roll_call, by=self.by)
        return "close_roll_call"

    def _publish(self) -> str:
        assert self.roll_call is not None
        rollcalls_actions.publish_roll_call(self.roll_call, by=self.by)
        self.roll_call, self.voted = None, set()
        return "publish_roll_call"

    def _screen(self, *, blank: bool | None = None) -> str:
        if self.is_blank or blank is False:
            course_actions.unblank(self.meeting, by=self.by)
            self.is_blank = False
            return "unblank"
        if self.live is None and self.shown:
            self.live = self.shown[0]
            questions_actions.put_live(self.live, by=self.by, seen_live=None)
            return "put_live"
        if self.live is not None and self.dice.random() < 0.6:
            questions_actions.take_down(self.live, by=self.by)
            self.live = None
            return "take_down"
        course_actions.blank(self.meeting, by=self.by)
        self.is_blank = True
        return "blank"

    def _move_on(self) -> str:
        """To the next item, when nobody speaks and no roll-call is open; from the last to the
        first."""
        if self.roll_call is not None and self.roll_call.closed_at is None:
            return self._vote()
        if self.speaking is not None:
            return self._end_speech()
        item, self.hands = self._item_now(), []
        planned = self.meeting.items.filter(state=Item.State.PLANNED)
        if planned.filter(order__gt=item.order if item else 0).count() > 1:  # one is dropped
            move = course_actions.next_item
            self.meeting = move(self.meeting, by=self.by, seen_item=self._current)
            return "next_item"
        first = self.meeting.items.filter(state=Item.State.DONE).order_by("order")[0]
        again = course_actions.go_to_item
        self.meeting = again(self.meeting, first, by=self.by, seen_item=self._current)
        return "go_to_item"

    # --- where it stands ------------------------------------------------------------------------

    @property
    def _current(self) -> int | None:
        return self.meeting.current_item_id

    def _item_now(self) -> Item | None:
        return self.meeting.current_item

    def _item(self, order: int) -> Item:
        return self.meeting.items.get(order=order)

    def _last_planned(self) -> Item:
        return self.meeting.items.filter(state=Item.State.PLANNED).order_by("-order")[0]
