"""The pictures of a meeting's displays: what each shows, what it gives way to, what it costs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from lxml import html

from consultations.remarks import actions as remarks_actions
from core.displays.layout import TURN
from core.domain.topics import seq_of
from discussions import actions as discussion
from discussions.models import Comment
from meetings.course import actions as course_actions
from meetings.displays import boards
from meetings.displays.pictures import PICTURES
from meetings.models import State
from meetings.presence import actions as presence_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.meetings import factories
from tests.meetings.pictures import consultation, discussed, poll, questions, running
from tests.meetings.screens import drawn, shown_of
from tests.votes.crowd import vote
from votes.models import Poll

pytestmark = pytest.mark.django_db


def board(meeting, picture: str, words: str = ""):
    return html.fromstring(drawn(meeting, picture, words)).get_element_by_id("board")


def said(meeting, picture: str, words: str = "") -> str:
    return " ".join(board(meeting, picture, words).text_content().split())


def view(meeting, picture: str, words: str = "") -> str:
    return str(boards.display_context(shown_of(meeting), picture, words)["view"])


def test_every_picture_gives_way_to_the_notice_or_draws_something():
    for state in (State.ANNOUNCED, State.RUNNING, State.CLOSED, State.CANCELLED):
        meeting = factories.meeting(state)
        for picture in PICTURES:
            assert board(meeting, picture).xpath(".//h1"), (state, picture)


def test_nothing_of_any_picture_is_on_a_blanked_display(olena):
    meeting, _item = running()
    questions(meeting, olena, "Соромне питання?", 2)
    course_actions.blank(meeting, by=factories.secretary())
    for picture in PICTURES:
        assert view(meeting, picture, "Таємне оголошення") == "blank"
        assert "Таємне" not in said(meeting, picture, "Таємне оголошення")
        assert "Соромне" not in said(meeting, picture)


def test_the_agenda_stands_whatever_is_considered():
    meeting, item = running("Про бюджет")
    assert view(meeting, "agenda") == "agenda"
    assert "Про бюджет" in said(meeting, "agenda")
    (current,) = board(meeting, "agenda").xpath(".//li[contains(@class, '--current')]")
    assert f"{item.order}. {item.title}" in " ".join(current.text_content().split())


class TestClause:
    TEXT = "1. Майданчики працюють до 22:00.\n2. Музика не грає після 21:00.\n3. Столи прибирають."

    def test_clauses_that_people_speak_of_with_their_most_supported_remarks(self, olena, mo):
        about = discussed(olena, self.TEXT, "Задовго.", many=2)
        clause = about.draft.versions.get().clauses.get(number="2")
        hidden = remarks_actions.remark(about, by=olena, text="Лайка.", clause_id=clause.pk)
        discussion.hide(hidden.comment, by=mo, reason="profanity", note="Порушує правила")
        meeting, _item = running(consultation=about)
        words = said(meeting, "clause")
        assert "до 22:00" in words
        assert "Столи прибирають" not in words, "nobody speaks of it"
        assert "Лайка" not in words
        assert words.index("1. Задовго.") < words.index("2. Задовго.") < words.index("після 21:00")

    def test_a_hidden_remark_leaves_the_displays_at_once(self, olena, mo):
        """It raises the consultation's counter, and that of the meeting that considers it."""
        about = discussed(olena, self.TEXT, "Лайка.", many=1)
        meeting, _item = running(consultation=about)
        before = seq_of(meeting.topic)
        discussion.hide(
            Comment.objects.order_by("pk").first(),
            by=mo,
            reason="profanity",
            note="Порушує правила",
        )
        assert seq_of(meeting.topic) > before
        assert "1. Лайка." not in said(meeting, "clause")

    def test_the_clause_that_the_words_name(self, olena):
        meeting, _item = running(consultation=discussed(olena, self.TEXT, "Задовго.", many=1))
        words = said(meeting, "clause", "3")
        assert "Столи прибирають" in words
        assert "до 22:00" not in words

    def test_of_a_draft_that_nobody_has_spoken_of_the_text(self):
        meeting, _item = running(consultation=consultation(self.TEXT))
        words = said(meeting, "clause")
        for each in ("до 22:00", "після 21:00", "Столи прибирають"):
            assert each in words

    def test_an_item_about_nothing_else_stands_itself(self):
        meeting, _item = running("Про присвоєння звання")
        assert view(meeting, "clause") == "item"

    def test_what_is_prepared_is_not_shown(self):
        about = consultation(self.TEXT, state="preparing")
        meeting, _item = running(consultation=about)
        assert "до 22:00" not in said(meeting, "clause")


class TestSpeaker:
    def test_who_has_the_floor_and_for_how_long(self):
        meeting, item = running()
        by = factories.secretary()
        speakers_actions.begin_speech(
            factories.speaker(item, name="Ганна Мороз"), by=by, seen_speaker=None
        )
        factories.speaker(item, name="Петро Сич")
        found = board(meeting, "speaker")
        assert found.xpath(".//h1")[0].text_content() == "Ганна Мороз"
        assert found.xpath(".//*[@data-countdown]")
        assert "Петро Сич" in found.text_content()

    def test_who_waits_while_nobody_speaks(self):
        meeting, item = running()
        assert view(meeting, "speaker") == "item"
        for number in range(15):
            factories.speaker(item, name=f"Особа {number}")
        words = said(meeting, "speaker")
        assert "Особа 0" in words
        assert view(meeting, "speaker") == "waiting"
        context = boards.display_context(shown_of(meeting), "speaker")
        assert len(context["coming"]) + context["more"] == 15


