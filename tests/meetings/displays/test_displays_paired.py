"""Displays of a meeting: pairing by a code, what each shows, two secretaries, the delay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from lxml import html

from core.domain import clock as database
from core.web.pages import forget_pages
from meetings import pages
from meetings.course import actions as course_actions
from meetings.displays import actions, codes, paired, rules
from meetings.displays.actions import Look
from meetings.displays.codes import WINDOW
from meetings.displays.models import MOST_DISPLAYS
from meetings.hall.codes import display_key
from meetings.models import Display, LogEntry, Meeting, Picture, State
from meetings.presenters import ShownMeeting
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from realtime.drawing import draw
from realtime.parts import DISPLAY
from tests import factories as people
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db
SCREEN = "screenInTheFoyer"


@pytest.fixture
def running(db: None) -> Meeting:
    return factories.meeting(State.RUNNING)


@pytest.fixture
def desk(client: Any) -> Any:
    """The browser of a secretary."""
    client.force_login(factories.secretary())
    return client


@pytest.fixture
def screen() -> Any:
    """The browser of a screen: nobody is signed in."""
    from django.test import Client  # one beside that of the secretary

    return Client()


def url(meeting: Meeting, step: str = "") -> str:
    return f"/meetings/{meeting.pk}/control/displays/{step}"


def code_on(screen: Any, name: str = SCREEN) -> str:
    """The code that a screen shows."""
    page = html.fromstring(screen.get(f"/display/?screen={name}").text)
    (place,) = page.xpath("//*[@data-code]")
    return str(place.text_content())


def paired_display(meeting: Meeting, screen: str = SCREEN, **look: Any) -> Display:
    by = factories.secretary()
    code = codes.code_of(screen, database.now())
    display = actions.pair(meeting, by=by, code=code)
    if look:
        display = actions.change(display, by=by, look=Look(**look), seen_revision=1)
    return display


def board(screen: Any, meeting: Meeting, number: int = 1) -> Any:
    """The board of a display as its page has it."""
    forget_pages()
    answer = screen.get(f"/meetings/{meeting.pk}/displays/{number}/?board")
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def view_of(board: Any) -> str:
    return str(board.get("class").rpartition("--")[2])


def drawn(meeting: Meeting, event: str, thing: int, number: int) -> Any:
    """What the hub sends to the screens of one display."""
    view = ("uk", f"{DISPLAY}-{number}")
    (operation,) = draw(meeting.topic, [(event, thing)], [view])[view]
    assert operation["target"] == "board"
    return html.fromstring(operation["html"])


# --- Pairing -----------------------------------------------------------------------------------


def test_a_screen_shows_a_code_is_paired_and_goes_to_its_display(desk, screen, running):
    opened = screen.get("/display/")
    assert opened.status_code == 302, "it gets a name in its address, and keeps it"
    waiting = screen.get(opened["Location"])
    assert waiting.status_code == 200
    assert '<noscript><meta http-equiv="refresh" content="3">' in waiting.text
    code = code_on(screen)
    assert code == code_on(screen)
    assert len(code.replace(" ", "")) == codes.LENGTH
    page = desk.post(url(running), {"code": code, "name": "Фойє"}, follow=True)
    assert "1. Фойє" in page.text
    moved = screen.get(f"/display/?screen={SCREEN}")
    assert moved["Location"] == f"/meetings/{running.pk}/displays/1/?hall={display_key(running.pk)}"
    shown = screen.get(moved["Location"])
    assert shown.status_code == 200
    assert 'data-live-as="display-1"' in shown.text
    assert not screen.cookies, "nothing of a person is set or read"


def test_codes_rotate_expire_and_are_refused_with_a_slip():
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    code = codes.code_of(SCREEN, now)
    assert code != codes.code_of("another", now)
    later = [now + timedelta(seconds=WINDOW * times) for times in range(3)]
    assert codes.code_of(SCREEN, later[1]) != code
    assert [bool(codes.pairing_of(code, at)) for at in later] == [True, True, False]
    assert codes.pairing_of(f"{code[:4]} {code[4:]}", now) in codes.pairings_of(SCREEN, now)
    slips = [code[:at] + str((int(code[at]) + 1) % 10) + code[at + 1 :] for at in range(8)]
    # What was typed wrong is another code in one of a thousand cases, twice for two windows.
    assert sum(bool(codes.pairing_of(slip, now)) for slip in slips) <= 1
    for wrong in ("", "1234", code + "1", "٠" * 8, "abcdefgh"):
        assert codes.pairing_of(wrong, now) == ""


def test_a_code_pairs_once(running):
    by = factories.secretary()
    code = codes.code_of(SCREEN, database.now())
    display = actions.pair(running, by=by, code=code)
    with refused("display.code_used"):
        actions.pair(running, by=by, code=code)
    actions.unpair(display, by=by, seen_revision=1)
    with refused("display.code_used"):
        actions.pair(running, by=by, code=code)
    assert paired_display(running, "another").number == 1, "its number is free again"


def test_a_code_that_nothing_shows_is_said_at_its_field(desk, running):
    answer = desk.post(url(running), {"code": "1234 5678", "name": "Фойє"})
    assert answer.status_code == 422
    assert "1234 5678" in answer.text
    assert "Фойє" in answer.text
    assert not Display.objects.exists()


def test_typing_codes_is_limited(desk, running):
    statuses = {desk.post(url(running), {"code": "12345678"}).status_code for _ in range(21)}
    assert statuses == {422, 429}


def test_pairing_needs_an_announced_meeting_and_has_an_end(running):
    now = database.now()
    by = factories.secretary()
    for state, code in (
        (State.DRAFT, "meeting.not_published"),
        (State.CLOSED, "meeting.closed"),
        (State.CANCELLED, "meeting.cancelled"),
    ):
        with refused(code):
            actions.pair(factories.meeting(state), by=by, code=codes.code_of(SCREEN, now))
    with refused("meeting.runners_only"):
        actions.pair(running, by=people.user("stranger"), code=codes.code_of(SCREEN, now))
    assert rules.pair(by, running, pairing="x", paired=MOST_DISPLAYS - 1)
    assert rules.pair(by, running, pairing="x", paired=MOST_DISPLAYS).code == "display.too_many"


def test_a_post_that_comes_twice_pairs_once(desk, screen, running):
    said = {"code": code_on(screen), "idempotency_key": "a" * 32}
    page = desk.get(url(running)).text
    key = html.fromstring(page).xpath("//main//form[not(@id)]//input[@name='idempotency_key']")
    said["idempotency_key"] = key[0].get("value")
    assert [desk.post(url(running), said).status_code for _ in range(2)] == [302, 302]
    assert Display.objects.count() == 1


def test_a_name_of_a_screen_is_short_and_plain(screen):
    for name in ("a" * 65, "Екран", "a/b", ""):
        answer = screen.get("/display/", {"screen": name})
        assert answer.status_code == 302
        assert answer["Location"] != f"/display/?screen={name}"


def test_a_screen_that_waits_costs_two_queries(screen, django_assert_num_queries):
    screen.get(f"/display/?screen={SCREEN}")
    with django_assert_num_queries(2):
        screen.get(f"/display/?screen={SCREEN}")


# --- What a display shows ------------------------------------------------------------------------


def test_a_display_keeps_its_picture_while_the_meeting_goes_on(screen, running):
    paired_display(running)
    paired_display(running, "another", picture=Picture.ANNOUNCEMENT, words="Перерва до 11:00")
    assert [view_of(board(screen, running, number)) for number in (1, 2)] == [
        "agenda",
        "announcement",
    ]
    item = factories.on_item(running)
    assert view_of(board(screen, running)) == "item"
    announcing = board(screen, running, 2)
    assert view_of(announcing) == "announcement"
    assert "Перерва до 11:00" in announcing.text_content()
    assert item.title not in announcing.text_content()


def test_what_is_drawn_for_a_display_is_what_its_page_holds(screen, running):
    one = paired_display(running)
    two = paired_display(running, "another", picture=Picture.ANNOUNCEMENT, words="Перерва")
    factories.on_item(running)
    for number, display in ((1, one), (2, two)):
        sent = drawn(running, "DisplayChanged", running.pk, number)
        assert html.tostring(sent) == html.tostring(board(screen, running, number))
        assert sent.get("data-display") == str(display.pk)
    main = draw(running.topic, [("DisplayChanged", running.pk)], [("uk", DISPLAY)])
    (operation,) = main["uk", DISPLAY]
    assert "data-display" not in operation["html"]


def test_blank_is_on_all_displays_at_once(screen, running):
    paired_display(running)
    paired_display(running, "another", picture=Picture.ANNOUNCEMENT, words="Перерва")
    course_actions.blank(running, by=factories.secretary())
    for number in (1, 2):
        sent = drawn(running, "DisplaysBlanked", running.pk, number)
        assert view_of(sent) == "blank"
        assert "Перерва" not in sent.text_content()
        assert view_of(board(screen, running, number)) == "blank"


def test_an_unpaired_display_shows_a_code_again(screen, running):
    display = paired_display(running, picture=Picture.ANNOUNCEMENT, words="Перерва")
    actions.unpair(display, by=factories.secretary(), seen_revision=2)
    sent = drawn(running, "DisplayUnpaired", running.pk, 1)
    assert (sent.get("data-display"), sent.get("data-pair-url")) == ("", "/display/")
    assert "Перерва" not in sent.text_content()
    forget_pages()
    answer = screen.get(display.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, "/display/")
    assert screen.get(f"/display/?screen={SCREEN}").status_code == 200


def test_a_display_that_was_away_has_all_by_one_request(screen, running, clock):
    """Its script asks for its board once, whatever happened meanwhile (resync)."""
    paired_display(running)
    before = int(board(screen, running).get("data-seq"))
    clock.advance(hours=1)
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    rollcalls_actions.close_roll_call(roll_call, by=factories.secretary())
    after = board(screen, running)
    assert view_of(after) == "roll_call"
    assert int(after.get("data-seq")) > before
    (fragment,) = {after.get("data-live-fragment")}
    assert fragment == f"/meetings/{running.pk}/displays/1/?board"


def test_a_board_costs_as_many_queries_as_the_main_one_and_one(running, django_assert_num_queries):
    paired_display(running, picture=Picture.ANNOUNCEMENT, words="Перерва")
    shown = ShownMeeting.of(pages.for_page(Meeting.objects.all()).get(pk=running.pk))
    with django_assert_num_queries(1):
        paired.paired_context(shown, 1)


def test_postgresql_refuses_what_a_display_cannot_be(running):
    display = paired_display(running)
    for wrong in (
        {"number": MOST_DISPLAYS + 1},
        {"picture": Picture.ANNOUNCEMENT},
        {"unpaired_at": display.paired_at - timedelta(seconds=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Display.objects.filter(pk=display.pk).update(**wrong)
    other = paired_display(running, "another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Display.objects.filter(pk=other.pk).update(number=display.number)


# --- The page of the secretary -------------------------------------------------------------------


def test_a_secretary_changes_the_picture_by_one_button(desk, screen, running):
    display = paired_display(running)
    page = desk.post(url(running, "1/agenda/"), {"seen_revision": 1}, follow=True)
    assert page.redirect_chain[-1][0] == f"{url(running)}#display-1"
    display.refresh_from_db()
    assert (display.picture, display.revision) == (Picture.AGENDA, 2)
    desk.post(url(running, "1/agenda/"), {"seen_revision": 2})
    display.refresh_from_db()
    assert display.revision == 2, "the same picture once more changes nothing"


def test_of_two_secretaries_the_second_is_told(desk, running):
    display = paired_display(running)
    actions.show(display, by=factories.secretary(), picture=Picture.CLOCK, seen_revision=1)
    page = desk.post(url(running, "1/agenda/"), {"seen_revision": 1}, follow=True)
    display.refresh_from_db()
    assert display.picture == Picture.CLOCK
    told = rules.change(factories.secretary(), display, picture="main", words="", seen_revision=1)
    assert str(told.message) in page.text


def test_words_theme_and_name_are_changed_with_a_preview_before(desk, screen, running):
    display = paired_display(running)
    look = {
        "picture": "announcement",
        "words": "Перерва до 11:00",
        "theme": "light",
        "name": "Зала",
        "seen_revision": 1,
    }
    page = desk.post(url(running, "1/"), {**look, "preview": "1"})
    display.refresh_from_db()
    assert (page.status_code, display.revision) == (200, 1), "a preview changes nothing"
    would, *_ = html.fromstring(page.text).xpath("//iframe[contains(@src, 'announcement')]/@src")
    assert "Перерва до 11:00" in desk.get(would).text
    assert desk.post(url(running, "1/"), look).status_code == 302
    display.refresh_from_db()
    assert (display.words, display.theme, display.name) == ("Перерва до 11:00", "light", "Зала")
    assert "display-theme--light" in board(screen, running).get("class")


def test_an_announcement_needs_words_and_nothing_typed_is_lost(desk, running):
    paired_display(running)
    look = {"picture": "announcement", "words": " ", "theme": "dark", "name": "Зала"}
    page = desk.post(url(running, "1/"), {**look, "seen_revision": 1})
    assert page.status_code == 422
    assert "Зала" in page.text
    # From the list one is led to where they are written.
    assert f"{url(running, '1/')}?picture=announcement" in desk.get(url(running)).text


def test_unpairing_twice_is_once(desk, running):
    display = paired_display(running)
    for _time in range(2):
        answer = desk.post(url(running, "1/unpair/"), {"seen_revision": 1})
        assert answer["Location"] == url(running)
    display.refresh_from_db()
    assert display.unpaired_at is not None
    with refused("display.unpaired"):
        actions.show(display, by=factories.secretary(), picture="agenda", seen_revision=1)
    assert desk.get(url(running, "1/"))["Location"] == url(running)
    assert desk.get(url(running, "2/")).status_code == 404


def test_a_page_of_the_former_display_does_not_change_the_next_of_its_number(running):
    by = factories.secretary()
    display = paired_display(running)
    actions.unpair(display, by=by, seen_revision=1)
    following = paired_display(running, "another")
    assert (following.number, following.revision) == (1, 2)
    with refused("display.changed"):
        actions.show(following, by=by, picture="agenda", seen_revision=1)
    with refused("display.changed"):
        actions.unpair(following, by=by, seen_revision=1)


def test_screens_of_a_meeting_that_is_over_can_be_freed(running):
    by = factories.secretary()
    display = paired_display(running)
    course_actions.close_meeting(running, by=by, seen_item=None)
    assert actions.unpair(display, by=by, seen_revision=1).unpaired_at


def test_the_page_costs_no_more_with_more_displays(desk, running, django_assert_num_queries):
    paired_display(running)
    desk.get(url(running))
    with django_assert_num_queries(5):
        desk.get(f"/meetings/{running.pk}/displays-now/")
    for name in ("two", "three", "four"):
        paired_display(running, name)
    with django_assert_num_queries(5):
        desk.get(f"/meetings/{running.pk}/displays-now/")


def test_a_preview_may_stand_in_a_page_of_ours_alone(desk, running):
    first = factories.on_item(running)
    answer = desk.get(url(running, "preview/"))
    assert first.title in answer.text
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "data-live-topic" not in answer.text, "a still picture"
    assert running.items.get(order=2).title in desk.get(url(running, "preview/?next=1")).text
    assert desk.get(url(running, "preview/?picture=nothing")).status_code == 404


# --- The delay -----------------------------------------------------------------------------------


@pytest.fixture
def delayed(running: Meeting) -> Meeting:
    factories.on_item(running)
    return actions.set_delay(running, by=factories.secretary(), seconds=10)


def test_a_question_reaches_the_displays_after_the_delay(desk, screen, delayed, olena, clock):
    paired_display(delayed)
    question = factories.question(delayed, olena, state="shown")
    questions_actions.put_live(question, by=factories.secretary(), seen_live=None)
    held = board(screen, delayed)
    assert view_of(held) == "item"
    assert held.get("data-live-due"), "its script fetches it then"
    assert question.text not in drawn(delayed, "QuestionPutLive", delayed.pk, 1).text_content()
    assert "held-down" in desk.get(f"/meetings/{delayed.pk}/control/").text
    assert question.text in desk.get(url(delayed, "preview/?next=1")).text
    clock.advance(seconds=11)
    after = board(screen, delayed)
    assert (view_of(after), after.get("data-live-due")) == ("question", None)
    assert "held-down" not in desk.get(f"/meetings/{delayed.pk}/control/").text


def test_within_the_delay_it_can_be_held_back_and_never_was_shown(
    desk, screen, delayed, olena, clock
):
    question = factories.question(delayed, olena, state="shown")
    questions_actions.put_live(question, by=factories.secretary(), seen_live=None)
    desk.post(f"/meetings/{delayed.pk}/control/questions/{question.pk}/down/")
    clock.advance(seconds=11)
    page = screen.get(f"/meetings/{delayed.pk}/display/?board").text
    assert question.text not in page
    factories.on_item(delayed, 2)
    assert not delayed.log.filter(kind=LogEntry.Kind.QUESTION).exists()


def test_the_log_has_it_from_when_it_stood_there(delayed, olena, clock):
    question = factories.question(delayed, olena, state="shown")
    questions_actions.put_live(question, by=factories.secretary(), seen_live=None)
    delayed.refresh_from_db()
    due_at = delayed.question_due_at
    assert not delayed.log.filter(kind=LogEntry.Kind.QUESTION).exists()
    clock.advance(seconds=11)
    factories.on_item(delayed, 2)
    kinds = list(delayed.log.filter(at__gte=due_at).order_by("pk").values_list("kind", flat=True))
    assert kinds[0] == LogEntry.Kind.QUESTION
    entry = delayed.log.get(kind=LogEntry.Kind.QUESTION)
    assert (entry.at, entry.question) == (due_at, question)
    delayed.refresh_from_db()
    assert delayed.question_due_at is None


def test_a_result_makes_room_for_a_question_when_its_delay_is_over(screen, delayed, olena, clock):
    by = factories.secretary()
    closed = rollcalls_actions.close_roll_call(factories.roll_call(delayed), by=by)
    rollcalls_actions.publish_roll_call(closed, by=by)
    paired_display(delayed)
    question = factories.question(delayed, olena, state="shown")
    questions_actions.put_live(question, by=by, seen_live=None)
    assert view_of(board(screen, delayed)) == "result"
    clock.advance(seconds=11)
    assert view_of(board(screen, delayed)) == "question"


def test_the_delay_is_chosen_by_a_button(desk, running):
    desk.post(url(running, "delay/"), {"seconds": "20"})
    running.refresh_from_db()
    assert running.display_delay == 20
    for wrong in ("", "-1", "x", "9999"):
        assert desk.post(url(running, "delay/"), {"seconds": wrong}).status_code == 404
    page = desk.post(url(running, "delay/"), {"seconds": "61"}, follow=True)
    told = rules.delay(factories.secretary(), running, seconds=61)
    assert str(told.message) in page.text
