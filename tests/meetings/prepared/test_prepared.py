"""Surveys and announcements that are prepared before a meeting; several options, and an order."""

from __future__ import annotations

import pytest

from core.web.pages import forget_pages
from meetings.models import Prepared, QuickPoll, State
from meetings.prepared import actions
from meetings.prepared.rules import LONGEST_QUESTION
from meetings.quickpolls import actions as quickpolls_actions
from tests.meetings import factories
from tests.meetings.displays.test_displays_paired import paired_display
from votes.ballots import actions as ballots_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    factories.on_item(meeting)
    return meeting


@pytest.fixture
def desk(client):
    client.force_login(factories.secretary())
    return client


def test_a_survey_is_prepared_at_the_desk_and_asked_by_two_presses(desk, running):
    page = f"/desk/meetings/{running.pk}/prepared/"
    sent = {
        "kind": "survey",
        "text": "Який сквер?",
        "options": "Липи\nГалявина\nСцена",
        "how": "ranked",
    }
    assert desk.post(page, {**sent, "options": "Липи"}).status_code == 422
    assert desk.post(page, {**sent, "text": "х" * (LONGEST_QUESTION + 1)}).status_code == 422
    assert desk.post(page, {**sent, "kind": "announcement"}).status_code == 422
    assert desk.post(page, sent).headers["Location"] == page
    prepared = Prepared.objects.get()
    assert "порядок уподобань" in desk.get(page).text
    new = f"/meetings/{running.pk}/control/polls/"
    form = desk.get(new, {"prepared": prepared.pk}).context["form"]
    filled = {name: form[name].value() for name in ("text", "options", "how", "results_while_open")}
    assert filled == {
        "text": "Який сквер?",
        "options": "Липи\nГалявина\nСцена",
        "how": "ranked",
        "results_while_open": False,
    }
    assert desk.get(new, {"prepared": "9" * 30}).context["of"] is None
    opened = desk.post(
        new,
        {**filled, "results_while_open": "", "minutes": 5, "seen_item": running.current_item_id},
    )
    assert opened.status_code == 302, opened.context["form"].errors
    question = QuickPoll.objects.get().poll.questions.get()
    assert (question.kind, question.method) == ("ranked", "schulze")
    desk.post(f"{page}{prepared.pk}/discard/")
    assert not Prepared.objects.exists()


def test_an_announcement_fills_in_the_form_of_a_display(desk, running):
    by = factories.secretary()
    made = actions.prepare(running, by=by, kind="announcement", text="Перерва до 12:00")
    display = paired_display(running)
    address = f"/meetings/{running.pk}/control/displays/{display.number}/"
    form = desk.get(address, {"picture": "announcement", "prepared": made.pk}).context["form"]
    assert form["words"].value() == "Перерва до 12:00"


def test_whose_it_is_and_when(refused, olena, running):
    by = factories.secretary()
    with refused("meeting.runners_only"):
        actions.prepare(running, by=olena, kind="survey", text="Так?")
    over = factories.meeting(State.CLOSED, kind="hearing")
    with refused("meeting.closed"):
        actions.prepare(over, by=by, kind="survey", text="Так?")
    with refused("prepared.text_missing"):
        actions.prepare(running, by=by, kind="survey", text="  ")


def test_several_options_are_chosen_on_the_page_of_the_survey(client, olena, running):
    quick = quickpolls_actions.open_quick_poll(
        running,
        by=factories.secretary(),
        question={
            "text": "Що потрібно?",
            "kind": "multiple",
            "options": [{"text": "Лави"}, {"text": "Ліхтарі"}],
        },
        seen_item=running.current_item_id,
        results_while_open=False,
    )
    forget_pages()
    text = client.get(running.get_absolute_url()).text
    assert "Вибрати кілька варіантів" in text
    assert "quick-poll__choices" not in text
    question = quick.poll.questions.get()
    both = [option.pk for option in question.options.all()]
    ballots_actions.cast(quick.poll, by=olena, choices={str(question.pk): both})
    closed = quickpolls_actions.close_quick_poll(quick, by=factories.secretary())
    assert closed.hall is None
    forget_pages()
    text = client.get(running.get_absolute_url()).text
    assert text.count("1 · 100%") == 4, "of both, as the newest result and in the list"
