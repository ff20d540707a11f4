"""The grid of members: a tap and its answer, all at once, numbers, and what a tap weighs."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from core.domain.rules import Refused
from core.domain.topics import seq_of
from meetings.models import Deputy, LogEntry, Meeting, Seat, State, Vote
from meetings.presence import actions as presence_actions
from meetings.presence import actions_bulk
from meetings.presence.grid import next_choice, short_name
from meetings.presence.numbers import read_numbers
from meetings.rollcalls import actions as rollcalls_actions
from tests import factories as people
from tests.meetings import factories

pytestmark = pytest.mark.django_db
#: A tap's answer, uncompressed, at 65 members.
MOST_BYTES = 5 * 1024


@pytest.fixture
def running(db: None) -> Meeting:
    return factories.meeting(State.RUNNING)


@pytest.fixture
def desk(client: Any) -> Any:
    client.force_login(factories.secretary())
    return client


def url(meeting: Meeting, step: str = "") -> str:
    return f"/meetings/{meeting.pk}/control/{step}"


def test_a_tap_goes_around_the_votes_and_names_are_short():
    choices, choice = [], ""
    for _tap in range(5):
        choice = next_choice(choice)
        choices.append(choice)
    assert choices == ["for", "against", "abstained", "not_voting", "for"]
    assert short_name("Бондар Олег Іванович") == "Бондар О. І."
    assert short_name("Ван дер Гук") == "Ван д. Г."
    assert short_name("Мадонна") == "Мадонна"


def test_numbers_with_signs():
    assert read_numbers("5 12=, №7x;3. 8 +") == {5: "", 12: "=", 7: "x", 3: ".", 8: "+"}
    assert read_numbers("7Х") == {7: "х"}
    for nonsense in ("", "  ", "п'ять", "5 за", "1234567"):
        with pytest.raises(Refused) as refused:
            read_numbers(nonsense)
        assert refused.value.verdict.code == "numbers.unclear"


def test_all_are_present_but_the_head_of_the_city(running, mo):
    head = factories.head_of_the_city(running.body)
    first = factories.deputies(running.body)[0]
    by = factories.secretary()
    presence_actions.come(running, first, by=by)
    before = seq_of(running.topic)
    assert actions_bulk.note_all_present(running, by=by) == 4
    assert actions_bulk.note_all_present(running, by=by) == 0  # twice is once
    here = set(running.presences.filter(left_at=None).values_list("deputy", flat=True))
    assert len(here) == 5
    assert head.pk not in here
    assert running.log.filter(kind=LogEntry.Kind.CAME).count() == 5
    # Pages and displays are told once.
    assert seq_of(running.topic) == before + 1
    stranger = Deputy.objects.create(name="Чужа", since=factories.LONG_AGO)
    with factories.refused("meeting.not_a_member"):
        actions_bulk.note_presence(running, by=by, came=[stranger.pk])
    with factories.refused("meeting.runners_only"):
        actions_bulk.note_all_present(running, by=mo)


def test_all_the_others_are_for(running):
    by = factories.secretary()
    one, two, three, absent, _last = factories.deputies(running.body)
    actions_bulk.note_all_present(running, by=by)
    presence_actions.leave(running, absent, by=by)
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    rollcalls_actions.enter_vote(roll_call, one, by=by, choice="against")
    assert actions_bulk.vote_for_the_rest(roll_call, by=by) == 3
    # Nobody's vote is changed by it, and who is not in the hall gets none.
    assert Vote.objects.get(deputy=one).choice == "against"
    assert not Vote.objects.filter(deputy=absent).exists()
    assert (
        actions_bulk.enter_votes(roll_call, by=by, votes={two.pk: "abstained", three.pk: "for"})
        == 1
    )
    assert Vote.objects.get(deputy=two).choice == "abstained"
    with factories.refused("rollcall.no_such_choice"):
        actions_bulk.enter_votes(roll_call, by=by, votes={two.pk: "absent"})
    rollcalls_actions.close_roll_call(roll_call, by=by)
    for late in (
        lambda: actions_bulk.vote_for_the_rest(roll_call, by=by),
        lambda: actions_bulk.enter_votes(roll_call, by=by, votes={two.pk: "for"}),
    ):
        with factories.refused("rollcall.closed"):
            late()


def test_who_has_voted_and_left_keeps_the_vote(desk, running):
    """The cell says both; what touches many leaves the vote, and the close counts it."""
    by = factories.secretary()
    own, entered, *_others = factories.deputies(running.body)
    own.user = people.user("member")
    own.save()
    actions_bulk.note_all_present(running, by=by)
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    rollcalls_actions.vote(roll_call, own, by=own.user, choice="against")
    rollcalls_actions.enter_vote(roll_call, entered, by=by, choice="abstained")
    for deputy, label in ((own, "проти"), (entered, "утримався")):
        answer = desk.post(url(running, f"members/{deputy.pk}/leave/"), {"part": "1"})
        (cell,) = html.fromstring(answer.text).xpath(f"//*[@id='vote-{deputy.pk}']")
        said = " ".join(cell.text_content().split())
        assert label in said.casefold()
        assert "голос лишається" in said
        assert "прийшов" not in said.casefold()
    actions_bulk.vote_for_the_rest(roll_call, by=by)
    others = dict.fromkeys(factories.deputies(running.body), "for")
    for missing in (rollcalls_actions.Missing.SKIP, rollcalls_actions.Missing.ASK):
        said = others if missing == rollcalls_actions.Missing.SKIP else {entered: "for"}
        try:
            rollcalls_actions.enter_votes(roll_call, said, by=by, missing=missing)
        except Refused as refused:
            assert refused.verdict.code == "rollcall.not_noted"
    closed = rollcalls_actions.close_roll_call(roll_call, by=by)
    given = dict(closed.votes.values_list("deputy", "choice"))
    assert (given[own.pk], given[entered.pk]) == ("against", "abstained")
    assert closed.present == 5


def test_votes_by_numbers(desk, running):
    by = factories.secretary()
    actions_bulk.note_all_present(running, by=by)
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    numbered = list(Deputy.objects.of(running.body_id, running.day))
    presence_actions.leave(running, numbered[4], by=by)
    there = url(running, f"roll-calls/{roll_call.pk}/votes/")
    desk.post(f"{there}rest/", {"choice": "for"})
    answer = desk.post(f"{there}numbers/", {"numbers": "1 2= 3x", "part": "1"}).text
    assert answer.count('id="vote-') == 3
    given = dict(roll_call.votes.values_list("deputy", "choice"))
    assert given == {numbered[0].pk: "against", numbered[1].pk: "abstained", numbered[3].pk: "for"}
    for words, told in (("1+ 9", "9"), ("2+ 5", "Не в залі: 5")):
        said = desk.post(f"{there}numbers/", {"numbers": words, "part": "1"}).text
        assert told in said
        assert "notice--warning" in said
    assert dict(roll_call.votes.values_list("deputy", "choice")) == given
    # Of presence a number is the other of both.
    rollcalls_actions.close_roll_call(roll_call, by=by)
    members = url(running, "members/numbers/")
    assert 'name="seen" value="1 2 3 4"' in desk.get(url(running)).text
    for _time in range(2):  # sent twice is once
        desk.post(members, {"numbers": "1 5", "seen": "1 2 3 4", "part": "1"})
    here = set(running.presences.filter(left_at=None).values_list("deputy", flat=True))
    assert here == {deputy.pk for deputy in numbered[1:]}
    assert desk.post(members, {"numbers": "п", "part": "1"}).status_code == 200


@pytest.fixture
def full(db: None) -> Meeting:
    """64 deputies and the head of the city, all with long names, while a roll-call is open."""
    council = factories.body(membership=64, members=0)
    deputies = Deputy.objects.bulk_create(
        Deputy(
            name=f"Нечуй-Левицька{number:02} Олександра Володимирівна",
            name_key=f"{number:02}",
            since=factories.LONG_AGO,
        )
        for number in range(64)
    )
    Seat.objects.bulk_create(
        Seat(body=council, deputy=deputy, since=factories.LONG_AGO) for deputy in deputies
    )
    head = factories.head_of_the_city(council)
    running = factories.meeting(State.RUNNING, of=council)
    actions_bulk.note_presence(
        running, by=factories.secretary(), came={*(d.pk for d in deputies), head.pk}
    )
    factories.on_item(running)
    factories.roll_call(running)
    return running


def test_a_tap_is_one_post_of_few_bytes(desk, full, django_assert_max_num_queries):
    """What must be shown of issue «Fast by hand»: at 65 members."""
    roll_call = full.items.get(order=1).roll_calls.get()
    first = Deputy.objects.of(full.body_id, full.day)[0]
    vote = url(full, f"roll-calls/{roll_call.pk}/votes/{first.pk}/")
    desk.post(vote, {"choice": "for", "part": "1"})
    sizes = {}
    for name, address, said in (
        ("vote", vote, {"choice": "against"}),
        ("leave", url(full, f"members/{first.pk}/leave/"), {}),
        ("come", url(full, f"members/{first.pk}/come/"), {}),
    ):
        before = seq_of(full.topic)
        with django_assert_max_num_queries(34):
            answer = desk.post(address, {**said, "part": "1"})
        assert answer.status_code == 200  # and no page behind it
        sizes[name] = len(answer.content)
        page = answer.text
        assert page.count('class="cell"') == 2  # in presence, and in the vote
        assert 'id="control-figures"' in page
        # The page knows its own frame: the counter has risen by this step alone.
        assert f'data-seq="{before + 1}" data-raised="1"' in page
    print(f"bytes a tap at 65 members: {sizes}")
    assert max(sizes.values()) <= MOST_BYTES
    again = desk.post(url(full, f"members/{first.pk}/come/"), {"part": "1"}).text
    assert 'data-raised="0"' in again


def test_a_step_is_answered_by_the_region(desk, running):
    answer = desk.post(url(running, "next/"), {"seen_item": "", "part": "1"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="control-answer"')
    assert 'id="control-now"' in answer.text
    assert "csrfmiddlewaretoken" not in answer.text
    moved = desk.post(url(running, "next/"), {"seen_item": "", "part": "1"}).text
    assert "notice--warning" in moved
    assert 'data-raised="0"' in moved
