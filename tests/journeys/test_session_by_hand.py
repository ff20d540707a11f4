"""A whole session run by the secretary alone, by keyboard and by thumb: every press is counted.

A press is a key, a click or a tap; what is typed into a field counts as one. The long session is
the usual one: 30 items, 20 votes, five of them with three exceptions, 34 members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings.course import actions as course_actions
from meetings.models import Deputy, Meeting, RollCall, Seat, State, Vote
from meetings.presence import actions as presence_actions
from meetings.presence import actions_bulk
from tests.meetings import factories
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
#: So many presses the usual session may take, from «open» to the draft of the minutes.
MOST = 180
#: So many an unopposed vote, and one more for each exception.
A_VOTE = 5


@dataclass
class Hand:
    """A person at the control page, and how often they have pressed."""

    page: Page
    presses: int = 0
    #: Presses of each vote, and how many exceptions it had.
    votes: list[tuple[int, int]] = field(default_factory=list)

    def _pressed(self) -> None:
        self.presses += 1

    def step(self, key: str, name: str) -> None:
        raise NotImplementedError

    def numbers(self, cells: list[str], numbers: list[int], times: int = 1) -> None:
        raise NotImplementedError


class Keyboard(Hand):
    """Keys alone: the mouse is not touched."""

    def step(self, key: str, name: str) -> None:
        self.page.keyboard.press(key)
        self._pressed()

    def numbers(self, cells: list[str], numbers: list[int], times: int = 1) -> None:
        """All exceptions are typed as one line; then Enter."""
        self.page.keyboard.type(" ".join(map(str, numbers)))
        self._pressed()
        self.page.keyboard.press("Enter")
        self._pressed()


class Thumb(Hand):
    """Taps alone, on a phone."""

    def step(self, key: str, name: str) -> None:
        self._tap(self.page.locator(f"#{name}"))

    def numbers(self, cells: list[str], numbers: list[int], times: int = 1) -> None:
        for cell in cells:
            self._tap(self.page.locator(f"#{cell}"))

    def _tap(self, target: Locator) -> None:
        target.tap()
        self._pressed()


def session(items: int, members: int) -> Meeting:
    """One that is announced, with its agenda, of a council whose members have seats."""
    council = factories.body(members=0, membership=members)
    deputies = Deputy.objects.bulk_create(
        Deputy(
            name=f"{surname}енко Олена Іванівна", name_key=f"{surname}", since=factories.LONG_AGO
        )
        for surname in (f"Депут{number:02}" for number in range(1, members + 1))
    )
    Seat.objects.bulk_create(
        Seat(body=council, deputy=deputy, since=factories.LONG_AGO) for deputy in deputies
    )
    return factories.meeting(State.ANNOUNCED, of=council, items=items)


def _exceptions(votes: int, split: int) -> Iterator[list[int]]:
    """Numbers of those who are against, of each vote: of the first ``split`` three."""
    for number in range(votes):
        yield [2, 5, 9] if number < split else []


def run_session(hand: Hand, meeting: Meeting, *, votes: int, split: int) -> None:
    """From «open» to the draft of the minutes."""
    page = hand.page
    assert meeting.body is not None
    pks = dict(
        enumerate(Deputy.objects.of(meeting.body_id, meeting.day).values_list("pk", flat=True), 1)
    )
    figures = page.locator("#control-figures")
    hand.step("o", "open")
    expect(page.locator("#all-come")).to_be_visible()
    hand.step("u", "all-come")
    expect(page.locator("#all-come")).to_have_count(0)
    hand.numbers([f"presence-{pks[4]}"], [4])
    expect(page.locator(f"#presence-{pks[4]}")).to_have_attribute("data-choice", "absent")
    here = len(pks) - 1
    expect(figures).to_contain_text(f"У залі: {here}")
    expect(figures).to_contain_text("є кворум")
    asked = list(_exceptions(votes, split))
    for order in range(1, meeting.items.count() + 1):
        hand.step("n", "next")
        expect(page.locator("#item .control-now")).to_contain_text(f"{order}. Питання {order}")
        if order <= votes:
            take_a_vote(hand, pks, asked[order - 1], here)
    hand.step("n", "next")
    expect(page.locator("#next")).to_have_count(0)
    hand.step("c", "close-meeting")
    page.wait_for_url("**/close/")
    page.wait_for_load_state("load")
    hand.step("c", "confirm")
    page.locator("#minutes").wait_for()
    page.wait_for_load_state("load")
    hand.step("m", "minutes")
    page.wait_for_url("**/minutes/")
    expect(page.locator("[href$='draft.docx']")).to_be_visible()


def take_a_vote(hand: Hand, pks: dict[int, int], against: list[int], here: int) -> None:
    """«All for, except …»: opened, entered, closed, published."""
    page, before = hand.page, hand.presses
    published = RollCall.objects.filter(published_at__isnull=False).count()
    hand.step("v", "new-roll-call")
    page.wait_for_url("**/roll-calls/")
    page.wait_for_load_state("load")  # keys are heard
    hand.step("v", "open-roll-call")
    page.locator("#all-for").wait_for()
    page.wait_for_load_state("load")
    hand.step("f", "all-for")
    expect(page.locator("#votes [data-choice=for]")).to_have_count(here)
    if against:
        hand.numbers([f"vote-{pks[number]}" for number in against], against)
        expect(page.locator("#votes [data-choice=against]")).to_have_count(len(against))
    hand.step("v", "close-roll-call")
    button = page.locator("#roll-call [data-key=p]")
    button.wait_for()
    hand.step("p", button.get_attribute("id") or "")
    expect(page.locator("#roll-call [data-key=p]")).to_have_count(0)
    roll_calls = RollCall.objects.filter(published_at__isnull=False)
    assert roll_calls.count() == published + 1
    given = list(roll_calls.latest("pk").votes.values_list("choice", flat=True))
    assert given.count(Vote.Choice.FOR) == here - len(against)
    assert given.count(Vote.Choice.AGAINST) == len(against)
    assert given.count(Vote.Choice.ABSENT) == 1
    hand.votes.append((hand.presses - before, len(against)))


def judge(hand: Hand, meeting: Meeting, city: City) -> None:
    """Print and judge what was counted."""
    unopposed = max(presses for presses, exceptions in hand.votes if not exceptions)
    print(
        f"{type(hand).__name__}: {hand.presses} presses for {meeting.items.count()} items and "
        f"{len(hand.votes)} votes; an unopposed vote {unopposed}"
    )
    assert all(presses <= A_VOTE + exceptions for presses, exceptions in hand.votes)
    assert hand.presses <= MOST
    meeting.refresh_from_db()
    assert meeting.closed_at
    assert not city.complaints


@pytest.mark.short
@pytest.mark.with_all
@pytest.mark.cpu(20)
def test_a_short_session_by_keyboard(city: City, transactional_db: None):
    meeting = session(3, 12)
    hand = Keyboard(city.window(factories.secretary(), f"/meetings/{meeting.pk}/control/"))
    run_session(hand, meeting, votes=2, split=1)
    judge(hand, meeting, city)


@pytest.mark.cpu(17)  # 4 of it start the city, whichever test comes first
def test_a_short_session_by_thumb(city: City, transactional_db: None):
    meeting = session(3, 12)
    page = city.window(factories.secretary(), f"/meetings/{meeting.pk}/control/", **TOUCH)
    hand = Thumb(page)
    run_session(hand, meeting, votes=2, split=1)
    judge(hand, meeting, city)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.long
@pytest.mark.cpu(75)
@pytest.mark.parametrize("hands", ["keyboard", pytest.param("thumb", marks=pytest.mark.nightly)])
def test_a_usual_session(city: City, transactional_db: None, hands: str):
    meeting = session(30, 34)
    options = TOUCH if hands == "thumb" else {}
    page = city.window(factories.secretary(), f"/meetings/{meeting.pk}/control/", **options)
    hand = (Thumb if hands == "thumb" else Keyboard)(page)
    run_session(hand, meeting, votes=20, split=5)
    judge(hand, meeting, city)


def test_a_tap_is_one_request_and_waits_aloud(city: City, transactional_db: None):
    """One's own frame is passed over, what another secretary does is seen; quick taps are counted,
    and nothing is lost."""
    meeting = session(2, 12)
    by = factories.secretary()
    course_actions.open_meeting(meeting, by=by)
    actions_bulk.note_all_present(meeting, by=by)
    factories.on_item(meeting)
    roll_call = factories.roll_call(meeting)
    page = city.window(by, f"/meetings/{meeting.pk}/control/")
    expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    pks = list(Deputy.objects.of(meeting.body_id, meeting.day).values_list("pk", flat=True))
    page.locator(f"#vote-{pks[0]}").click()
    expect(page.locator("#control-figures")).to_contain_text("За 1")
    # Faster than they are answered: two on the first, which is against then, and one on each other.
    told = page.evaluate(
        """ids => {
            ids.forEach((id) => document.getElementById(id).click());
            return document.querySelector("[data-control-saving]").textContent;
        }""",
        [*(f"vote-{pk}" for pk in pks)],
    )
    assert told == f"Ще зберігається: {len(pks)}"
    expect(page.locator("#control-figures")).to_contain_text(f"За {len(pks) - 1}")
    expect(page.locator("[data-control-saving]")).to_be_hidden()
    assert roll_call.votes.get(deputy=pks[0]).choice == "against"
    assert roll_call.votes.filter(choice="for").count() == len(pks) - 1
    # Another secretary: it comes by the socket, with what was one's own before it.
    presence_actions.leave(meeting, Deputy.objects.get(pk=pks[5]), by=factories.secretary("other"))
    expect(page.locator(f"#presence-{pks[5]}")).to_have_attribute("data-choice", "absent")
    posts = [each for each in sent if each.startswith("POST")]
    fetched = [each for each in sent if each.startswith("GET") and "/control" in each]
    print(f"{len(posts)} posts for {len(pks) + 1} taps, {len(fetched)} fetches for another's step")
    assert len(posts) == len(pks) + 1
    assert len(fetched) == 1
