"""A meeting on a telephone: what stands first, the bar, a vote without leaving the page."""

from __future__ import annotations

import pytest

from core.web.pages import forget_pages
from meetings.models import State, Vote
from meetings.rollcalls import actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db
DATA = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def running():
    return factories.meeting(State.RUNNING)


@pytest.fixture
def deputy(running, bohdan):
    found = factories.deputies(running.body)[0]
    found.user = bohdan
    found.save()
    return found


def page_of(client, meeting):
    forget_pages()
    return client.get(meeting.get_absolute_url()).text


def test_a_published_result_is_folded_and_names_are_within_it(client, running):
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    opened = page_of(client, running)
    assert f'id="roll-call-{roll_call.pk}" data-open' in opened
    assert opened.index("Поіменне голосування:") < opened.index('id="meeting-speakers"')
    by = factories.secretary()
    actions.close_roll_call(roll_call, by=by)
    actions.publish_roll_call(roll_call, by=by)
    text = page_of(client, running)
    assert text.index('id="meeting-speakers"') < text.index("Поіменне голосування:")
    folded = text[text.index(f'id="roll-call-{roll_call.pk}-names"') :]
    assert "vote-grid" in folded[: folded.index("</details>")]
    assert text.count('class="vote-grid"') == 1
    assert 'id="decided-folded"' in text


def test_what_one_does_stands_in_a_bar(client, running, bohdan, deputy):
    text = page_of(client, running)
    bar = text[text.index('class="meeting-bar"') :]
    assert f"/meetings/{running.pk}/ask/" in bar
    assert f"/meetings/{running.pk}/hand/" in bar
    assert f"/meetings/{running.pk}/vote/" not in bar, "a stranger's, which everybody is given"
    client.force_login(bohdan)
    assert f"/meetings/{running.pk}/vote/" in page_of(client, running)


def test_a_script_is_told_what_became_of_a_vote(client, running, bohdan, deputy):
    factories.on_item(running)
    roll_call = factories.roll_call(running)
    client.force_login(bohdan)
    page = client.get(f"/meetings/{running.pk}/vote/").text
    assert 'data-live-as="voting"' in page
    assert "не зберігається, щоб надіслати його пізніше" in page
    address = f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/vote/"
    told = client.post(address, {"choice": "for"}, **DATA)
    assert told.json() == {"said": "Ваш голос враховано: За"}
    actions.close_roll_call(roll_call, by=factories.secretary())
    refused = client.post(address, {"choice": "against"}, **DATA)
    assert refused.status_code == 403
    assert "завершено" in refused.json()["detail"]
    assert Vote.objects.get(deputy=deputy).choice == "for"