class TestQuestions:
    def test_the_most_supported_first_and_only_what_everybody_reads(self, olena, bohdan):
        meeting, _item = running()
        questions(meeting, olena, "Чому?", 3)
        factories.question(meeting, bohdan, text="Ще не перевірене")
        words = said(meeting, "questions")
        assert words.index("Найбажаніше питання") < words.index("Чому?")
        assert "Ще не перевірене" not in words

    def test_of_many_the_first_ones_in_three_minutes(self, olena, django_assert_max_num_queries):
        meeting, _item = running()
        questions(meeting, olena, "Чому " * 100, 400)
        shown = shown_of(meeting)
        with django_assert_max_num_queries(8):
            context = boards.display_context(shown, "questions")
        assert len(context["screens"]) * TURN <= 180
        assert "400" in said(meeting, "questions")

    def test_that_there_are_none(self):
        meeting, _item = running()
        assert view(meeting, "questions") == "questions"
        assert "Запитань поки немає" in said(meeting, "questions")


class TestPoll:
    @pytest.fixture
    def made(self, ofi, department) -> Poll:
        return poll(ofi, department, "open", length=40, many=3)

    def test_bars_where_everybody_may_see_them(self, made):
        meeting, _item = running(poll=made)
        found = board(meeting, "poll")
        assert view(meeting, "poll") == "item_poll"
        assert len(found.xpath(".//progress")) == 3
        assert f"/polls/{made.pk}/vote/" in found.text_content().replace("\u200b", "")
        assert found.xpath(".//*[@class='qr']")

    def test_no_figure_before_the_procedure_lets_it_be_seen(self, made):
        Poll.objects.filter(pk=made.pk).update(results_while_open=False)
        vote(made, 3, {str(made.questions.get().pk): [made.questions.get().options.first().pk]})
        meeting, _item = running(poll=made)
        found = board(meeting, "poll")
        assert not found.xpath(".//progress")
        assert len(found.xpath(".//li[@class='display-option']")) == 3

    def test_it_is_fetched_again_at_every_second(self, made):
        """Votes raise the poll's counter, not the meeting's."""
        meeting, _item = running(poll=made)
        due = datetime.fromisoformat(board(meeting, "poll").get("data-live-due"))
        assert due - shown_of(meeting).now <= timedelta(seconds=1)

    def test_of_a_consultation_its_own(self, made):
        meeting, _item = running(consultation=consultation(poll=made))
        assert view(meeting, "poll") == "item_poll"

    def test_an_item_without_a_poll_stands_itself(self):
        meeting, _item = running()
        assert view(meeting, "poll") == "item"


def test_the_last_roll_call_stays_when_the_meeting_goes_on():
    meeting, _item = running()
    assert view(meeting, "roll_call") == "item"
    by = factories.secretary()
    deputy = factories.deputies(meeting.body)[0]
    presence_actions.come(meeting, deputy, by=by)
    roll_call = factories.roll_call(meeting)
    rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    assert view(meeting, "roll_call") == "roll_call"
    assert "За" not in said(meeting, "roll_call").split(), "not how they vote while it is open"
    rollcalls_actions.publish_roll_call(rollcalls_actions.close_roll_call(roll_call, by=by), by=by)
    factories.on_item(meeting, 2)
    assert view(meeting, "main") == "item"
    assert view(meeting, "roll_call") == "result"


def test_an_announcement_is_as_large_as_it_fits():
    meeting, _item = running()
    sizes = [
        boards.display_context(shown_of(meeting), "announcement", "Перерва " * number)["screens"][0]
        for number in (1, 10, 60)
    ]
    assert [screen.size for screen in sizes] == sorted(
        (screen.size for screen in sizes), reverse=True
    )
    assert sizes[0].size == 180
    assert view(meeting, "announcement", " ") == "item", "without words the main picture"


def test_the_clock_says_what_comes_next():
    meeting, _item = running("Про бюджет")
    words = said(meeting, "clock")
    assert "Зараз: 1. Про бюджет" in words
    assert "Далі: 2. Питання 2" in words
    assert board(meeting, "clock").xpath(".//time[@data-clock]")
    assert "Початок: " in said(factories.meeting(title="Сесія", kind="hearing"), "clock")


@pytest.mark.parametrize(
    ("picture", "queries"),
    [("agenda", 3), ("clause", 9), ("speaker", 4), ("poll", 11), ("roll_call", 6), ("clock", 2)],
)
def test_a_picture_costs_the_same_at_any_size(
    olena, ofi, department, django_assert_max_num_queries, picture, queries
):
    if picture == "poll":
        meeting, item = running(poll=poll(ofi, department, "open", length=40, many=9))
    else:
        about = discussed(olena, TestClause.TEXT, "Задовго.")
        Comment.objects.filter(author=olena).update(score=1)
        meeting, item = running(consultation=about)
    for number in range(5):
        factories.speaker(item, name=f"Особа {number}")
    factories.roll_call(meeting)
    boards.display_context(shown_of(meeting), picture)  # processes keep published texts
    shown = shown_of(meeting)
    with django_assert_max_num_queries(queries):
        boards.display_context(shown, picture)


def test_turns_begin_with_the_first_screen():
    """A text in pages is read from its beginning when its item is taken up."""
    meeting, item = running()
    item.text = "Про все. " * 500
    item.save()
    shown = shown_of(meeting)
    context = boards.display_context(shown)
    assert [screen.is_now for screen in context["screens"]].index(True) == 0
    assert context["turns_from"] == int(item.opened_at.timestamp())
