"""Who is in the hall: the code on its display, its expiry, signing in between, leaving."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts.data.actions import erase
from accounts.identity.handlers import merge
from core.domain import clock as database_clock
from core.web.pages import forget_pages
from meetings.course import actions as course_actions
from meetings.hall import actions, codes
from meetings.hall.queries import in_hall
from meetings.models import HallVisit, State
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    return factories.meeting(State.RUNNING)


def scan_url(client, meeting) -> str:
    """What the code holds that the hall's display shows now."""
    forget_pages()
    shown = client.get(f"/meetings/{meeting.pk}/hall/code/{codes.display_key(meeting.pk)}/")
    assert "<svg" in shown.text
    return f"/meetings/{meeting.pk}/hall/{codes.code_at(meeting.pk, database_clock.now())}/"


def test_who_scans_says_so_and_is_in_the_hall_until_they_leave(client, olena, bohdan, running):
    client.force_login(olena)
    answer = client.get(scan_url(client, running))
    assert answer.headers["Location"] == f"/meetings/{running.pk}/hall/", "the code does not stay"
    page = client.get(answer.headers["Location"])
    assert "Я в залі" in page.text
    assert in_hall(running, [olena.pk]) == set(), "nothing is noted before they say so"
    for _press in range(2):
        client.post(f"/meetings/{running.pk}/hall/enter/")
    assert in_hall(running, [olena.pk, bohdan.pk]) == {olena.pk}
    assert "Ви в залі" in client.get(f"/meetings/{running.pk}/").text
    client.post(f"/meetings/{running.pk}/hall/leave/")
    assert in_hall(running, [olena.pk]) == set()
    assert "Ви в залі" not in client.get(f"/meetings/{running.pk}/").text
    client.post(f"/meetings/{running.pk}/hall/enter/")
    assert in_hall(running, [olena.pk]) == set(), "who has left scans once more"


def test_who_is_not_signed_in_signs_in_first_and_the_scan_is_kept(client, olena, running, clock):
    scanned = database_clock.now()
    clock.stop(scanned)
    answer = client.get(scan_url(client, running))
    page = client.get(answer.headers["Location"])
    assert f"/account/login/?next=/meetings/{running.pk}/hall/" in page.text
    clock.stop(scanned + timedelta(minutes=14))
    client.force_login(olena)  # keeps the session, as signing in does
    assert "Я в залі" in client.get(f"/meetings/{running.pk}/hall/").text
    clock.stop(scanned + timedelta(minutes=15))
    page = client.get(f"/meetings/{running.pk}/hall/").text
    assert "Я в залі" not in page
    client.post(f"/meetings/{running.pk}/hall/enter/")
    assert not HallVisit.objects.exists()


def test_a_code_is_good_for_its_step_and_the_next(client, olena, running, clock, settings):
    settings.HALL_CODE_SECONDS = 30
    start = codes.changes_at(database_clock.now())  # the first moment of a step
    clock.stop(start)
    code = codes.code_at(running.pk, database_clock.now())
    address = f"/meetings/{running.pk}/hall/{code}/"
    assert client.get(address).status_code == 302
    clock.stop(start + timedelta(seconds=59))
    assert client.get(address).status_code == 302
    clock.stop(start + timedelta(seconds=60))
    late = client.get(address)
    assert late.status_code == 410
    assert "Код уже не діє" in late.text
    assert "Відскануйте" in late.text
    assert client.get(f"/meetings/{running.pk}/hall/aaaaaaaaaaaaaaaa/").status_code == 410
    ahead = codes.code_at(running.pk, database_clock.now() + timedelta(seconds=30))
    assert client.get(f"/meetings/{running.pk}/hall/{ahead}/").status_code == 410


def test_a_code_is_of_one_meeting_and_of_this_secret(running, settings):
    other = factories.meeting(State.RUNNING, kind="hearing")
    now = database_clock.now()
    code = codes.code_at(running.pk, now)
    assert codes.is_valid(running.pk, code, now)
    assert not codes.is_valid(other.pk, code, now)
    assert not codes.is_display_key(other.pk, codes.display_key(running.pk))
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    assert not codes.is_valid(running.pk, code, now)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert codes.is_valid(running.pk, code, now)
    for strange in ("", "код", code.upper()):
        assert not codes.is_valid(running.pk, strange, now)


def test_the_code_stands_on_displays_of_the_hall_alone(client, running):
    address = f"/meetings/{running.pk}/display/"
    forget_pages()
    assert "hall-code" not in client.get(address).text
    assert "hall-code" not in client.get(f"{address}?hall=guessed").text
    assert client.get(f"/meetings/{running.pk}/hall/code/guessed/").status_code == 404
    page = client.get(f"{address}?hall={codes.display_key(running.pk)}").text
    (url,) = re.findall(r'data-hall-code="([^"]+)"', page)
    assert codes.code_at(running.pk, database_clock.now()) not in page, "a picture, not its text"
    assert "<svg" in client.get(url).text


def test_it_is_drawn_once_for_all_displays(client, running, clock):
    clock.stop(codes.changes_at(database_clock.now()))
    codes.draw.cache_clear()
    address = f"/meetings/{running.pk}/hall/code/{codes.display_key(running.pk)}/"
    for _display in range(3):
        forget_pages()
        client.get(address)
    assert (codes.draw.cache_info().misses, codes.draw.cache_info().hits) == (1, 2)


def test_before_and_after_the_meeting_nobody_is_in_its_hall(client, olena, running):
    visit = actions.enter_hall(running, by=olena, has_scanned=True)
    assert visit.user == olena
    course_actions.close_meeting(running, by=factories.secretary(), seen_item=None)
    with refused("meeting.closed"):
        actions.enter_hall(running, by=olena, has_scanned=True)
    announced = factories.meeting(kind="hearing")
    with refused("meeting.not_opened"):
        actions.enter_hall(announced, by=olena, has_scanned=True)
    forget_pages()
    key = codes.display_key(announced.pk)
    shown = client.get(f"/meetings/{announced.pk}/hall/code/{key}/")
    assert shown.status_code == 200
    assert "<svg" not in shown.text


def test_an_account_goes_or_becomes_another_one(olena, bohdan, charlie, running):
    for person in (olena, bohdan, charlie):
        actions.enter_hall(running, by=person, has_scanned=True)
    merge(olena, bohdan)
    erase(charlie, by=charlie)
    assert list(HallVisit.objects.values_list("user", flat=True)) == [olena.pk]
