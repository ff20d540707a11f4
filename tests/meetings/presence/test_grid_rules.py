"""What the grid, its numbers and a bundle may not do: votes that are locked, absent, in a pause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from meetings.bundles.actions import open_bundle
from meetings.conflicts import actions as conflicts
from meetings.control.queries import grid_of
from meetings.deputies import actions_video
from meetings.minutes.queries import gather, minutes_of
from meetings.models import Deputy, Meeting, RollCall, State, Vote
from meetings.outcome.deciding import deciding
from meetings.pauses import actions as pauses
from meetings.presence import actions as presence_actions
from meetings.presence import actions_bulk
from meetings.rollcalls import actions as rollcalls_actions
from meetings.undoing.actions import undo
from meetings.undoing.queries import last_step
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(admin: User) -> Meeting:
    """The first is there by videoconference, the last one is not; the others are in the hall."""
    running = factories.meeting(State.RUNNING, items=3)
    by = factories.secretary()
    actions_video.allow_video(running.body, by=admin, number="12", date=date(2026, 1, 12))
    first, *others, _absent = factories.deputies(running.body)
    presence_actions.come(running, first, by=by, by_video=True)
    presence_actions.come_all(running, others, by=by)
    factories.on_item(running)
    running.refresh_from_db()
    return running


@pytest.fixture
def members(running: Meeting, olena: Any) -> list[Deputy]:
    """In the order of their numbers; the second votes by olena's account."""
    found = list(Deputy.objects.of(running.body_id, running.day))
    found[1].user = olena
    found[1].save()
    return found


def test_what_cells_lead_to(client: Any, running: Meeting, members: list[Deputy], olena: Any):
    by = factories.secretary()
    by_video, own, torn, _four, absent = members
    conflicts.declare(running.items.get(order=1), torn, by=by, words="Земля брата")
    roll_call = factories.roll_call(running)
    rollcalls_actions.vote(roll_call, own, by=olena, choice="abstained")
    client.force_login(by)
    votes = f"/meetings/{running.pk}/control/roll-calls/{roll_call.pk}/votes/"
    page = client.get(f"/meetings/{running.pk}/control/").text
    assert f'href="{votes}{own.pk}/replace/"' in page
    assert f'href="{votes}{absent.pk}/arrival/"' in page
    cells = {cell.pk: cell for cell in grid_of(running).voting}
    assert [cells[each.pk].by_video for each in members] == [True, False, False, False, False]
    assert cells[torn.pk].has_conflict and cells[own.pk].is_own
    # Numbers of these are refused as a whole, and a tap on an old page says why.
    for words in ("1 2", "1 3", "1 5"):
        client.post(f"{votes}numbers/", {"numbers": words, "part": "1"})
    client.post(f"{votes}{absent.pk}/", {"choice": "for", "part": "1"})
    assert list(roll_call.votes.values_list("deputy", "choice")) == [(own.pk, "abstained")]
    # «All the others: for» leaves them as they are, and says who has entered what.
    assert grid_of(running).silent == 2
    assert actions_bulk.vote_for_the_rest(roll_call, by=by) == 2
    ground = Vote.objects.get(deputy=by_video).video_ground
    assert ground is not None
    assert set(roll_call.votes.values_list("deputy", "choice", "entered")) == {
        (by_video.pk, "for", "secretary"),
        (own.pk, "abstained", "self"),
        (members[3].pk, "for", "secretary"),
    }
    # So does what a file says.
    file = {own.pk: "for", torn.pk: "for", by_video.pk: "against"}
    assert actions_bulk.enter_votes(roll_call, by=by, votes=file) == 1
    assert Vote.objects.get(deputy=own).choice == "abstained"
    with factories.refused("rollcall.not_noted"):
        actions_bulk.enter_votes(roll_call, by=by, votes={absent.pk: "for"})
    pauses.begin_pause(running, by=by, kind="alarm")
    for late in (
        lambda: actions_bulk.vote_for_the_rest(roll_call, by=by),
        lambda: actions_bulk.enter_votes(roll_call, by=by, votes={by_video.pk: "for"}),
    ):
        with factories.refused("meeting.paused"):
            late()


def test_by_videoconference_in_the_grid(client: Any, running: Meeting, members: list[Deputy]):
    client.force_login(factories.secretary())
    absent = members[4]
    there = f"/meetings/{running.pk}/control/members/{absent.pk}/"
    assert f'formaction="{there}video/"' in client.get(f"/meetings/{running.pk}/control/").text
    answer = client.post(f"{there}video/", {"part": "1"}).text
    assert f'id="video-{absent.pk}"' in answer
    assert 'data-choice="video"' in answer
    assert running.presences.get(deputy=absent).video_ground is not None
    # «All are present» leaves them so.
    assert actions_bulk.note_all_present(running, by=factories.secretary()) == 0


def _bundle(running: Meeting) -> RollCall:
    return open_bundle(
        running,
        by=factories.secretary(),
        items=list(running.items.filter(order__in=(2, 3)).values_list("pk", flat=True)),
        question="Пакетом",
        seen_item=running.current_item_id,
    )


def test_a_bundle_keeps_what_each_item_says(running: Meeting, members: list[Deputy], olena: Any):
    by = factories.secretary()
    first, own, torn, _four, absent = members
    one, two, three = running.items.order_by("order")
    conflicts.declare(one, torn, by=by, words="Земля брата")
    conflicts.declare(one, absent, by=by, words="Земля сестри")
    conflicts.declare(two, first, by=by, words="Договір")
    roll_call = _bundle(running)
    rollcalls_actions.vote(roll_call, own, by=olena, choice="for")
    actions_bulk.vote_for_the_rest(roll_call, by=by)
    rollcalls_actions.close_roll_call(roll_call, by=by)
    said = {
        item.order: {
            vote.deputy: (vote.choice, vote.entered) for vote in item.roll_calls.get().votes.all()
        }
        for item in (one, two, three)
    }
    assert [said[order][own] for order in (1, 2, 3)] == [("for", "self")] * 3
    assert [said[order][torn][0] for order in (1, 2, 3)] == ["conflict", *["not_voting"] * 2]
    assert [said[order][absent][0] for order in (1, 2, 3)] == ["conflict", "absent", "absent"]
    assert [said[order][first] for order in (1, 2, 3)] == [
        *(("for", "secretary"), ("conflict", "close"), ("for", "secretary"))
    ]
    three.refresh_from_db()
    decided = three.roll_calls.get()
    assert deciding(three, three.roll_calls.all()) == decided
    assert decided.votes.get(deputy=first).video_ground is not None
    # What was decided with another item is not undone, and what follows is of the first.
    running.refresh_from_db()
    last = last_step(running)
    with factories.refused("undo.nothing"):
        undo(running, by=by, seen=last.pk if last else None)
    recess = pauses.begin_pause(running, by=by, kind="recess")
    told = gather(running, minutes_of(running, by=by)).considered
    found = {each.item.order: [line.pause for line in each.entries] for each in told}
    assert recess in found[1]
    assert recess not in found[2] + found[3]


def test_a_bundle_that_a_pause_interrupts_is_repeated_whole(running: Meeting):
    by = factories.secretary()
    first = _bundle(running)
    pause = pauses.begin_pause(running, by=by, kind="alarm")
    pauses.resume(running, by=by, seen_pause=pause.pk, repeats_vote=True)
    again = RollCall.objects.get(closed_at=None)
    assert again.bundled.count() == 2
    assert not first.bundled.exists()
    rollcalls_actions.close_roll_call(again, by=by)
    assert again.bundled.exclude(own=None).count() == 2
