"""The display of a meeting: the view that its course chooses, and nothing small, cut or hidden."""

from __future__ import annotations

from copy import copy

import pytest
from lxml import html

from core.displays import layout
from core.displays.layout import Text
from core.web.pages import forget_pages
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.course import actions as course_actions
from meetings.displays.names import short_names
from meetings.models import Deputy, Faction, Meeting, Question, Seat, State
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.displays import text_of
from tests.meetings import factories
from tests.meetings.screens import look

SURNAMES = (
    *("Бондаренко", "Ващенко", "Гнатюк", "Переверзєва-Кривошапка", "Журба", "Зінченко", "Іваненко"),
    *("Коваленко", "Лисенко", "Мельниченко", "Нечипоренко", "Олійник", "Пилипенко", "Рибальченко"),
    *("Сидоренко", "Ткаченко"),
)
GIVEN = ("Олександра Володимирівна", "Іван Петрович", "Юлія Олегівна", "Мстислав-Ярослав Юрійович")


def council(members: int, running: Meeting) -> list[Deputy]:
    """So many members of the body, by names as they are."""
    body = running.body
    assert body is not None
    made = factories.deputies(body)[:members]
    faction = Faction.objects.get()
    for number in range(len(made), members):
        name = f"{SURNAMES[number % 16]} {GIVEN[number // 16]}"
        deputy = Deputy.objects.create(name=name, since=factories.LONG_AGO, faction=faction)
        Seat.objects.create(body=body, deputy=deputy, since=factories.LONG_AGO)
        made.append(deputy)
    body.membership = max(body.membership, members)
    body.save()
    return made


def view(client, meeting: Meeting) -> str:
    forget_pages()
    board = html.fromstring(client.get(f"/meetings/{meeting.pk}/display/?board").content)
    assert board.get("id") == "board"
    return board.get("class").rpartition("--")[2]


@pytest.mark.django_db
def test_the_view_follows_the_meeting(client, olena):
    by = factories.secretary()
    meeting = factories.meeting()
    assert view(client, meeting) == "notice"
    course_actions.open_meeting(meeting, by=by)
    assert view(client, meeting) == "agenda"
    item = factories.on_item(meeting)
    assert view(client, meeting) == "item"
    question = factories.question(meeting, olena, state="shown")
    assert view(client, meeting) == "item", "a question stands there when it is put there"
    questions_actions.put_live(question, by=by, seen_live=None)
    assert view(client, meeting) == "question"
    speaker = speakers_actions.begin_speech(factories.speaker(item), by=by, seen_speaker=None)
    assert view(client, meeting) == "question", "who answers it speaks meanwhile"
    questions_actions.hide(question, by=by, reason="Не про те")
    assert view(client, meeting) == "speaker"
    roll_call = factories.roll_call(meeting)
    assert view(client, meeting) == "roll_call"
    course_actions.blank(meeting, by=by)
    assert view(client, meeting) == "blank"
    course_actions.unblank(meeting, by=by)
    rollcalls_actions.close_roll_call(roll_call, by=by)
    assert view(client, meeting) == "roll_call"
    rollcalls_actions.publish_roll_call(roll_call, by=by)
    assert view(client, meeting) == "result"
    speakers_actions.end_speech(speaker, by=by)
    speakers_actions.begin_speech(factories.speaker(item, name="Інша"), by=by, seen_speaker=None)
    assert view(client, meeting) == "speaker", "a result makes room for what follows"


@pytest.mark.django_db
def test_blank_is_the_arms_and_the_clock(client, olena):
    meeting = factories.meeting(State.RUNNING, title="Таємне засідання")
    factories.on_item(meeting)
    question = factories.question(meeting, olena, state="shown", text="Соромне питання?")
    questions_actions.put_live(question, by=factories.secretary(), seen_live=None)
    course_actions.blank(meeting, by=factories.secretary())
    forget_pages()
    board = client.get(f"/meetings/{meeting.pk}/display/?board").text
    for said in ("Таємне засідання", "Соромне", "Питання 1", "<svg"):
        assert said not in board


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "queries"), [("item", 11), ("roll_call", 10), ("result", 10), ("blank", 2)]
)
def test_a_board_costs_the_same_at_any_size(
    client, olena, django_assert_max_num_queries, state, queries
):
    meeting = factories.meeting(State.RUNNING, items=9)
    factories.on_item(meeting)
    council(12, meeting)
    by = factories.secretary()
    if state in ("roll_call", "result"):
        roll_call = factories.roll_call(meeting)
        if state == "result":
            rollcalls_actions.close_roll_call(roll_call, by=by)
            rollcalls_actions.publish_roll_call(roll_call, by=by)
    if state == "blank":
        course_actions.blank(meeting, by=by)
    forget_pages()
    with django_assert_max_num_queries(queries):
        client.get(f"/meetings/{meeting.pk}/display/?board")


