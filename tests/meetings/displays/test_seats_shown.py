"""Seats on a display: where they stand, whose they are, and the code that leads to the meeting."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, connection, transaction
from lxml import html

from core.domain.rules import Refused
from core.web.pages import forget_pages
from meetings.agenda.actions import ItemText, edit_item
from meetings.control.forms import RollCallForm
from meetings.course import actions as course_actions
from meetings.deputies.actions_seats import number_seats, seats_of
from meetings.displays import hemicycle
from meetings.displays.course import first_letters
from meetings.displays.join import code_of, meeting_of
from meetings.models import State
from meetings.presence import actions as presence_actions
from meetings.presence.queries import NOBODY
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests.displays import text_of
from tests.meetings import factories


class TestHemicycle:
    @pytest.mark.parametrize("many", [1, 2, 3, 9, 34, 64, 65, 84, 120])
    @pytest.mark.parametrize("height", hemicycle.HEIGHTS)
    def test_every_member_has_a_seat_that_touches_no_other(self, many, height):
        seats, size = hemicycle.seats(many, height)
        assert len(seats) == many
        nearest = min(
            (abs(complex(a.x - b.x, a.y - b.y)) for a in seats for b in seats if a is not b),
            default=9.0,
        )
        assert nearest >= size * 0.9
        assert min(seat.y for seat in seats) - size / 2 >= -height

    def test_all_of_a_kind_are_one_path(self):
        drawn = hemicycle.draw(
            ["for"] * 40 + ["against"] * 24, height=24, given=40, of=64, words="з 33", mark=33
        )
        assert [(each.kind, each.path.count("M")) for each in drawn.kinds] == [
            ("for", 40),
            ("against", 24),
        ]
        assert drawn.mark is not None
        assert drawn.mark.number == 33
        assert sum(len(each.path) for each in drawn.kinds) < 1300

    def test_the_mark_stands_where_the_number_is_reached(self):
        half = hemicycle.draw(["for"], height=24, given=1, of=64, words="з 33", mark=32)
        assert half.mark is not None
        assert half.mark.x1 == pytest.approx(half.middle, abs=0.1)

    def test_numbers_go_by_rows_from_the_front(self):
        drawn = hemicycle.draw(
            ["for"] * 64, height=30, given=0, of=64, words="з 33", numbers=range(1, 65)
        )
        by_number = {number: (x, y) for x, y, number in drawn.kinds[0].numbers}
        assert len(by_number) == 64
        assert by_number[1][0] < by_number[2][0], "from the left"
        assert by_number[64][0] > by_number[32][0]


class TestCode:
    def test_each_meeting_has_its_own_in_letters_of_both_alphabets(self):
        codes = [code_of(number) for number in range(1, 3000)]
        assert len(set(codes)) == len(codes)
        assert all(re.fullmatch("[ABCEHKMPTX]{6}", code) for code in codes)
        assert [meeting_of(code) for code in codes] == list(range(1, 3000))

    def test_either_keyboard_will_do(self):
        code = code_of(12)
        cyrillic = code.translate(str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ"))
        assert meeting_of(f" {cyrillic[:3].lower()}-{cyrillic[3:]} ") == 12
        for none in ("", "ABC", "ABCDEF", "123456", code * 2):
            assert meeting_of(none) is None

    @pytest.mark.django_db
    def test_it_leads_to_an_announced_meeting_alone(self, client):
        meeting, draft = factories.meeting(), factories.meeting(State.DRAFT)
        for url in (f"/j/{code_of(meeting.pk)}/", f"/j/?code={code_of(meeting.pk)}"):
            assert client.get(url).headers["Location"] == meeting.get_absolute_url()
        assert client.get("/j/").status_code == 200
        for code in (code_of(draft.pk), "ABC", "я" * 90):
            assert client.get("/j/", {"code": code}).status_code == 404

    @pytest.mark.django_db
    def test_it_stands_beside_the_square_code(self, client):
        meeting = factories.meeting(State.RUNNING)
        forget_pages()
        page = html.fromstring(client.get(f"/meetings/{meeting.pk}/display/").content)
        (code,) = page.find_class("display__code")
        assert code.text_content() == code_of(meeting.pk)
        (join,) = page.find_class("display__join")
        assert "/j/" in join.text_content().replace("\u200b", "")


@pytest.mark.django_db
class TestNumbers:
    @pytest.fixture(autouse=True)
    def administrator(self, admin):
        self.admin = admin

    def numbered(self, meeting, *numbers):
        seats = list(seats_of(meeting.body))
        given = dict(zip([seat.pk for seat in seats], numbers, strict=False))
        seen = {seat.pk: seat.number for seat in seats}
        number_seats(meeting.body, by=self.admin, numbers=given, seen=seen)
        return seats

    def test_two_can_change_places(self):
        meeting = factories.meeting(State.RUNNING)
        self.numbered(meeting, 1, 2, 3, 4, 5)
        first = [seat.deputy_id for seat in seats_of(meeting.body)]
        self.numbered(meeting, 2, 1, 3, 4, 5)
        assert [seat.deputy_id for seat in seats_of(meeting.body)] == [
            first[1],
            first[0],
            *first[2:],
        ]

    @pytest.mark.parametrize(
        ("numbers", "code"), [((1, 1), "seats.number_twice"), ((0,), "seats.number_too_small")]
    )
    def test_each_number_once_and_from_1(self, numbers, code):
        with factories.refused(code):
            self.numbered(factories.meeting(State.RUNNING), *numbers)

    def test_of_two_who_do_it_the_second_is_told(self):
        meeting = factories.meeting(State.RUNNING)
        seen = {seat.pk: seat.number for seat in seats_of(meeting.body)}
        self.numbered(meeting, 1, 2, 3, 4, 5)
        with factories.refused("seats.changed"):
            number_seats(meeting.body, by=self.admin, numbers={}, seen=seen)

    def test_who_does_not_keep_the_council_may_not(self, olena):
        meeting = factories.meeting(State.RUNNING)
        with pytest.raises(Refused):
            number_seats(meeting.body, by=olena, numbers={}, seen={})

    def test_postgresql_lets_no_number_be_there_twice(self):
        meeting = factories.meeting(State.RUNNING)
        factories.deputies(meeting.body)
        with pytest.raises(IntegrityError), transaction.atomic():
            meeting.body.seats.update(number=1)

    def test_the_display_shows_them_where_each_member_has_one(self, client):
        meeting = factories.meeting(State.RUNNING)
        factories.on_item(meeting)
        self.numbered(meeting, 1, 2, 3, 4, 5)
        factories.roll_call(meeting)
        assert self.shown(client, meeting) == ["1", "2", "3", "4", "5"]
        meeting.body.seats.filter(number=3).update(number=None)
        assert self.shown(client, meeting) == []

    def shown(self, client, meeting) -> list[str]:
        forget_pages()
        page = html.fromstring(client.get(f"/meetings/{meeting.pk}/display/").content)
        return sorted(page.xpath("//*[contains(@class, 'display-numbers')]/text/text()"))


@pytest.mark.django_db
class TestShortForms:
    def test_the_hall_reads_the_short_form_and_then_the_whole(self, client):
        meeting = factories.meeting(State.RUNNING)
        item = meeting.items.get(order=1)
        by = factories.secretary()
        text = ItemText(title=text_of(300), short_title="Про бюджет громади")
        edit_item(item, by=by, text=text)
        factories.on_item(meeting)
        forget_pages()
        page = html.fromstring(client.get(f"/meetings/{meeting.pk}/display/").content)
        title, *_others = page.xpath("//section[@data-turn]//h1")
        assert title.text_content() == "Про бюджет громади"
        said = " ".join(page.get_element_by_id("board").text_content().split())
        assert "підйомниками" in said

    @pytest.mark.parametrize(
        ("length", "short", "whole"), [(140, "", True), (141, "", False), (141, "Стисло", True)]
    )
    def test_a_form_asks_for_it_from_141_letters_on(self, length, short, whole):
        data = {"question": "ж" * length, "short_question": short, "needs": "majority"}
        form = RollCallForm(data, attendance=NOBODY)
        assert form.is_valid() is whole
        assert whole or list(form.errors) == ["short_question"]

    def test_of_a_short_question_there_is_none(self):
        data = {"question": "Так?", "short_question": "Т?", "needs": "majority"}
        form = RollCallForm(data, attendance=NOBODY)
        assert form.is_valid()
        assert form.cleaned_data["short_question"] == ""

    def test_without_one_the_first_letters_and_the_rest(self):
        head, rest = first_letters(text_of(300))
        assert len(head) <= 141
        assert head.endswith("…")
        assert rest.startswith("…")
        assert first_letters(text_of(160)) == (text_of(160), ""), "hardly longer"

    def test_that_of_a_closed_roll_call_never_changes(self):
        meeting = factories.meeting(State.RUNNING)
        factories.on_item(meeting)
        roll_call = factories.roll_call(meeting, short_question="Стисло")
        rollcalls_actions.close_roll_call(roll_call, by=factories.secretary())
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE meetings_rollcall SET short_question = 'Інше'")


@pytest.mark.django_db
class TestLowerThird:
    def strip(self, client, meeting) -> str:
        forget_pages()
        page = html.fromstring(client.get(f"/meetings/{meeting.pk}/lower-third/").content)
        return " ".join(page.get_element_by_id("strip").text_content().split())

    def test_item_speaker_vote_and_result(self, client):
        meeting = factories.meeting(State.RUNNING)
        item = factories.on_item(meeting)
        by = factories.secretary()
        assert item.title in self.strip(client, meeting)
        speakers_actions.begin_speech(factories.speaker(item), by=by, seen_speaker=None)
        assert "Ганна Мороз" in self.strip(client, meeting)
        deputy = factories.deputies(meeting.body)[0]
        presence_actions.come(meeting, deputy, by=by)
        roll_call = factories.roll_call(meeting)
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
        words = self.strip(client, meeting)
        assert "1 проголосували, із 5" in words
        assert "За 1" not in words, "not how they vote while it is open"
        rollcalls_actions.publish_roll_call(
            rollcalls_actions.close_roll_call(roll_call, by=by), by=by
        )
        assert "За 1" in self.strip(client, meeting)
        course_actions.blank(meeting, by=by)
        assert self.strip(client, meeting) == "Рудногірська міська рада"

    def test_its_part_is_what_is_fetched_again(self, client):
        meeting = factories.meeting(State.RUNNING)
        forget_pages()
        part = html.fromstring(client.get(f"/meetings/{meeting.pk}/lower-third/?board").content)
        assert part.get("id") == "strip"
        assert part.get("data-live-fragment").endswith("/lower-third/?board")
