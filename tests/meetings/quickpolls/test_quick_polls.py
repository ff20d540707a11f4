"""Quick polls in meetings: opened, voted in, closed, on display, page, log and API; who may."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.domain import clock as database
from core.web.idempotency import FIELD, new_key
from core.web.pages import forget_pages
from meetings import queries
from meetings.course import actions as course_actions
from meetings.hall import actions as hall
from meetings.models import HallVisit, LogEntry, Meeting, QuickPoll, State
from meetings.quickpolls import actions, pages
from meetings.rollcalls import actions as rollcalls_actions
from tests import factories as people
from tests.meetings import factories
from tests.meetings.factories import refused
from tests.meetings.screens import look
from votes.ballots import actions as ballots_actions
from votes.life import actions as life_actions
from votes.models import OpenBallot, Poll
from votes.models import State as PollState

pytestmark = pytest.mark.django_db
_Kind = LogEntry.Kind


@pytest.fixture
def running(db: None) -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    return meeting


def ask(meeting: Meeting, text: str = "Оголосити перерву?", *options: str, **how: Any) -> QuickPoll:
    meeting.refresh_from_db()
    return factories.quick_poll(meeting, text, *options, **how)


def choose(quick: QuickPoll, who: Any, answer: Any = "yes") -> None:
    question = quick.poll.questions.get()
    ballots_actions.cast(quick.poll, by=who, choices={str(question.pk): answer})


def kinds(meeting: Meeting) -> list[str]:
    return [entry.kind for entry in queries.log_of(meeting)][-2:]


def page(client: Any, meeting: Meeting, at: str = "") -> str:
    forget_pages()
    text: str = client.get(f"/meetings/{meeting.pk}/{at}").text
    return text


def test_the_secretary_types_a_question_and_those_present_answer(client, olena, running):
    client.force_login(factories.secretary())
    control = f"/meetings/{running.pk}/control/"
    form = client.get(f"{control}polls/").context["form"]
    sent = {name: form[name].initial for name in form.fields if form[name].initial is not None}
    sent |= {"text": "Який колір?", "options": "Синій\nЖовтий", FIELD: new_key()}
    for _press in range(2):
        answer = client.post(f"{control}polls/", sent)
        assert answer["Location"] == f"{control}#poll"
    quick = running.quick_polls.get()
    poll = quick.poll
    assert (quick.item, poll.title, poll.is_quick) == (running.current_item, "Який колір?", True)
    assert poll.closes_at - poll.opens_at == actions.LASTS
    assert "Який колір?" in client.get(control).text

    client.force_login(olena)
    assert "Який колір?" in page(client, running)
    (blue, _yellow) = poll.questions.get().options.all()
    address = f"/meetings/{running.pk}/polls/{poll.pk}/vote/"
    chosen = {f"q{blue.question_id}": blue.pk}
    script = {"headers": {"Accept": "application/json"}}
    assert client.post(address, chosen, **script).json() == {"chosen": str(blue.pk), "turnout": 1}
    mine = client.get(f"/meetings/{running.pk}/mine/").json()
    assert mine["chosen"] == {str(poll.pk): blue.pk}
    assert client.post(address, chosen)["Location"].endswith("#quick-poll"), "voted anew, once"
    assert OpenBallot.objects.filter(poll=poll).count() == 1
    assert client.post(address, {}, **script).status_code == 403

    client.force_login(factories.secretary())
    client.post(f"{control}polls/{poll.pk}/close/")
    quick.refresh_from_db()
    poll.refresh_from_db()
    assert quick.closed_at == poll.closes_at
    assert poll.state_at(poll.closes_at) == PollState.PUBLISHED
    for told in (client.get(control).text, page(client, running)):
        assert "1 · 100%" in told
    client.force_login(olena)
    assert client.post(address, chosen, **script).json()["code"] == "poll.closed"


def test_the_log_the_replay_and_the_api_hold_what_it_gave(client, olena, bohdan, running):
    quick = ask(running)
    choose(quick, olena)
    choose(quick, bohdan, "no")
    actions.close_quick_poll(quick, by=factories.secretary())
    assert kinds(running) == [_Kind.POLL, _Kind.POLL_CLOSED]
    replay = page(client, running, "log/")
    assert "Оголосити перерву? (Так – 1; Ні – 1; Утримуюся – 0)" in html.unescape(replay)
    log = client.get(f"/api/v1/meetings/{running.pk}/log/").json()["results"]
    assert [entry["poll"] for entry in log][-2:] == [quick.poll_id, quick.poll_id]
    (told,) = client.get(f"/api/v1/meetings/{running.pk}/").json()["quick_polls"]
    assert (told["poll"], told["item"]) == (quick.poll_id, running.current_item_id)
    assert told["ballots"] == 2
    assert [row["votes"] for row in told["results"]] == [1, 1, 0]


@pytest.mark.parametrize("role", ["secretary", "officer", "head"])
def test_who_runs_the_meeting_opens_and_closes_it(role, running):
    who = factories.secretary(role, role=role)
    quick = ask(running, by=who)
    assert actions.close_quick_poll(quick, by=who).closed_at


def test_nobody_else_does(client, olena, department, running):
    quick = ask(running)
    for stranger in (olena, factories.secretary(of=department)):
        with refused("meeting.runners_only"):
            actions.close_quick_poll(quick, by=stranger)
        with refused("meeting.runners_only"):
            ask(running, by=stranger)
        with refused("poll.officers_only"):
            life_actions.close_early(quick.poll, by=stranger)
        client.force_login(stranger)
        assert client.get(f"/meetings/{running.pk}/control/polls/").status_code == 404


def test_who_runs_this_meeting_alone_asks_in_it(running):
    alone = people.user(
        "alone", role="secretary", department=running.department, scope=running.topic
    )
    quick = ask(running, by=alone)
    assert actions.close_quick_poll(quick, by=alone).closed_at


def test_one_at_a_time_and_not_beside_a_roll_call(running):
    by = factories.secretary()
    first = ask(running)
    with refused("quickpoll.open"):
        ask(running, "Ще одне?")
    with refused("quickpoll.open"):
        factories.roll_call(running)
    with pytest.raises(IntegrityError, match="quickpoll_one_open"), transaction.atomic():
        QuickPoll.objects.create(
            meeting=running, poll=copy_of(first.poll), opened_at=first.opened_at
        )
    for step in (course_actions.next_item, course_actions.close_meeting):
        with refused("meeting.busy"):
            step(running, by=by, seen_item=running.current_item_id)
    actions.close_quick_poll(first, by=by)
    with refused("quickpoll.closed"):
        actions.close_quick_poll(first, by=by)
    roll_call = factories.roll_call(running)
    with refused("quickpoll.roll_call_open"):
        ask(running, "Ще одне?")
    rollcalls_actions.close_roll_call(roll_call, by=by)
    ask(running, "Ще одне?")


def copy_of(poll: Poll) -> Poll:
    poll = Poll.objects.get(pk=poll.pk)
    poll.pk = None
    poll.save()
    return poll


def test_the_second_of_two_secretaries_is_told(client, running):
    seen = running.current_item_id
    course_actions.next_item(running, by=factories.secretary(), seen_item=seen)
    client.force_login(factories.secretary())
    sent = {"text": "Перерва?", "minutes": 3, "seen_item": seen}
    answer = client.post(f"/meetings/{running.pk}/control/polls/", sent)
    assert answer.status_code == 422
    assert "Перерва?" in answer.text
    running.refresh_from_db()
    assert f'name="seen_item" value="{running.current_item_id}"' in answer.text
    assert not running.quick_polls.exists()


def _job(quick: QuickPoll) -> None:
    life_actions.tell_what_closed([quick.poll_id])


def _next_one(quick: QuickPoll) -> None:
    ask(quick.meeting, "Наступне?")


@pytest.mark.parametrize("find", [_job, _next_one])
def test_one_whose_time_is_over_is_noted_once(find: Callable[[QuickPoll], None], running, clock):
    quick = ask(running, lasts=timedelta(minutes=1))
    clock.advance(minutes=2)
    find(quick)
    life_actions.tell_what_closed()
    quick.refresh_from_db()
    assert quick.closed_at == Poll.objects.get(pk=quick.poll_id).closes_at
    moments = list(running.log.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert running.log.filter(kind=_Kind.POLL_CLOSED).count() == 1


def test_called_off_at_the_desk_it_is_over_here_too(client, running):
    quick = ask(running)
    officer = factories.secretary("officer", role="officer")
    life_actions.cancel(quick.poll, by=officer, reason="Помилка в питанні")
    quick.refresh_from_db()
    assert quick.closed_at
    assert 'id="quick-poll"' not in page(client, running)
    assert "Опитування присутніх" not in page(client, running, "display/?board")


def test_the_display_shows_it_until_something_else_is_taken_up(client, olena, running):
    assert "display-meeting--item" in page(client, running, "display/?board")
    quick = ask(running)
    choose(quick, olena)
    board = page(client, running, "display/?board")
    assert "display-meeting--poll" in board
    for said in ("Оголосити перерву?", "без юридичної сили", "1 · 100%", 'data-count="turnout"'):
        assert said in board
    course_actions.blank(running, by=factories.secretary())
    assert "перерву" not in page(client, running, "display/?board")
    course_actions.unblank(running, by=factories.secretary())
    actions.close_quick_poll(quick, by=factories.secretary())
    assert "display-meeting--poll" in page(client, running, "display/?board")
    running.refresh_from_db()
    course_actions.next_item(running, by=factories.secretary(), seen_item=running.current_item_id)
    assert "display-meeting--item" in page(client, running, "display/?board")


def test_the_page_shows_what_it_gave_at_its_top_until_another_item_is_taken_up(client, running):
    actions.close_quick_poll(ask(running), by=factories.secretary())
    assert 'id="quick-result"' in page(client, running)
    running.refresh_from_db()
    course_actions.next_item(running, by=factories.secretary(), seen_item=running.current_item_id)
    shown = page(client, running)
    assert 'id="quick-result"' not in shown
    assert 'id="meeting-surveys"' in shown


def test_a_display_without_bars_tells_how_many_have_voted(client, olena, running):
    quick = ask(running, results_while_open=False)
    choose(quick, olena)
    board = page(client, running, "display/?board")
    assert "100%" not in board
    assert 'data-count="turnout">1<' in board


def test_the_poll_leads_back_to_its_meeting(client, running):
    quick = ask(running)
    assert f'href="/meetings/{running.pk}/"' in client.get(f"/polls/{quick.poll_id}/").text


def test_the_page_asks_as_many_queries_for_one_as_for_five(running, django_assert_max_num_queries):
    for number in range(5):
        quick = ask(running, f"Питання {number}?", "А", "Б")
        actions.close_quick_poll(quick, by=factories.secretary())
    with django_assert_max_num_queries(4):
        shown = pages.shown_of(running, quick.opened_at)
        assert [len(each.rows) for each in shown] == [2] * 5


def test_those_in_the_hall_stand_apart_in_the_result(client, olena, bohdan, charlie, running):
    quick = ask(running)
    for who in (olena, bohdan):
        hall.enter_hall(running, by=who, has_scanned=True)
    for who, answer in ((olena, "yes"), (bohdan, "no"), (charlie, "yes")):
        choose(quick, who, answer)
    actions.close_quick_poll(quick, by=factories.secretary())
    (shown,) = pages.shown_of(running, database.now())
    assert {row.name: (row.number, row.in_hall) for row in shown.rows} == {
        "Так": (2, 1),
        "Ні": (1, 1),
        "Утримуюся": (0, 0),
    }
    assert (shown.ballots, shown.in_hall) == (3, 2)
    assert "2 · 67% (у залі 1)" in " ".join(page(client, running).split())
    assert "з них у залі" in page(client, running, "display/?board")
    (told,) = client.get(f"/api/v1/meetings/{running.pk}/").json()["quick_polls"]
    assert {row["votes"]: row["in_hall"] for row in told["results"]} == {2: 1, 1: 1, 0: 0}
    HallVisit.objects.all().delete()  # as after some days: the figures stay
    assert pages.shown_of(running, database.now())[0].in_hall == 2


@pytest.mark.with_all
@pytest.mark.parametrize("height", [720, 2160])
def test_nothing_on_the_display_is_small_or_cut(
    browser, client, tmp_path, olena, bohdan, running, height
):
    hall.enter_hall(running, by=olena, has_scanned=True)
    words = ["Перенести зупинку до лікарні й поставити там навіс із лавою " * 2, "Лишити"]
    quick = ask(running, "Чи переносити зупинку ближче до лікарні? " * 4, *words)
    option = quick.poll.questions.get().options.first().pk
    choose(quick, olena, option)
    choose(quick, bohdan, option)
    look(browser, client, running, tmp_path, "survey", height * 16 // 9, height)
    actions.close_quick_poll(quick, by=factories.secretary())
    look(browser, client, running, tmp_path, "surveyed", height * 16 // 9, height)
