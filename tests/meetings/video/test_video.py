"""The video of a meeting: when it begins, clips of items, subtitles, the feed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localtime
from lxml import etree

from core.domain.rules import Refused
from core.web.pages import forget_pages
from meetings.course import actions as course_actions
from meetings.log import jumps
from meetings.models import State, Subtitle
from meetings.record import actions as record_actions
from meetings.video import actions, parsing
from meetings.video.player import player_of
from tests.access.editing import drawn_form
from tests.meetings import factories

pytestmark = pytest.mark.django_db
VTT = """WEBVTT

NOTE нічого

1
00:00:40.000 --> 00:00:44.500 align:start
<v Голова>Доброго дня &amp; прошу <b>реєструватися</b>.

02:30.000 --> 02:35.000
Розглядаємо
міст.
"""
SRT = """1
00:00:40,000 --> 00:00:44,500
Доброго дня

2
00:02:30,0 --> 00:02:35,0
Міст
""".replace("\n", "\r\n")


@pytest.fixture
def held(clock):
    """Two items, the first from second 60 to 180; its recording began 90 s before the opening."""
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, items=2)
    clock.advance(seconds=60)
    first = factories.on_item(meeting)
    clock.advance(seconds=120)
    course_actions.next_item(meeting, by=by, seen_item=first.pk)
    clock.advance(seconds=30)
    meeting.refresh_from_db()
    course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)
    meeting.refresh_from_db()
    return meeting


def publish(meeting, url="https://video.example/1.mp4", before=90):
    begins_at = meeting.opened_at - timedelta(seconds=before)
    return record_actions.publish_video(
        meeting, by=factories.secretary(), url=url, begins_at=begins_at
    )


def test_each_link_counts_from_the_beginning_of_the_video(held):
    meeting = publish(held)
    opened = meeting.opened_at
    assert jumps.Jump.to(meeting, opened).video_url.endswith("#t=90")
    assert "at=0#t-0" in jumps.Jump.to(meeting, opened).url, "of the log as before"
    first = jumps.items_of(meeting)[0]
    assert first.until is not None
    assert abs(first.seconds - 150) <= 2
    assert abs(first.until - 270) <= 2
    assert first.clip_url == f"https://video.example/1.mp4#t={first.seconds},{first.until}"
    assert first.clock == f"{jumps.clock_of(first.seconds)}–{jumps.clock_of(first.until)}"
    later = publish(held, before=-100)
    assert jumps.Jump.to(later, opened).video_url.endswith("#t=0"), "before it begins"
    tube = publish(held, "https://www.youtube.com/watch?v=1")
    assert jumps.items_of(tube)[0].clip_url.endswith(f"&t={first.seconds}")
    forget_pages()
    text = Client().get(f"/meetings/{meeting.pk}/log/").text
    assert f"t={first.seconds}" in text
    assert "рахуються від відкриття" not in text


@pytest.mark.parametrize("before", [13 * 3600, -3600])
def test_a_video_that_begins_elsewhen_is_refused(held, before):
    with pytest.raises(Refused) as refusal:
        publish(held, before=before)
    assert refusal.value.verdict.code == "meeting.video_begins_elsewhen"


def test_the_secretary_says_when_it_begins(client, held):
    client.force_login(factories.secretary())
    address = f"/desk/meetings/{held.pk}/video/"
    begins = f"{localtime(held.opened_at - timedelta(seconds=90)):%H:%M:%S}"
    drawn = drawn_form(client.get(address), "")
    sent = {name: values[-1] for name, values in drawn.items()} | {"url": "https://v.example/1"}
    assert client.post(address, {**sent, "begins": "25:00"}).status_code == 422
    assert client.post(address, {**sent, "begins": begins}).status_code == 302
    held.refresh_from_db()
    assert held.opened_at - held.video_begins_at < timedelta(seconds=91)
    assert begins in client.get(address).text


def test_a_file_of_ours_plays_here_and_another_site_s_opens_by_a_press(held, settings):
    assert player_of(held) is None
    own = publish(held, f"{settings.SITE_URL}/media/session.mp4".replace("http://", "https://"))
    settings.SITE_URL = settings.SITE_URL.replace("http://", "https://")
    assert player_of(own).host == ""
    forget_pages()
    assert '<video class="video-here"' in Client().get(f"/meetings/{held.pk}/log/").text
    publish(held, "https://www.youtube.com/watch?v=1")
    forget_pages()
    page = Client().get(f"/meetings/{held.pk}/log/")
    assert "<video" not in page.text
    assert "<iframe" not in page.text
    assert "www.youtube.com" in page.text
    assert "дізнається" in page.text


def test_subtitles_are_read_of_both_kinds():
    first, second = parsing.read(VTT.encode())
    assert (first.begins, first.ends) == (40_000, 44_500)
    assert first.text == "Доброго дня & прошу реєструватися."
    assert (second.begins, second.text) == (150_000, "Розглядаємо міст.")
    assert [cue.text for cue in parsing.read(b"\xef\xbb\xbf" + SRT.encode())] == [
        "Доброго дня",
        "Міст",
    ]
    assert parsing.read(SRT.encode("cp1251"))[1].text == "Міст"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "subtitles.none"),
        ("Просто текст".encode(), "subtitles.none"),
        (b"\x00\x01\x02", "subtitles.not_text"),
        (b"WEBVTT\n\n00:10.000 --> 00:05.000\nx\n", "subtitles.wrong_times"),
        (b"WEBVTT\n\nnow --> then\nx\n", "subtitles.wrong_times"),
        (b"x" * (parsing.MOST_BYTES + 1), "subtitles.too_large"),
        (b"00:01.000 --> 00:02.000\nx\n\n" * (parsing.MOST_LINES + 1), "subtitles.too_many"),
    ],
)
def test_what_are_no_subtitles_is_refused(data, code):
    with pytest.raises(Refused) as refusal:
        parsing.read(data)
    assert refusal.value.verdict.code == code


def test_subtitles_are_imported_shown_beside_the_log_and_searched(client, held):
    publish(held)
    desk = Client()
    desk.force_login(factories.secretary())
    address = f"/desk/meetings/{held.pk}/video/subtitles/"
    assert desk.get(address).status_code == 200
    wrong = desk.post(address, {"file": SimpleUploadedFile("a.vtt", b"x")})
    assert wrong.status_code == 422
    for _again in range(2):
        sent = desk.post(address, {"file": SimpleUploadedFile("a.vtt", VTT.encode())})
        assert sent.headers["Location"] == f"/desk/meetings/{held.pk}/"
    assert Subtitle.objects.filter(meeting=held).count() == 2
    forget_pages()
    log = client.get(f"/meetings/{held.pk}/log/").text
    assert "Розглядаємо міст." in log
    page = f"/meetings/{held.pk}/transcript/"
    assert "Доброго дня" in client.get(page).text
    found = client.get(page, {"q": "МІСТ"}).text
    assert "Розглядаємо міст." in found
    assert "Доброго дня" not in found
    assert "https://video.example/1.mp4#t=150" in found
    assert "Цього ніхто не казав" in client.get(page, {"q": "трамвай"}).text
    file = client.get(f"/meetings/{held.pk}/subtitles.vtt")
    assert file.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert "00:00:40.000 --> 00:00:44.500\nДоброго дня &amp; прошу" in file.text


def test_no_subtitles_without_a_video_nor_by_others(held, olena):
    by = factories.secretary()
    with pytest.raises(Refused) as refusal:
        actions.import_subtitles(held, by=by, cues=[])
    assert refusal.value.verdict.code == "meeting.no_video"
    publish(held)
    with pytest.raises(Refused):
        actions.import_subtitles(held, by=olena, cues=[])
    assert Client().get(f"/meetings/{held.pk}/subtitles.vtt").status_code == 404


def test_meetings_have_a_feed(client, held, clock):
    assert "/over" not in client.get("/meetings/feed.atom").text, "it may be reopened"
    clock.advance(seconds=61)
    publish(held)
    forget_pages()
    feed = etree.fromstring(client.get("/meetings/feed.atom").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    ids = feed.xpath("//a:entry/a:id/text()", namespaces=space)
    assert [each.rpartition("/")[2] for each in ids].count("announced") == 1
    assert {"over", "video"} <= {each.rpartition("/")[2] for each in ids}
    assert "/meetings/feed.atom" in client.get("/meetings/").text
