"""A show of hands: raised in the hall and elsewhere, counted, closed; what it may not do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts.data import register
from accounts.data.actions import erase
from accounts.identity.joining import merge
from core.web.pages import forget_pages
from meetings.course import actions as course_actions
from meetings.hall import actions
from meetings.hall.figures import Figures
from meetings.hall.queries import tally_of
from meetings.models import Hand, LogEntry, ShowOfHands, State
from meetings.rollcalls import actions as rollcalls_actions
from realtime import samples
from realtime.drawing import draw_dependent_regions
from realtime.parts import DISPLAY, PAGE
from tests.meetings import factories
from tests.meetings.factories import refused
from tests.meetings.screens import look

pytestmark = pytest.mark.django_db
QUESTION = "Чи перенести зупинку ближче до лікарні?"


@pytest.fixture
def running():
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def show(running):
    return opened(running)


def opened(meeting, **asked) -> ShowOfHands:
    said = {"question": QUESTION, "seen_item": meeting.current_item_id, **asked}
    return actions.open_show(meeting, by=factories.secretary(), **said)


def page(client, meeting) -> str:
    forget_pages()
    return client.get(f"/meetings/{meeting.pk}/").text


def test_the_hall_and_the_others_stand_apart_and_the_last_choice_counts(
    client, olena, bohdan, charlie, running, show
):
    actions.enter_hall(running, by=olena, has_scanned=True)
    address = f"/meetings/{running.pk}/hands/{show.pk}/"
    script = {"headers": {"Accept": "application/json"}}
    for person, values in ((olena, (1, 2)), (bohdan, (1,)), (charlie, (3, 0))):
        client.force_login(person)
        for value in values:
            assert client.post(address, {"value": value}, **script).json() == {}
            mine = client.get(f"/meetings/{running.pk}/mine/").json()["reactions"]
            assert mine == ({f"hands-{show.pk}": value} if value else {})
    tally = tally_of(show)
    assert (tally.hall, tally.remote) == (Figures(against=1), Figures(for_=1))
    closed = actions.close_show(show, by=factories.secretary())
    assert [getattr(closed, f"hall_{name}") for name in ("for", "against", "abstained")] == [
        0,
        1,
        0,
    ]
    assert tally_of(closed) == tally_of(ShowOfHands.objects.get())
    refusal = client.post(address, {"value": 1}, **script)
    assert (refusal.status_code, refusal.json()["code"]) == (403, "hands.closed")
    assert client.post(address, {"value": 7}).status_code == 404


def test_without_a_script_it_is_a_press_and_a_sentence(client, olena, running, show):
    client.force_login(olena)
    address = f"/meetings/{running.pk}/hands/{show.pk}/"
    answer = client.post(address, {"value": 1}, follow=True)
    assert "Вашу руку піднято: За" in answer.text
    assert "<noscript>" in answer.text
    assert "Руку опущено" in client.post(address, {"value": 0}, follow=True).text
    actions.close_show(show, by=factories.secretary())
    assert "уже завершено" in client.post(address, {"value": 1}, follow=True).text


def test_nobody_s_name_is_shown_and_it_is_said_that_it_is_no_vote(client, olena, running, show):
    actions.raise_hand(show, by=olena, choice="for")
    display = client.get(f"/meetings/{running.pk}/display/?board").text
    read = page(client, running)
    for said in (read, display):
        assert olena.public_name not in said
        assert QUESTION in said
    assert "не голосування ради" in display
    assert "не є голосуванням ради" in read


def test_who_may_not(olena, running, show, client):
    stranger = client.post(f"/meetings/{running.pk}/hands/{show.pk}/", {"value": 1})
    assert "/account/login/" in stranger.headers["Location"]
    with refused("meeting.runners_only"):
        actions.close_show(show, by=olena)
    with refused("hands.no_such_choice"):
        actions.raise_hand(show, by=olena, choice="absent")
    olena.is_active = False
    with refused("account.suspended"):
        actions.raise_hand(show, by=olena, choice="for")


def test_one_at_a_time_and_never_beside_a_roll_call(running, show):
    by, item = factories.secretary(), running.current_item_id
    with refused("hands.another_open"):
        opened(running)
    with refused("rollcall.hands_open"):
        factories.roll_call(running)
    with refused("meeting.busy"):
        course_actions.next_item(running, by=by, seen_item=item)
    with refused("meeting.busy"):
        course_actions.close_meeting(running, by=by, seen_item=item)
    actions.close_show(show, by=by)
    roll_call = factories.roll_call(running)
    with refused("hands.roll_call_open"):
        opened(running)
    rollcalls_actions.close_roll_call(roll_call, by=by)
    assert opened(running).item_id == item
    with refused("meeting.not_opened"):
        opened(factories.meeting(kind="hearing"))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"question": " "}, "hands.question_missing"),
        ({"question": "х" * 201}, "hands.question_too_long"),
        ({"seen_item": None}, "meeting.moved_on"),
    ],
)
def test_what_is_not_opened(running, asked, code):
    with refused(code):
        opened(running, **asked)


def test_it_may_be_asked_between_two_items(olena):
    meeting = factories.meeting(State.RUNNING)
    show = opened(meeting)
    actions.raise_hand(show, by=olena, choice="for")
    assert actions.close_show(show, by=factories.secretary()).remote_for == 1


def test_two_secretaries_do_not_contradict_each_other(show):
    by, other = factories.secretary(), factories.secretary("other")
    first = Figures(12, 3, 1)
    actions.count_hands(show, by=by, counted=first, seen=None)
    with refused("meeting.moved_on"):
        actions.count_hands(show, by=other, counted=Figures(9, 9, 9), seen=None)
    actions.count_hands(show, by=other, counted=Figures(12, 4, 1), seen=first)
    with refused("hands.no_such_number"):
        seen = Figures(12, 4, 1)
        actions.count_hands(show, by=by, counted=Figures(-1, 0, 0), seen=seen)
    closed = actions.close_show(show, by=by)
    tally = tally_of(closed)
    assert tally.counted == Figures(12, 4, 1)
    assert tally.hall == Figures(), "what was counted is added to nothing"
    for act in (
        lambda: actions.close_show(show, by=other),
        lambda: actions.count_hands(show, by=other, counted=None, seen=tally.counted),
    ):
        with refused("hands.closed"):
            act()


def test_postgresql_keeps_what_has_closed(olena, show):
    actions.raise_hand(show, by=olena, choice="for")
    closed = actions.close_show(show, by=factories.secretary())

    def put(model, **fields):
        return lambda: model.objects.update(**fields)

    for change in (
        put(ShowOfHands, question="Інше?"),
        put(ShowOfHands, hall_for=9),
        put(Hand, choice="against"),
        lambda: Hand.objects.create(
            show=closed, user=factories.secretary(), choice="for", in_hall=True, at=closed.closed_at
        ),
        closed.delete,
    ):
        with pytest.raises((DatabaseError, ValueError)), transaction.atomic():
            change()


def test_running_it_by_the_page(client, running):
    client.force_login(factories.secretary())
    control = f"/meetings/{running.pk}/control/"
    assert 'id="new-hands"' in client.get(control).text
    form = client.get(f"{control}hands/").context["form"]
    assert form["seen_item"].value() == running.current_item_id
    assert client.post(f"{control}hands/", {"question": ""}).status_code == 422
    sent = {"question": QUESTION, "seen_item": running.current_item_id}
    assert client.post(f"{control}hands/", sent).headers["Location"] == f"{control}#hands"
    show = ShowOfHands.objects.get()
    read = client.get(control).text
    assert 'id="close-hands"' in read
    assert "Спочатку завершіть його" in read, "a roll-call waits until it is closed"
    counting = f"{control}hands/{show.pk}/count/"
    counted = {"counted_for": 5, "counted_against": 0, "counted_abstained": 2, "seen": ""}
    assert client.post(counting, counted).headers["Location"] == f"{control}#hands"
    refusal = client.post(counting, {**counted, "counted_for": 8})
    assert refusal.status_code == 422
    assert 'value="8"' in refusal.text, "nothing typed is lost"
    assert 'value="5-0-2"' in refusal.text
    client.post(f"{control}hands/{show.pk}/close/")
    show.refresh_from_db()
    assert (show.closed_at is not None, show.counted_for) == (True, 5)
    again = client.post(f"{control}hands/{show.pk}/close/", follow=True)
    assert "уже завершено" in again.text


def test_it_stands_in_the_log_the_replay_and_the_api(client, olena, running, show):
    actions.raise_hand(show, by=olena, choice="for")
    by = factories.secretary()
    actions.count_hands(show, by=by, counted=Figures(12, 3, 1), seen=None)
    listed = f"/api/v1/meetings/{running.pk}/shows-of-hands/"
    assert client.get(listed).json()["results"] == [], "an open one is not told"
    actions.close_show(show, by=by)
    forget_pages()
    (told,) = client.get(listed).json()["results"]
    assert told["remote"] == {"for": 1, "against": 0, "abstained": 0}
    assert told["counted"] == {"for": 12, "against": 3, "abstained": 1}
    assert (told["question"], told["item"]) == (QUESTION, running.current_item_id)
    kinds = [LogEntry.Kind.HANDS, LogEntry.Kind.HANDS_CLOSED]
    logged = LogEntry.objects.filter(show_of_hands=show).values_list("kind", flat=True)
    assert list(logged) == kinds
    log = client.get(f"/api/v1/meetings/{running.pk}/log/").json()["results"]
    assert [each["show_of_hands"] for each in log][-2:] == [show.pk, show.pk]
    replay = client.get(f"/meetings/{running.pk}/log/").text
    assert "за – 12, проти – 3, утрималися – 1" in replay
    course_actions.next_item(running, by=by, seen_item=running.current_item_id)
    assert QUESTION in page(client, running)


def test_the_display_shows_it_until_something_else_is_taken_up(client, olena, running, show):
    def view() -> str:
        forget_pages()
        said = client.get(f"/meetings/{running.pk}/display/?board").text
        return said.partition("display-meeting--")[2].partition('"')[0]

    by = factories.secretary()
    assert view() == "hands"
    course_actions.blank(running, by=by)
    assert view() == "blank"
    course_actions.unblank(running, by=by)
    actions.close_show(show, by=by)
    assert view() == "hands"
    factories.roll_call(running)
    assert view() == "roll_call"


def test_figures_move_without_a_counter_and_name_nobody(olena, running, show):
    known = samples.take({running.topic: None})[running.topic]
    actions.raise_hand(show, by=olena, choice="for")
    taken = samples.take({running.topic: known})[running.topic]
    assert taken.bars != known.bars
    assert taken.since(known) == {}, "no number of its own: the figures are drawn"
    drawn = draw_dependent_regions(running.topic, [("uk", PAGE), ("uk", DISPLAY)])
    targets = {view: operation["target"] for view, (operation,) in drawn.items()}
    assert targets == {("uk", PAGE): "hands-figures", ("uk", DISPLAY): "board"}
    for (operation,) in drawn.values():
        assert "<b>1</b>" in operation["html"]
        assert "csrf" not in operation["html"]
    actions.close_show(show, by=factories.secretary())
    (after,) = draw_dependent_regions(running.topic, [("uk", PAGE)])["uk", PAGE]
    assert "<b>1</b>" in after["html"], "what has closed is not taken away"


def test_a_hand_costs_few_queries(olena, show, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        actions.raise_hand(show, by=olena, choice="for")


def test_an_account_goes_or_becomes_another_one(olena, bohdan, charlie, running, show):
    for person, choice in ((olena, "for"), (bohdan, "against"), (charlie, "abstained")):
        actions.raise_hand(show, by=person, choice=choice)
    actions.close_show(show, by=factories.secretary())
    told = {entry.model: list(entry.collect(charlie)) for entry in register.all_entries()}
    (own,) = told[Hand]
    assert (own["show__question"], own["choice"]) == (QUESTION, "abstained")
    merge(olena, bohdan)
    erase(charlie, by=charlie)
    assert list(Hand.objects.values_list("user", "choice")) == [(olena.pk, "for")]
    assert tally_of(ShowOfHands.objects.get()).remote == Figures(1, 1, 1), "the figures stay"


def test_whose_hand_it_was_is_forgotten_after_the_meeting(olena, running, show):
    actions.enter_hall(running, by=olena, has_scanned=True)
    actions.raise_hand(show, by=olena, choice="for")
    by = factories.secretary()
    actions.close_show(show, by=by)
    course_actions.close_meeting(running, by=by, seen_item=running.current_item_id)
    running.refresh_from_db()
    swept = [each for each in register.retentions if each.period == "hall"]
    assert sum(each.run(running.closed_at, most=10) for each in swept) == 0
    later = running.closed_at + timedelta(seconds=1)
    assert sum(each.run(later, most=10) for each in swept) == 2
    assert tally_of(ShowOfHands.objects.get()).hall == Figures(for_=1)


@pytest.mark.with_all
@pytest.mark.parametrize("height", [720, 1080, 2160])
def test_nothing_on_the_display_is_small_or_cut(browser, client, tmp_path, running, height):
    show = opened(running, question="Чи переносити зупинку ближче до лікарні? " * 4 + "Чи ні?")
    seen = Figures(10_000, 9_999, 1_204)
    actions.count_hands(show, by=factories.secretary(), counted=seen, seen=None)
    look(browser, client, running, tmp_path, "hands", height * 16 // 9, height)
