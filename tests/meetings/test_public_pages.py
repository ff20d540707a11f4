"""The public pages of meetings: lists, a meeting as it goes on, its record; fixed queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar
from lxml import html

from core.web.pages import forget_pages
from meetings.course import actions as course_actions
from meetings.log import jumps
from meetings.models import Deputy, Meeting, RollCall, Seat, State
from meetings.planning import actions as planning_actions
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db


def page(client, path: str, status: int = 200):
    forget_pages()
    answer = client.get(path)
    assert answer.status_code == status
    return html.fromstring(answer.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def part(client, meeting: Meeting, id: str) -> str:
    found = page(client, f"/meetings/{meeting.pk}/").xpath(f"//*[@id='{id}']")
    return words(found[0]) if found else ""


def counted(client, running: Meeting, choices: str, **asked) -> RollCall:
    """A published roll-call: a letter a deputy, + − 0 or a space for none."""
    assert running.body is not None
    by = factories.secretary()
    roll_call = factories.roll_call(running, **asked)
    said = {"+": "for", "-": "against", "0": "abstained"}
    for deputy, sign in zip(factories.deputies(running.body), choices, strict=True):
        if sign in said:
            rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice=said[sign])
    roll_call = rollcalls_actions.close_roll_call(roll_call, by=by)
    return rollcalls_actions.publish_roll_call(roll_call, by=by)


def test_the_lists_hold_what_is_announced(client):
    made = {state: factories.meeting(state, title=f"Засідання {state}") for state in State.values}
    coming = words(page(client, "/meetings/"))
    past = words(page(client, "/meetings/?state=past"))
    assert [f"Засідання {state}" in coming for state in made] == [
        state in (State.ANNOUNCED, State.RUNNING) for state in made
    ]
    assert [f"Засідання {state}" in past for state in made] == [
        state in (State.CLOSED, State.CANCELLED) for state in made
    ]
    page(client, f"/meetings/{made[State.DRAFT].pk}/", 404)


def test_a_list_costs_the_same_at_any_length(client, django_assert_num_queries):
    for number in range(25):
        factories.meeting(State.ANNOUNCED, items=1, title=f"Засідання {number:02}")
    forget_pages()
    with django_assert_num_queries(
        6
    ):  # the counters, the page, themes and districts, each tab's number
        first = html.fromstring(client.get("/meetings/").content)
    assert len(first.xpath("//article")) == 20
    (following,) = first.xpath("//a[@rel='next']/@href")
    assert len(page(client, f"/meetings/{following}").xpath("//article")) == 5


def test_the_notice_says_what_one_needs_to_come(client):
    meeting = factories.meeting(
        stream_url="https://video.example/live",
        accessibility="Пандус з двору, жестова мова.",
        capacity=40,
    )
    notice = part(client, meeting, "meeting-notice")
    for said in ("площа Молодіжна, 1", "Пандус з двору", "40", "5 членів", "Невідкладне питання"):
        assert said in notice
    shown = page(client, f"/meetings/{meeting.pk}/")
    assert shown.xpath("//a[@href='https://video.example/live']")
    assert [words(each) for each in shown.xpath("//*[@class='agenda__title']")] == [
        "Питання 1",
        "Питання 2",
        "Питання 3",
    ]


def test_while_it_goes_on_the_page_says_what_happens(client, olena):
    running = factories.meeting(State.RUNNING)
    assert "Зараз питання не розглядають" in part(client, running, "meeting-now")
    item = factories.on_item(running, 2)
    assert "2. Питання 2" in part(client, running, "meeting-now")
    by = factories.secretary()
    first = factories.speaker(item, name="Ганна Мороз")
    factories.speaker(item, name="Іван Сич")
    speakers_actions.begin_speech(first, by=by, seen_speaker=None)
    said = part(client, running, "meeting-speakers")
    assert "Слово має: Ганна Мороз" in said
    assert "Іван Сич" in said
    speakers_actions.end_speech(first, by=by)
    factories.roll_call(running)
    assert "Проголосували: 0 з 5" in part(client, running, "meeting-now")


def test_a_result_is_told_in_words_and_by_name_once_it_is_published(client):
    running = factories.meeting(State.RUNNING)
    factories.on_item(running)
    factories.here(running, 4)
    roll_call = counted(client, running, "++-0 ")
    now = part(client, running, "meeting-now")
    assert "Рішення не прийнято" in now
    assert "За: 2. Потрібно щонайменше 3, більше половини загального складу: 5." in now
    assert "Бондар Олег Іванович" in now
    shown = page(client, f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/")
    grid = [words(each) for each in shown.xpath("//*[contains(@class, 'vote-cell__choice')]")]
    assert [each.split()[0] for each in grid] == ["За", "За", "Проти", "Утримався", "Відсутній"]
    assert ["секретар" in each for each in grid] == [True, True, True, True, False]
    factories.here(running, 5)
    counted(client, running, "+++-0")
    assert "Рішення прийнято" in part(client, running, "meeting-now")
    for deputy in factories.deputies(running.body)[2:]:
        presence_actions.leave(running, deputy, by=factories.secretary())
    counted(client, running, "++   ")
    assert "кворуму немає" in part(client, running, "meeting-now")


def test_an_unpublished_roll_call_shows_nobody_s_vote(client):
    running = factories.meeting(State.RUNNING)
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    assert running.body is not None
    deputy = factories.deputies(running.body)[0]
    rollcalls_actions.enter_vote(roll_call, deputy, by=factories.secretary(), choice="against")
    for close in (False, True):
        if close:
            rollcalls_actions.close_roll_call(roll_call, by=factories.secretary())
        shown = page(client, f"/meetings/{running.pk}/")
        assert not shown.xpath("//*[contains(@class, 'vote-cell')]")
        display = page(client, f"/meetings/{running.pk}/display/")
        assert not display.xpath("//*[contains(@class, 'display-cell--against')]")
    page(client, f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/", 404)


def test_only_checked_questions_are_read_the_most_wanted_first(client, olena, bohdan, charlie):
    running = factories.meeting(State.RUNNING)
    texts = {
        "waiting": "Чекаюче?",
        "hidden": "Лайливе?",
        "answered": "Відповіли?",
        "later": "Далі?",
    }
    for state, text in texts.items():
        factories.question(running, olena, state=state, text=text)
    factories.question(running, olena, state="shown", text="Перше?")
    wanted = factories.question(running, olena, state="shown", text="Друге?")
    for person in (bohdan, charlie):
        questions_actions.support(wanted, by=person)
    for path in ("", "floor/", "log/", "display/"):
        shown = words(page(client, f"/meetings/{running.pk}/{path}"))
        assert "Чекаюче?" not in shown
        assert "Лайливе?" not in shown
    floor = part(client, running, "meeting-floor")
    assert floor.index("Друге?") < floor.index("Перше?") < floor.index("Відповіли?")
    assert "У червні." in floor


def test_one_s_own_unshown_questions_are_read_by_oneself_alone(client, olena, bohdan):
    running = factories.meeting(State.RUNNING)
    factories.question(running, olena, text="Чекаюче?")
    factories.question(running, olena, state="hidden", text="Лайливе?")
    client.force_login(bohdan)
    assert "Чекаюче?" not in words(page(client, f"/meetings/{running.pk}/"))
    client.force_login(olena)
    own = words(page(client, f"/meetings/{running.pk}/"))
    assert "Чекаюче?" in own
    assert "Не стосується питання" in own


def test_a_page_costs_the_same_at_any_size(client, olena, django_assert_num_queries):
    running = factories.meeting(State.RUNNING, items=12)
    item = factories.on_item(running)
    for number in range(3):
        factories.speaker(item, name=f"Промовець {number}")
        factories.question(running, olena, state="shown")
    counted(client, running, "+++-0")
    counted(client, running, "+++-0")
    forget_pages()
    # The counters; the meeting; its questions, those that are over and their number; the agenda,
    # documents, roll-calls, shows of hands, surveys, martial law, the votes of the last one,
    # speakers, who is here, whether there are special votes.
    with django_assert_num_queries(15):
        client.get(f"/meetings/{running.pk}/")


def test_questions_are_paged(client, olena):
    running = factories.meeting(State.ANNOUNCED)
    for number in range(25):
        factories.question(running, olena, state="shown", text=f"Питання № {number}?")
    first = page(client, f"/meetings/{running.pk}/")
    assert len(first.xpath("//*[@id='meeting-questions']/li")) == 20
    (following,) = first.xpath("//a[@rel='next']/@href")
    second = page(client, f"/meetings/{running.pk}/{following.partition('#')[0]}")
    assert len(second.xpath("//*[@id='meeting-questions']/li")) == 5
    # Frames hold the first page: a later one is fetched again when something changes.
    (region,) = second.xpath("//*[@id='meeting-floor-later']")
    assert "data-live-undrawn" in region.attrib
    assert page(client, region.get("data-live-fragment")).get("id") == "meeting-floor-later"


def test_afterwards_the_record_and_what_is_late(client, clock):
    running = factories.meeting(State.RUNNING)
    factories.on_item(running)
    counted(client, running, "+++++")
    by = factories.secretary()
    closed = course_actions.close_meeting(running, by=by, seen_item=running.current_item_id)
    assert "оприлюднено" in part(client, closed, "meeting-due")
    assert "прострочено" not in part(client, closed, "meeting-due").replace("не прострочено", "")
    clock.advance(days=3)
    due = page(client, f"/meetings/{closed.pk}/").xpath("//*[@id='meeting-due']/li")
    video = next(words(each) for each in due if "Відео" in words(each))
    assert "прострочено" in video
    assert "280/97-ВР, 46(18)" in video
    record_actions.publish_video(closed, by=by, url="https://www.youtube.com/watch?v=1")
    due = page(client, f"/meetings/{closed.pk}/").xpath("//*[@id='meeting-due']/li")
    assert "оприлюднено із запізненням" in next(words(one) for one in due if "Відео" in words(one))
    assert "Рішення прийнято" in part(client, closed, "meeting-decided")


def test_the_replay_leads_to_the_second_of_the_video(client, clock):
    running = factories.meeting(State.RUNNING)
    factories.everybody_is_here(running)
    clock.advance(minutes=2, seconds=5)
    factories.on_item(running)
    by = factories.secretary()
    course_actions.close_meeting(running, by=by, seen_item=running.current_item_id)
    record_actions.publish_video(running, by=by, url="https://www.youtube.com/watch?v=1")
    shown = page(client, f"/meetings/{running.pk}/log/")
    lines = {line.get("id"): words(line) for line in shown.xpath("//li[@class='replay__line']")}
    came = [line for line in lines.values() if "Бондар Олег Іванович, Ващенко" in line]
    assert len(came) == 1, "who comes one after the other stands in one line"
    (item,) = [id for id, line in lines.items() if "1. Питання 1" in line and "розгля" in line][:1]
    second = int(item.split("-")[1])
    assert 125 <= second < 130
    (video,) = shown.xpath(f"//*[@id='{item}']//a[@rel='external']/@href")
    assert video == f"https://www.youtube.com/watch?v=1&t={second}"
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("https://youtu.be/1", "https://youtu.be/1?t=65"),
        ("https://www.youtube.com/watch?v=1", "https://www.youtube.com/watch?v=1&t=65"),
        ("https://rada.example/1.mp4", "https://rada.example/1.mp4#t=65"),
    ],
)
def test_the_address_of_a_second(url, at):
    assert jumps.at_second(url, 65) == at


def test_calendars_have_place_end_and_cancellation(client):
    meeting = factories.meeting(State.ANNOUNCED)
    calendar = Calendar.from_ical(client.get(f"/meetings/{meeting.pk}/calendar.ics").content)
    (event,) = calendar.walk("VEVENT")
    assert event["location"] == "площа Молодіжна, 1, зала засідань"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=3)
    before = event["sequence"]
    planning_actions.cancel(meeting, by=factories.secretary(), reason="Немає кворуму")
    forget_pages()
    (event,) = Calendar.from_ical(client.get("/meetings/calendar.ics").content).walk("VEVENT")
    assert event["status"] == "CANCELLED"
    assert event["sequence"] > before


def test_the_first_page_of_the_site_tells_what_comes(client):
    factories.meeting(State.ANNOUNCED, title="Сесія про бюджет")
    factories.meeting(State.CLOSED, title="Минула сесія")
    shown = words(page(client, "/"))
    assert "Сесія про бюджет" in shown
    assert "Минула сесія" not in shown


def test_a_deputy_and_their_seat(client, olena):
    """Who has an account of a deputy is led to their own page, others are not."""
    running = factories.meeting(State.RUNNING)
    client.force_login(olena)
    assert not page(client, f"/meetings/{running.pk}/").xpath(
        f"//*[@id='main']//a[@href='/meetings/{running.pk}/vote/' and contains(., 'Ваша')]"
    )
    deputy = Deputy.objects.create(name="Коваль Олена", since=factories.LONG_AGO, user=olena)
    assert running.body is not None
    Seat.objects.create(body=running.body, deputy=deputy, since=factories.LONG_AGO)
    assert "Ваша сторінка цього засідання" in words(page(client, f"/meetings/{running.pk}/"))
