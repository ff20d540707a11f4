"""Guests of the hall: people without an account, by a random key that goes with the meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from core.domain import clock as clocks
from core.web.pages import forget_pages
from meetings import limits
from meetings.course import actions as course_actions
from meetings.displays.join import code_of, hall_code_of, hall_of
from meetings.guests import actions, queries
from meetings.guests.cookies import COOKIE
from meetings.hall import codes
from meetings.models import Guest, GuestAnswer, GuestSignal, GuestSupport, QuestionSupport, State
from meetings.quickpolls import actions as quickpolls_actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db
DATA = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def running():
    return factories.meeting(State.RUNNING, kind="hearing")


def come(meeting) -> Client:
    """A device in the hall, without an account."""
    client = Client()
    client.get(f"/meetings/{meeting.pk}/hall/{codes.code_at(meeting.pk, clocks.now())}/")
    answer = client.post(f"/meetings/{meeting.pk}/hall/guest/enter/")
    assert answer.headers["Location"] == f"/meetings/{meeting.pk}/hall/guest/"
    return client


def survey(meeting, options=("Липи", "Галявина")):
    asked = {"text": "Який сквер?", "kind": "single", "options": [{"text": o} for o in options]}
    return quickpolls_actions.open_quick_poll(
        meeting, by=factories.secretary(), question=asked, seen_item=meeting.current_item_id
    )


def test_the_code_gives_a_random_cookie_and_nothing_else_is_kept(running):
    client = Client()
    hall = f"/meetings/{running.pk}/hall/"
    assert "шість літер" in client.get(hall).text
    assert client.post(f"{hall}guest/enter/").headers["Location"] == hall, "without the code"
    assert not Guest.objects.exists()
    client.get(f"{hall}{codes.code_at(running.pk, clocks.now())}/")
    shown = client.get(hall)
    assert "випадковий ключ" in shown.text, "the privacy line stands where the cookie is given"
    entered = client.post(f"{hall}guest/enter/")
    cookie = entered.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "no-store" in entered.headers["Cache-Control"]
    guest = Guest.objects.get()
    assert guest.digest == actions.digest_of(cookie.value)
    assert cookie.value not in str(vars(guest))
    assert client.cookies.get("session") is None or not client.cookies["session"].value
    page = client.get(f"{hall}guest/")
    assert "no-store" in page.headers["Cache-Control"]
    assert "Ви гість зали" in page.text
    assert client.post(f"{hall}guest/enter/").headers["Location"] == f"{hall}guest/"
    assert Guest.objects.count() == 1
    assert "До засідання, гостем" in client.get(hall).text


def test_the_code_can_be_typed(running, clock):
    now = clocks.now()
    code = hall_code_of(running.pk, now)
    square = codes.code_at(running.pk, now)
    assert hall_of(f"{code[:3]}-{code[3:]}".lower(), [running.pk], now) == (running.pk, square)
    assert hall_of(code, [running.pk], now + timedelta(seconds=30)) == (running.pk, square)
    assert hall_of(code, [running.pk], now + timedelta(seconds=61)) is None
    assert hall_of(code, [running.pk + 1], now) is None
    client, hall = Client(), f"/meetings/{running.pk}/hall/"
    for wrong in ("AAA AAA", "'; --", "ї" * 40):
        assert client.get("/j/", {"code": wrong}).status_code == 404
    assert "Або введіть" in client.get(hall).text
    typed = client.get("/j/", {"code": hall_code_of(running.pk, clocks.now())}, follow=True)
    assert typed.redirect_chain[-1][0] == hall
    assert "Взяти участь гостем" in typed.text
    # That of the meeting itself leads to its page, and proves nothing.
    page = Client().get("/j/", {"code": code_of(running.pk)})
    assert page.headers["Location"] == running.get_absolute_url()


def test_a_guest_supports_a_question_apart_from_residents(running, olena, bohdan):
    question = factories.question(running, olena, state="shown")
    hidden = factories.question(running, olena, state="waiting")
    guest = come(running)
    address = f"/meetings/{running.pk}/questions/{question.pk}/support/"
    for _twice in range(2):
        assert guest.post(address, {"value": 1}, **DATA).json() == {"guests": 1}
    assert not QuestionSupport.objects.exists()
    assert guest.get(f"/meetings/{running.pk}/hall/guest/mine/").json()["reactions"] == {
        str(question.pk): 1
    }
    forget_pages()
    text = Client().get(f"/meetings/{running.pk}/").text
    assert "гості: 1" in text
    assert f'<span data-supporters="{question.pk}">0</span>' in text
    assert guest.post(address, {"value": 0}, **DATA).json() == {"guests": 0}
    waiting = f"/meetings/{running.pk}/questions/{hidden.pk}/support/"
    assert guest.post(waiting, {"value": 1}).status_code == 404
    without_script = guest.post(address, {"value": 1})
    assert without_script.headers["Location"].endswith(f"/hall/guest/#question-{question.pk}")
    # Whoever is no guest is led to signing in, as before.
    stranger = Client().post(address, {"value": 1})
    assert "/account/login/" in stranger.headers["Location"]


def test_a_guest_answers_a_survey_apart_from_votes(running, olena):
    quick = survey(running)
    asked = quick.poll.questions.get()
    lime, lawn = (str(option.pk) for option in asked.options.all())
    guest, other = come(running), come(running)
    address = f"/meetings/{running.pk}/polls/{quick.poll_id}/vote/"
    for choice in (lime, lawn):
        assert guest.post(address, {f"q{asked.pk}": choice}, **DATA).json() == {"chosen": choice}
    other.post(address, {f"q{asked.pk}": lawn})
    wrong = guest.post(address, {f"q{asked.pk}": "999"}, **DATA)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "guest.no_such_choice")
    assert queries.answers_of([quick.pk]) == {quick.pk: {lawn: 2}}
    quickpolls_actions.close_quick_poll(quick, by=factories.secretary())
    late = guest.post(address, {f"q{asked.pk}": lime}, **DATA)
    assert late.json()["code"] == "poll.closed"
    forget_pages()
    text = Client().get(f"/meetings/{running.pk}/").text
    assert "Гості зали, окремо:" in text
    assert "Липи – <b>0</b>; Галявина – <b>2</b>" in text.replace("\n", "")
    assert ">0</dd>" in text, "none of them is among those who have voted"


def test_signals_stand_for_two_minutes_and_few_of_them_make_a_frame(running, clock, emitted):
    guests = [come(running) for _each in range(4)]
    address = f"/meetings/{running.pk}/hall/guest/signals/louder/"
    for guest in guests:
        told = guest.post(address, {"value": 1}, **DATA)
    assert told.json() == {"signals": {"louder": 4}}
    signalled = [each for each in emitted if type(each).__name__ == "GuestsSignalled"]
    assert len(signalled) == 3, "of 1, 2 and 3; the fourth makes none"
    assert guests[0].post(f"{address[:-7]}dance/", {"value": 1}).status_code == 404
    assert guests[0].post(address, {"value": 0}, **DATA).json() == {"signals": {"louder": 3}}
    clock.advance(seconds=queries.SIGNAL_LASTS.total_seconds())
    assert queries.signals_of(running, clocks.now()) == {}
    assert Client().post(address, {"value": 1}).status_code == 404


def test_guests_go_with_the_meeting_and_their_figures_stay(running, olena):
    question = factories.question(running, olena, state="shown")
    quick = survey(running)
    asked = quick.poll.questions.get()
    guest = come(running)
    guest.post(f"/meetings/{running.pk}/questions/{question.pk}/support/", {"value": 1})
    guest.post(
        f"/meetings/{running.pk}/polls/{quick.poll_id}/vote/",
        {f"q{asked.pk}": str(asked.options.first().pk)},
    )
    guest.post(f"/meetings/{running.pk}/hall/guest/signals/slower/", {"value": 1})
    by = factories.secretary()
    quickpolls_actions.close_quick_poll(quick, by=by)
    course_actions.close_meeting(running, by=by, seen_item=None)
    assert not Guest.objects.exists()
    assert not GuestSignal.objects.exists()
    assert GuestSupport.objects.filter(question=question, guest=None).count() == 1
    assert GuestAnswer.objects.filter(quick=quick, guest=None).count() == 1
    gone = guest.get(f"/meetings/{running.pk}/hall/guest/")
    assert gone.headers["Location"] == f"/meetings/{running.pk}/"
    assert not gone.cookies[COOKIE].value
    again = guest.post(f"/meetings/{running.pk}/questions/{question.pk}/support/", {"value": 1})
    assert "/account/login/" in again.headers["Location"]


def test_a_cookie_of_another_meeting_is_worth_nothing(running):
    guest = come(running)
    other = factories.meeting(State.RUNNING, kind="hearing")
    assert guest.get(f"/meetings/{other.pk}/hall/guest/").headers["Location"].endswith("/hall/")
    assert guest.get(f"/meetings/{other.pk}/hall/guest/mine/").status_code == 404


def test_a_guest_leaves(running):
    guest = come(running)
    left = guest.post(f"/meetings/{running.pk}/hall/guest/leave/")
    assert not left.cookies[COOKIE].value
    assert not Guest.objects.exists()


def test_limits_hold_for_a_hall_behind_one_address(running):
    for limit in (limits.GUEST_ENTER, limits.GUEST_NETWORK, limits.TYPE_CODE):
        assert limit.most >= 300
    guest = come(running)
    address = f"/meetings/{running.pk}/hall/guest/signals/louder/"
    for _press in range(limits.GUEST.most):
        guest.post(address, {"value": 1}, **DATA)
    assert guest.post(address, {"value": 1}, **DATA).status_code == 429
    assert come(running).post(address, {"value": 1}, **DATA).status_code == 200
