"""Jumps to a moment of a meeting: from a deputy, from an item, from a consultation."""

from __future__ import annotations

import pytest
from lxml import html

from core.web.pages import forget_pages
from drafts.models import Clause
from meetings.course import actions as course_actions
from meetings.log import jumps, replay
from meetings.models import Deputy, Meeting, State
from meetings.record import actions as record_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls.named_clauses import clause_named
from meetings.speakers import actions as speakers_actions
from tests import factories as people
from tests.meetings import factories

pytestmark = pytest.mark.django_db


def page(client, path: str):
    forget_pages()
    answer = client.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def held(clock, **about) -> tuple[Meeting, Deputy]:
    """A session with a video, in which the first deputy spoke after 125 s and voted."""
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, items=1)
    meeting.items.update(**about)
    factories.everybody_is_here(meeting)
    assert meeting.body is not None
    deputy = factories.deputies(meeting.body)[0]
    clock.advance(seconds=125)
    item = factories.on_item(meeting)
    speaker = factories.speaker(item, name="", deputy=deputy, stance="for")
    speakers_actions.end_speech(
        speakers_actions.begin_speech(speaker, by=by, seen_speaker=None), by=by
    )
    roll_call = factories.roll_call(meeting, question="Прийняти пункт 3")
    rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="against")
    rollcalls_actions.publish_roll_call(rollcalls_actions.close_roll_call(roll_call, by=by), by=by)
    course_actions.close_meeting(meeting, by=by, seen_item=item.pk)
    meeting = record_actions.publish_video(meeting, by=by, url="https://youtu.be/1")
    return meeting, deputy


def second_of(link: str) -> int:
    return int(link.partition("#t-")[2])


def test_from_a_deputy_to_the_second_of_their_words_and_votes(client, clock):
    meeting, deputy = held(clock)
    shown = page(client, f"/deputies/{deputy.pk}/")
    links = shown.xpath("//*[@class='deputies__jump']//a[1]/@href")
    assert len(links) == 2
    log = page(client, f"/meetings/{meeting.pk}/log/")
    lines = {line.get("id"): line.text_content() for line in log.xpath("//li[@id]")}
    for link, words in zip(links, ("Прийняти пункт 3", deputy.name), strict=True):
        assert link.startswith(f"/meetings/{meeting.pk}/log/")
        assert second_of(link) >= 125
        found = [text for id, text in lines.items() if f"{id}-".startswith(f"t-{second_of(link)}-")]
        assert any(words in text for text in found)
    videos = shown.xpath("//*[@class='deputies__jump']//a[@rel='external']/@href")
    assert videos == [f"https://youtu.be/1?t={second_of(link)}" for link in links]


def test_the_replay_of_one_deputy(client, clock):
    meeting, deputy = held(clock)
    address = f"/meetings/{meeting.pk}/log/?deputy={deputy.pk}"
    lines = [line.text_content() for line in page(client, address).xpath("//li[@id]")]
    assert len(lines) == 4  # came, has the floor, has spoken, voted
    assert "Прийняти пункт 3 – проти" in " ".join(lines[-1].split())
    other = factories.deputies(meeting.body)[1]
    lines = page(client, f"/meetings/{meeting.pk}/log/?deputy={other.pk}").xpath("//li[@id]")
    assert len(lines) == 2  # came, did not vote
    whole = page(client, f"/meetings/{meeting.pk}/log/?deputy=999999").xpath("//li[@id]")
    assert len(whole) > 4


def test_a_long_replay_begins_at_the_second(client, clock, monkeypatch):
    meeting, _deputy = held(clock)
    whole = page(client, f"/meetings/{meeting.pk}/log/?at=125").xpath("//li[@id]")
    assert whole[0].get("id") == "t-0"
    monkeypatch.setattr(replay, "SIZE", 3)
    shown = page(client, f"/meetings/{meeting.pk}/log/?at=125")
    assert int(shown.xpath("//li[@id]")[0].get("id").split("-")[1]) >= 125
    for wrong in ("-1", "x", "9" * 30):
        lines = page(client, f"/meetings/{meeting.pk}/log/?at={wrong}").xpath("//li[@id]")
        assert lines[0].get("id") == "t-0"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Прийняти пункт 3", "п. 3"),
        ("Підтримати п. 2 в новій редакції", "п. 2"),
        ("Щодо пункту 1 додатка 1", "дод. 1, п. 1"),
        ("Відхилити підпункт 2.1", "п. 2, підп. 2.1"),
        ("Пункт 7 вилучити", ""),
        ("Прийняти рішення в цілому", ""),
        ("Прийняти статті 3 та інші", ""),
        ("Об’єднати пункт 2 і пункт 3", ""),
    ],
)
def test_a_question_names_a_clause(question, label):
    labels = ("п. 1", "п. 2", "п. 2, підп. 2.1", "п. 3", "дод. 1", "дод. 1, п. 1", "дод. 1, п. 2")
    named = clause_named(question, [Clause(label=each) for each in labels])
    assert (named.label if named else "") == label


def test_from_a_consultation_to_where_it_was_considered(client, clock, department):
    opened = people.consultation(department)
    meeting, _deputy = held(clock, consultation=opened)
    (shown,) = jumps.of_consultation(opened.pk)
    assert (shown.item.order, [vote.question for vote in shown.votes]) == (1, ["Прийняти пункт 3"])
    section = page(client, f"/consultations/{opened.pk}/").xpath(
        "//section[.//h2/@id='considered']"
    )
    links = section[0].xpath(".//a/@href")
    assert shown.jump.url in links
    assert shown.votes[0].jump.url in links
    assert shown.votes[0].jump.video_url in links
    (item,) = page(client, f"/meetings/{meeting.pk}/log/").xpath("//nav[@class='replay-jumps']//li")
    assert f"/consultations/{opened.pk}/" in item.xpath(".//a/@href")
