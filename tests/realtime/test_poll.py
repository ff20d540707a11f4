"""A poll's pages live: its state, its turnout, its bars; a secret one moves in steps alone."""

from __future__ import annotations

import pytest

from core.domain.topics import seq_of
from realtime import samples
from realtime.watch import ANYONE, may_watch
from tests.cli.conftest import wait_until
from tests.realtime.conftest import targets
from tests.votes import factories
from votes.ballots import actions as cast_actions
from votes.electorate import actions
from votes.life import actions as life_actions
from votes.models import Poll, State
from votes.paper import actions as paper_actions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

BARS = {"results_while_open": True}


@pytest.fixture
def poll(ofi, department) -> Poll:
    return factories.poll(ofi, department, **BARS)


def vote(poll: Poll, by, place: int = 0) -> None:
    cast_actions.cast(poll, by=by, choices=factories.choose(poll, place))


def reading(open_socket, live, poll, variant=""):
    reader = open_socket(live, poll.topic, seq=seq_of(poll.topic), variant=variant)
    reader.next()
    return reader


def test_a_vote_arrives_without_a_signal(live, poll, olena, bohdan, open_socket):
    actions.freeze(poll)
    page = reading(open_socket, live, poll)
    seq = seq_of(poll.topic)
    vote(poll, olena)
    assert page.until(lambda frame: "counts" in frame, timeout=2.5)["counts"] == {"turnout": 1}
    vote(poll, bohdan)
    assert page.until(lambda frame: "counts" in frame, timeout=2.5)["counts"] == {"turnout": 2}
    assert seq_of(poll.topic) == seq
    assert not [frame for frame in page.frames_for(2) if "html" in frame], "no bars are drawn here"


@pytest.mark.parametrize(("variant", "target"), [("results", "poll-results"), ("display", "board")])
def test_bars_move_with_the_votes(live, poll, olena, open_socket, variant, target):
    actions.freeze(poll)
    reader = reading(open_socket, live, poll, variant)
    vote(poll, olena)
    frame = reader.drawn(timeout=4)
    assert targets(frame) == [target]
    assert "seq" not in frame
    assert 'value="100"' in frame["html"][0]["html"]
    # Who changes her vote moves bars, and no total.
    vote(poll, olena, place=1)
    frame = reader.drawn(timeout=4)
    bars = frame["html"][0]["html"]
    assert bars.index('value="100"') < bars.index('value="0"')
    first, second, _third = factories.first_question(poll).options.order_by("place")
    assert bars.index(second.text) < bars.index(first.text), "who leads stands first"


def test_bars_are_drawn_together_however_fast_people_vote(
    live, poll, olena, bohdan, charlie, firm, mo, ofi, open_socket
):
    actions.freeze(poll)
    reader = reading(open_socket, live, poll, "results")
    for person in (olena, bohdan, charlie, firm, mo, ofi):
        vote(poll, person)
        vote(poll, person, place=2)
    drawn = [frame for frame in reader.frames_for(4) if "html" in frame]
    assert 1 <= len(drawn) <= 4
    assert 'value="100"' in drawn[-1]["html"][0]["html"]
    assert "6" in drawn[-1]["html"][0]["html"]


def test_a_secret_poll_moves_with_its_opening_alone(
    live, ofi, department, olena, bohdan, open_socket
):
    poll = actions.freeze(factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET))
    readers = [reading(open_socket, live, poll, variant) for variant in ("", "display", "results")]
    for person in (olena, bohdan):
        factories.cast_secretly(poll, person)
    for reader in readers:
        told = reader.frames_for(2.5)
        assert not [frame for frame in told if "counts" in frame or "html" in frame]
    factories.close(poll)
    for reader in readers:
        counts = reader.until(lambda frame: "counts" in frame, timeout=2.5)["counts"]
        assert counts == {"turnout": 2}


@pytest.mark.parametrize(
    ("variant", "target"),
    [("", "poll-standing"), ("display", "board"), ("results", "poll-results")],
)
def test_what_happens_to_it_arrives(live, poll, ofi, open_socket, clock, variant, target):
    reader = reading(open_socket, live, poll, variant)
    actions.freeze(poll)
    assert targets(reader.drawn()) == [target]
    later = poll.closes_at.replace(microsecond=0, year=poll.closes_at.year + 1)
    life_actions.extend(poll, by=ofi, closes_at=later, reason="Багато хто у відпустці.")
    assert targets(reader.drawn()) == [target]
    clock.advance(days=400)
    told = Poll.objects.filter(pk=poll.pk, closing_told=True)
    wait_until(told.exists, 4, "the sample of the second tells that it is over")
    reader.until(lambda frame: "html" in frame and "data-live-due" not in str(frame), timeout=4)
    life_actions.publish(poll, by=ofi)
    assert targets(reader.drawn()) == [target]


def test_a_cancellation_arrives_with_its_reason(live, poll, ofi, open_socket):
    page, screen = (reading(open_socket, live, poll, variant) for variant in ("", "display"))
    life_actions.cancel(poll, by=ofi, reason="Помилка в питанні.")
    for reader in (page, screen):
        frame = reader.drawn()
        assert "Помилка в питанні." in frame["html"][0]["html"]


def test_a_quick_poll_that_somebody_watches_publishes_itself_at_once(
    live, ofi, department, olena, open_socket, clock
):
    made = factories.poll(ofi, department, **BARS, is_quick=True)
    vote(made, olena)
    screen = reading(open_socket, live, made, "display")
    clock.advance(days=8)
    frame = screen.until(lambda frame: "display-bar--won" in str(frame.get("html")), timeout=4)
    assert targets(frame) == ["board"]
    made.refresh_from_db()
    assert made.state_at(made.published_at) == State.PUBLISHED
    assert made.result.by is None


def test_a_page_that_comes_learns_the_turnout(live, poll, olena, open_socket):
    vote(poll, olena)
    page = reading(open_socket, live, poll)
    page.link.send('{"show": []}')
    assert page.until(lambda frame: "counts" in frame)["counts"] == {"turnout": 1}


def test_a_draft_is_watched_by_who_prepares_it(ofi, olena, department):
    draft = factories.poll(ofi, department, State.DRAFT)
    assert [may_watch(who, draft.topic) for who in (ANYONE, olena, ofi)] == [False, False, True]
    assert may_watch(ANYONE, "polls")


def test_a_checked_sheet_moves_turnout_and_bars(poll, ofi, admin):
    before = samples.take({poll.topic: None})[poll.topic]
    sheet = factories.sheet(poll, admin)
    assert samples.take({poll.topic: before})[poll.topic] == before
    paper_actions.confirm_paper(sheet, by=ofi, choices=sheet.choices)
    after = samples.take({poll.topic: before})[poll.topic]
    assert after.since(before) == {"turnout": 1}
    assert after.bars != before.bars


def test_a_quiet_sample_costs_two_queries(poll, ofi, department, django_assert_num_queries):
    secret = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET)
    known = samples.take(dict.fromkeys((poll.topic, secret.topic)))
    with django_assert_num_queries(2):
        again = samples.take(known)
    for topic, totals in again.items():
        assert not totals.since(known[topic])
        assert totals.bars == known[topic].bars