class TestLayout:
    @pytest.mark.parametrize("length", [1, 40, 300, 700, 5000])
    @pytest.mark.parametrize("height", [9.0, 20.0, 38.0])
    def test_pages_hold_every_word_once_and_in_order(self, length, height):
        text = text_of(length)
        made = layout.pages(text, 24, height)
        assert " ".join(" ".join(page) for page in made).split() == text.split()
        room = int(height / (2.4 * layout.LEADING))
        for page in made:
            assert sum(layout.lines(each, 24) for each in page) + len(page) - 1 <= room

    def test_no_text_has_no_page(self):
        assert layout.pages("", 24, 20.0) == ()
        assert layout.pages(" \n ", 24, 20.0) == ()

    def test_short_texts_are_large_long_ones_fit(self):
        assert layout.fit((Text("Перерва", is_bold=True),)) == (60,)
        sizes = layout.fit((Text(text_of(300)), Text(text_of(300))))
        assert Text(text_of(300)).height(sizes[0]) * 2 <= layout.HEIGHT

    @pytest.mark.parametrize("many", [1, 3, 12, 42, 64, 120])
    def test_a_grid_has_a_place_for_everybody(self, many):
        names = tuple(f"{SURNAMES[number % 16]} О. В." for number in range(many))
        grid = layout.grid(names, 30.0)
        assert sum(grid.parts) == many
        assert all(grid.parts)
        assert grid.size >= 19

    def test_names_are_short_where_nobody_is_mixed_up(self):
        names = ["Бондар Олег Іванович", "Сич Іван Петрович", "Сич Ірина Павлівна", "Мороз"]
        assert short_names(names) == [
            "Бондар О.\u00a0І.",
            "Сич Іван",
            "Сич Ірина",
            "Мороз",
        ]
        assert short_names(names, 1)[0] == "Бондар О."


def _notice() -> Meeting:
    return factories.meeting(title=text_of(300), place=text_of(300))


def _agenda() -> Meeting:
    meeting = factories.meeting(title=text_of(300), items=0 + 1)
    for _number in range(5):
        text = ItemText(title=text_of(500))
        agenda_actions.add_item(meeting, by=factories.secretary(), text=text)
    return course_actions.open_meeting(meeting, by=factories.secretary())


def _item(title: int = 500, text: int = 5000, presenter: int = 300) -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    item = meeting.items.get(order=1)
    item.title, item.text, item.presenter = text_of(title), text_of(text), text_of(presenter)
    item.save()
    return meeting


def _question(olena, length: int = 500) -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    item = factories.on_item(meeting)
    question = factories.question(meeting, olena, state="shown", text=text_of(length))
    by = factories.secretary()
    questions_actions.put_live(question, by=by, seen_live=None)
    speakers_actions.begin_speech(
        factories.speaker(item, name=text_of(100)), by=by, seen_speaker=None
    )
    return meeting


def _speaker(length: int = 200) -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    item = factories.on_item(meeting)
    by = factories.secretary()
    for number in range(6):
        speaker = factories.speaker(item, name=f"{number} {text_of(length - 2)}", stance="against")
        if not number:
            first = speaker
    speakers_actions.begin_speech(first, by=by, seen_speaker=None)
    return meeting


def _roll_call(members: int, length: int, *, is_published: bool) -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    deputies = council(members, meeting)
    assert meeting.body is not None
    meeting.body.membership = members
    meeting.body.save()
    if members < 5:
        Seat.objects.filter(body=meeting.body).exclude(deputy__in=deputies).delete()
    by = factories.secretary()
    for deputy in deputies[: members - members // 8]:
        presence_actions.come(meeting, deputy, by=by)
    roll_call = factories.roll_call(meeting, question=text_of(length))
    for number, deputy in enumerate(deputies[: members * 3 // 4]):
        choice = ("for", "for", "for", "against", "abstained")[number % 5]
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice=choice)
    if is_published:
        roll_call = rollcalls_actions.close_roll_call(roll_call, by=by)
        rollcalls_actions.publish_roll_call(roll_call, by=by)
    return meeting


def _item_with_questions(olena) -> Meeting:
    """400 that everybody reads: the display says how many, and shows what is put there alone."""
    meeting = _item(160, 400, 60)
    shown = Question(meeting=meeting, author=olena, text="Коли?", state=Question.State.SHOWN)
    Question.objects.bulk_create(copy(shown) for _number in range(400))
    return meeting


CASES = {
    "notice": lambda _olena: _notice(),
    "agenda": lambda _olena: _agenda(),
    "item": lambda _olena: _item(),
    "item-short": lambda _olena: _item(60, 0, 0),
    "item-middle": lambda _olena: _item(160, 600, 60),
    "item-400": _item_with_questions,
    "question": _question,
    "question-short": lambda olena: _question(olena, 60),
    "speaker": lambda _olena: _speaker(),
    "speaker-short": lambda _olena: _speaker(30),
    "open-3": lambda _olena: _roll_call(3, 60, is_published=False),
    "open-64": lambda _olena: _roll_call(64, 160, is_published=False),
    "result-3": lambda _olena: _roll_call(3, 60, is_published=True),
    "result-64": lambda _olena: _roll_call(64, 160, is_published=True),
    "result-longest": lambda _olena: _roll_call(64, 1000, is_published=True),
}
#: Every day; the others with --all.
DAILY = ("item", "result-64")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case in DAILY else pytest.mark.with_all) for case in CASES],
)
def test_nothing_is_small_or_cut(browser, client, olena, tmp_path, case):
    """No letter is under 1/30 of the height, nothing is cut, all names stand somewhere."""
    meeting = CASES[case](olena)
    seen = look(browser, client, meeting, tmp_path, case)
    if case.endswith("64"):
        said = "\n".join(line for screen in seen for line in screen)
        names = short_names([deputy.name for deputy in council(64, meeting)], 1)
        assert [name for name in names if name not in said.replace("-\n", "-")] == []
        assert len(seen) == 2, "the seats, and the names"


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (3840, 2160)])
def test_nothing_is_small_or_cut_on_other_screens(
    browser, client, olena, tmp_path, case, width, height
):
    look(browser, client, CASES[case](olena), tmp_path, case, width, height)
