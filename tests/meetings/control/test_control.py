"""Running a meeting: each button's post, what two secretaries are told, how many queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.domain import clock as database
from meetings.course import actions as course_actions
from meetings.course import rules as course_rules
from meetings.models import (
    Deputy,
    Item,
    Meeting,
    Presence,
    Question,
    QuestionSupport,
    RollCall,
    Seat,
    Speaker,
    State,
    Vote,
)
from meetings.presence import actions as presence_actions
from meetings.rollcalls import actions as rollcalls_actions
from tests import factories as people
from tests.meetings import factories

pytestmark = pytest.mark.django_db
#: What the second of two is told.
MOVED_ON = course_rules.MOVED_ON.message


@pytest.fixture
def running(db: None) -> Meeting:
    return factories.meeting(State.RUNNING)


@pytest.fixture
def desk(client: Any) -> Any:
    """The browser of a secretary."""
    client.force_login(factories.secretary())
    return client


def url(meeting: Meeting, step: str = "") -> str:
    return f"/meetings/{meeting.pk}/control/{step}"


def now_of(meeting: Meeting) -> str:
    """The address of the live region."""
    return f"/meetings/{meeting.pk}/control-now/"


def press(desk: Any, meeting: Meeting, step: str, **said: Any) -> str:
    """Press a button, and read the page that comes back."""
    answer = desk.post(url(meeting, step), said, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].partition("#")[0] == url(meeting)
    text: str = answer.text
    return text


def test_opened_gone_through_and_closed(desk):
    meeting = factories.meeting()
    assert 'id="open"' in desk.get(url(meeting)).text
    press(desk, meeting, "open/")
    first, second, third = meeting.items.all()
    page = press(desk, meeting, "next/", seen_item="")
    assert f'name="seen_item" value="{first.pk}"' in page
    assert "2. Питання 2" in page
    press(desk, meeting, "next/", seen_item=first.pk)
    # Out of its turn, and one that was considered already once more.
    press(desk, meeting, f"items/{third.pk}/", seen_item=second.pk)
    press(desk, meeting, f"items/{first.pk}/", seen_item=third.pk)
    meeting.refresh_from_db()
    assert meeting.current_item == first
    assert desk.get(url(meeting, "close/")).status_code == 200
    page = press(desk, meeting, "close/", seen_item=first.pk)
    assert meeting.items.get(pk=first.pk).state == Item.State.DONE
    meeting.refresh_from_db()
    assert meeting.closed_at
    assert 'id="next"' not in page


def test_a_meeting_too_early_says_so(desk):
    meeting = factories.meeting(begins_at=database.now() + timedelta(days=2))
    page = desk.get(url(meeting))
    assert 'id="open"' not in page.text
    assert str(page.context["may_open"].message) in page.text
    assert desk.post(url(meeting, "open/")).status_code == 302
    meeting.refresh_from_db()
    assert meeting.opened_at is None


def test_blanked_at_once_and_shown_again(desk, running):
    page = desk.get(url(running)).text
    # It is the first thing that a key reaches in the page's own part.
    assert page.index('id="blank"') < page.index('id="next"')
    assert "screens/blank/" in page
    page = press(desk, running, "screens/blank/")
    running.refresh_from_db()
    assert running.is_blank
    assert "screens/unblank/" in page
    assert "Нічого, крім герба" in page
    press(desk, running, "screens/blank/")  # twice is once
    press(desk, running, "screens/unblank/")
    running.refresh_from_db()
    assert not running.is_blank
    assert desk.post(url(running, "screens/off/")).status_code == 404


def test_the_second_of_two_secretaries_is_told_what_the_first_did(desk, running):
    page = desk.get(url(running))
    assert 'name="seen_item" value=""' in page.text
    first = factories.on_item(running)
    for step in ("next/", f"items/{running.items.get(order=2).pk}/", "close/"):
        said = press(desk, running, step, seen_item="")
        assert str(MOVED_ON) in said
    for nonsense in ("9" * 30, "-1", "²", "x"):
        assert str(MOVED_ON) in press(desk, running, "next/", seen_item=nonsense)
    running.refresh_from_db()
    assert (running.current_item, running.closed_at) == (first, None)
    assert f'name="seen_item" value="{first.pk}"' in said


def test_speakers_are_added_heard_and_struck_off(desk, running):
    item = factories.on_item(running)
    new = url(running, f"items/{item.pk}/speakers/")
    deputy = factories.deputies(running.body)[0]
    assert desk.post(new, {"seconds": "60"}).context["form"].errors.keys() == {"name"}
    both = desk.post(new, {"deputy": deputy.pk, "name": "Хтось", "seconds": "60"})
    assert both.context["form"].errors.keys() == {"name"}
    assert desk.post(new, {"name": "А", "seconds": "9000"}).context["form"].errors
    desk.post(new, {"deputy": deputy.pk, "stance": "for", "seconds": "60"})
    again = desk.post(new, {"deputy": deputy.pk, "seconds": "60"})
    assert again.context["form"].errors.keys() == {"deputy"}
    desk.post(new, {"name": "Ганна Мороз", "stance": "against", "seconds": "90"})
    first, second = Speaker.objects.order_by("pk")
    assert (first.deputy, first.seconds, second.name) == (deputy, 60, "Ганна Мороз")

    page = press(desk, running, f"speakers/{first.pk}/begin/", seen_speaker="")
    assert f'name="seen_speaker" value="{first.pk}"' in page
    assert "data-countdown=" in page
    # Another secretary, who has not seen that somebody speaks.
    told = press(desk, running, f"speakers/{second.pk}/begin/", seen_speaker="")
    assert str(MOVED_ON) in told
    press(desk, running, f"speakers/{first.pk}/end/")
    press(desk, running, f"speakers/{second.pk}/withdraw/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.ended_at
    assert second.withdrawn_at
    # An item that is not considered any more takes no speakers, and what was typed stays.
    course_actions.next_item(running, by=factories.secretary(), seen_item=item.pk)
    late = desk.post(new, {"name": "Пізній гість", "seconds": "60"})
    assert late.status_code == 422
    assert "Пізній гість" in late.text


def test_a_roll_call_from_the_question_to_the_published_result(desk, running):
    item = factories.on_item(running)
    factories.everybody_is_here(running)
    new = url(running, "roll-calls/")
    assert "Питання 1" in desk.get(new).text
    empty = desk.post(new, {"question": " ", "needs": "majority", "seen_item": item.pk})
    assert empty.context["form"].errors.keys() == {"question"}
    stale = desk.post(new, {"question": "Так?", "needs": "majority", "seen_item": ""})
    assert stale.status_code == 422
    assert str(MOVED_ON) in stale.text
    assert f'name="seen_item" value="{item.pk}"' in stale.text
    answer = desk.post(new, {"question": "Прийняти", "needs": "majority", "seen_item": item.pk})
    assert answer["Location"].endswith("#roll-call")
    roll_call = RollCall.objects.get()
    assert desk.get(new).status_code == 403  # another one is open

    votes = f"roll-calls/{roll_call.pk}/votes/"
    one, two, three, *others = factories.deputies(running.body)
    for deputy, choice in ((one, "for"), (two, "against"), (two, "for"), (three, "abstained")):
        page = press(desk, running, f"{votes}{deputy.pk}/", choice=choice)
    assert dict(Vote.objects.values_list("deputy", "choice")) == {
        one.pk: "for",
        two.pk: "for",
        three.pk: "abstained",
    }
    assert page.count('data-choice="for"') == 2
    assert page.count('data-choice="abstained"') == 1
    # Of five who are in the hall, whoever has voted by now.
    assert desk.get(url(running)).context["control"].open_roll_call.needed == 3
    press(desk, running, f"{votes}{three.pk}/", choice="absent")  # none that can be chosen
    assert Vote.objects.get(deputy=three).choice == "abstained"
    stranger = Deputy.objects.create(name="Чужа", since=factories.LONG_AGO)
    assert desk.post(url(running, f"{votes}{stranger.pk}/")).status_code == 404

    page = press(desk, running, f"roll-calls/{roll_call.pk}/close/")
    assert Vote.objects.filter(choice="not_voting").count() == len(others)
    assert "не ухвалено" in page  # two of five
    assert "notice--warning" in press(desk, running, f"roll-calls/{roll_call.pk}/close/")
    press(desk, running, f"roll-calls/{roll_call.pk}/publish/")
    roll_call.refresh_from_db()
    assert roll_call.published_at


def test_members_come_and_leave(desk, running):
    deputies = factories.deputies(running.body)
    for deputy in deputies[:3]:
        page = press(desk, running, f"members/{deputy.pk}/come/")
    assert "є кворум" in page
    press(desk, running, f"members/{deputies[0].pk}/come/")  # twice is once
    page = press(desk, running, f"members/{deputies[0].pk}/leave/")
    assert "немає кворуму" in page
    assert Presence.objects.filter(left_at=None).count() == 2
    assert desk.post(url(running, "members/999/come/")).status_code == 404


def test_questions_are_moderated_and_put_on_the_displays(desk, running, olena, bohdan):
    factories.on_item(running)
    first, second, third = (
        factories.question(running, who, text=text)
        for who, text in ((olena, "Хто платить?"), (bohdan, "А хто платить?"), (olena, "Дурня!"))
    )
    page = desk.get(url(running)).text
    assert "Хто платить?" in page
    press(desk, running, f"questions/{first.pk}/show/")
    press(desk, running, f"questions/{first.pk}/live/", seen_live="")
    first.refresh_from_db()
    assert first.is_live

    assert "А хто платить?" in desk.get(url(running, f"questions/{second.pk}/merge/")).text
    desk.post(url(running, f"questions/{second.pk}/merge/"), {"into": first.pk})
    assert QuestionSupport.objects.get().user == bohdan
    hidden = url(running, f"questions/{third.pk}/hide/")
    assert desk.post(hidden, {"reason": ""}).status_code == 422
    desk.post(hidden, {"reason": "Образа"})
    third.refresh_from_db()
    assert (third.state, third.hidden_reason) == (Question.State.HIDDEN, "Образа")

    # The second secretary's page showed nothing on the displays.
    other = factories.question(running, bohdan, state="shown", text="Коли?")
    assert str(MOVED_ON) in press(desk, running, f"questions/{other.pk}/live/", seen_live="")
    press(desk, running, f"questions/{first.pk}/down/")
    press(desk, running, f"questions/{first.pk}/answered/")
    press(desk, running, f"questions/{other.pk}/later/")
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.state, other.state) == (Question.State.ANSWERED, Question.State.LATER)
    assert desk.post(url(running, f"questions/{first.pk}/burn/")).status_code == 404

    there = url(running, "questions/")
    held = {
        name: [question.pk for question in desk.get(f"{there}?list={name}").context["page"]]
        for name in ("waiting", "shown", "done", "hidden")
    }
    assert held == {
        "waiting": [],
        "shown": [],
        "done": [other.pk, first.pk],
        "hidden": [third.pk, second.pk],
    }
    # From a list one comes back to the list.
    back = desk.post(url(running, f"questions/{third.pk}/show/"), {"list": "hidden"})
    assert back["Location"] == f"{there}?list=hidden"


def test_others_find_nothing(client, running, olena, mo):
    item = factories.on_item(running)
    assert client.get(url(running)).status_code == 302  # sign in first
    assert client.get(now_of(running)).status_code == 404
    stranger = people.user("strange", role="secretary", department=people.department())
    for who in (olena, mo, stranger):
        client.force_login(who)
        assert client.get(now_of(running)).status_code == 404
        for step in ("", "close/", "questions/", "roll-calls/"):
            assert client.get(url(running, step)).status_code == 404
        for step in ("next/", "screens/blank/", f"items/{item.pk}/speakers/"):
            assert client.post(url(running, step), {"seen_item": item.pk}).status_code == 404
    running.refresh_from_db()
    assert not running.is_blank


def test_who_has_shown_no_second_factor_is_led_there_and_back(client, running):
    client.force_login(factories.secretary(), second_factor=False)
    led = client.get(url(running))
    assert led.status_code == 302
    assert "/account/" in led["Location"]
    # A script that fetches the region is refused: it would put another page in.
    assert client.get(now_of(running)).status_code == 404
    assert client.post(url(running, "screens/blank/")).status_code == 302
    running.refresh_from_db()
    assert not running.is_blank


def test_the_region_alone_holds_no_token(desk, running):
    factories.on_item(running)
    region = desk.get(now_of(running)).text.strip()
    assert region.startswith('<div id="control-now"')
    assert "csrfmiddlewaretoken" not in region
    assert "<form" not in region


def test_few_queries_with_64_deputies_and_400_questions(desk, olena, django_assert_max_num_queries):
    council = factories.body(membership=64)
    deputies = Deputy.objects.bulk_create(
        Deputy(name=f"Депутат {number:02}", name_key=f"{number:02}", since=factories.LONG_AGO)
        for number in range(59)
    )
    Seat.objects.bulk_create(
        Seat(body=council, deputy=deputy, since=factories.LONG_AGO) for deputy in deputies
    )
    running = factories.meeting(State.RUNNING, of=council)
    item = factories.on_item(running)
    now = database.now()
    Presence.objects.bulk_create(
        Presence(meeting=running, deputy=deputy, came_at=now) for deputy in deputies
    )
    presence_actions.come(running, factories.deputies(council)[0], by=factories.secretary())
    factories.speaker(item)
    roll_call = factories.roll_call(running)
    Vote.objects.bulk_create(
        Vote(
            roll_call=roll_call,
            deputy=deputy,
            choice="for",
            by=factories.secretary(),
            entered="secretary",
        )
        for deputy in deputies
    )
    Question.objects.bulk_create(
        Question(
            meeting=running,
            author=olena,
            text=f"Запитання {number}",
            state=Question.State.WAITING if number % 2 else Question.State.SHOWN,
        )
        for number in range(400)
    )
    desk.get(url(running))
    with django_assert_max_num_queries(27):
        page = desk.get(url(running))
    assert page.context["control"].waiting_count == 200
    # Of who is not in the hall a tap notes that they have come; one button is of all the others.
    assert page.text.count('name="choice"') == len(deputies) + 1 + 1
    assert page.text.count('class="cell"') == 2 * 64
    assert len(page.content) < 150_000
    with django_assert_max_num_queries(12):
        desk.get(url(running, "questions/?list=shown"))


def test_a_vote_is_taken_back_and_one_does_not_vote(desk, running):
    factories.everybody_is_here(running)
    item = factories.on_item(running)
    roll_call = factories.roll_call(running)
    one, other, *_rest = factories.deputies(running.body)
    of_one, of_other = (f"roll-calls/{roll_call.pk}/votes/{each.pk}/" for each in (one, other))
    press(desk, running, of_one, choice="for")
    page = press(desk, running, of_other, choice="not_voting")
    assert page.count('data-choice="for"') == page.count('data-choice="not_voting"') == 1
    page = press(desk, running, of_one, choice="taken_back")
    assert 'data-choice="for"' not in page
    votes = dict(Vote.objects.values_list("deputy", "choice"))
    assert votes == {other.pk: "not_voting"}
    entry = running.log.order_by("-pk")[0]
    assert (entry.kind, entry.deputy, entry.item) == ("vote_taken_back", one, item)
    assert "Немає голосу" in press(desk, running, of_one, choice="taken_back")
    rollcalls_actions.close_roll_call(roll_call, by=factories.secretary())
    assert "вже завершено" in press(desk, running, of_other, choice="taken_back")
