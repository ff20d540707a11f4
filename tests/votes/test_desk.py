"""The desk of polls: from an idea to published results, as an officer goes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from core.domain import clock
from tests import factories as house
from tests.editing import carried
from tests.votes import factories
from votes.desk.queries import waiting
from votes.electorate import actions as electorate_actions
from votes.life import actions
from votes.models import PaperBallot, Poll, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def colleague(department):
    return house.user("colleague", role="officer", department=department)


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def described(department, **changed):
    now = clock.now()
    return {
        "department": department.pk,
        "title": "Що збудувати",
        "voters": "anyone",
        "min_age": 14,
        "secrecy": "nameless",
        "tie_rule": "lot",
        "opens_at": local(now - timedelta(hours=1)),
        "closes_at": local(now + timedelta(days=7)),
    } | changed


def test_an_organisation_votes_once_though_the_kind_is_left_out(client, officer, department):
    """What is left out stays: of a poll that was made for people its vote may be changed."""
    draft = factories.poll(
        *(officer, department, State.DRAFT), secrecy=Poll.Secrecy.SECRET, ballot_kind="changeable"
    )
    client.force_login(officer)
    address = f"/desk/polls/{draft.pk}/edit/"
    sent = described(department, voters="organisations", secrecy="secret")
    answer = client.post(address, sent | carried(client, address))
    assert answer.status_code == 422
    assert "ballot_kind" in answer.context["form"].errors


RANKED = {
    "text": "У якому порядку?",
    "kind": "ranked",
    "method": "schulze",
    "options": "Парк | з фонтаном | 1 200 000\nСквер\nСтадіон",
    "is_required": "on",
}


def test_prepared_asked_and_announced(client, officer, department):
    client.force_login(officer)
    client.post("/desk/polls/new/", described(department))
    poll = Poll.objects.get()
    desk = f"/desk/polls/{poll.pk}/"
    refused = client.post(f"{desk}schedule/")
    assert refused.status_code == 403
    assert client.post(desk, RANKED | {"options": "Парк"}).status_code == 422
    assert client.post(desk, RANKED | {"details": "Біля річки."}).status_code == 302
    assert "Біля річки." in client.get(desk).text
    option = poll.questions.get().options.first()
    assert (option.text, option.details, option.cost) == ("Парк", "з фонтаном", 1_200_000)
    assert client.post(f"{desk}schedule/").status_code == 302
    poll.refresh_from_db()
    assert poll.state_at(clock.now()) == State.OPEN
    assert poll.lot
    assert client.post(desk, RANKED).status_code == 422
    assert client.post(f"{desk}edit/", described(department, title="Інше")).status_code == 422
    assert poll.questions.count() == 1


def test_after_a_conflict_the_page_names_what_is_stored(client, officer, colleague, department):
    poll = factories.poll(officer, department, State.DRAFT)
    client.force_login(officer)
    page = f"/desk/polls/{poll.pk}/edit/"
    drawn = carried(client, page)
    actions.change(poll, by=colleague, fields={"title": "Назва від А"})
    response = client.post(page, described(department, title="Назва від Б") | drawn)
    assert response.status_code == 409
    shown = html.fromstring(response.text)
    assert shown.xpath("string(//h1)") == "Назва від А"
    assert "Назва від А" in shown.xpath('string(//*[contains(@class, "govuk-breadcrumbs")])')
    assert response.context["form"]["title"].value() == "Назва від Б"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"voters": "district"}, "district"),
        ({"secrecy": "secret", "results_while_open": "on"}, "results_while_open"),
        ({"voters": "residents", "min_age": 18}, "min_age"),
        ({"closes_at": "2020-01-01T00:00"}, "closes_at"),
        ({"opens_at": "0001-01-01T00:00"}, "opens_at"),
        ({"closes_at": "9999-12-31T23:59"}, "closes_at"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, officer, department, changed, field):
    client.force_login(officer)
    page = client.post("/desk/polls/new/", described(department) | changed)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Poll.objects.exists()


def test_a_quick_poll_is_open_at_once(client, officer, department, olena):
    client.force_login(officer)
    sent = {"text": "Продовжуємо?", "minutes": 3, "department": department.pk}
    assert client.post("/desk/polls/quick/", sent).status_code == 302
    poll = Poll.objects.get()
    assert poll.state_at(clock.now()) == State.OPEN
    client.force_login(olena)
    question = poll.questions.get()
    client.post(f"/polls/{poll.pk}/vote/", {f"q{question.pk}": "yes", "cast": 1})
    assert poll.open_ballots.count() == 1


def test_a_sheet_counts_when_two_have_typed_the_same(client, officer, colleague, department):
    poll = factories.poll(officer, department)
    choice = {f"q{factories.first_question(poll).pk}": factories.options(poll)[1]}
    other = {f"q{factories.first_question(poll).pk}": factories.options(poll)[0]}
    sheets = f"/desk/polls/{poll.pk}/sheets/"
    client.force_login(officer)
    assert client.post(sheets, choice | {"number": "17"}).status_code == 302
    sheet = PaperBallot.objects.get()
    assert client.get(f"{sheets}{sheet.pk}/").status_code == 403, "not by the same person"
    client.force_login(colleague)
    assert "checked" not in client.get(f"{sheets}{sheet.pk}/").content.decode()
    assert client.post(f"{sheets}{sheet.pk}/", other).status_code == 422
    assert client.post(sheets, choice | {"number": "17"}).status_code == 422
    assert client.post(f"{sheets}{sheet.pk}/", choice).status_code == 302
    factories.close(poll)
    published = client.post(f"/desk/polls/{poll.pk}/publish/", follow=True)
    counted = poll.result.counted
    assert (counted["ballots"], counted["paper"]) == (1, 1)
    assert re.search(r"на папері|on paper", published.content.decode())


def test_no_sheets_where_a_list_was_written_down(client, officer, department):
    poll = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    client.force_login(officer)
    assert client.get(f"/desk/polls/{poll.pk}/sheets/").status_code == 403


def test_extended_and_cancelled_with_reasons(client, officer, department):
    poll = factories.poll(officer, department)
    desk = f"/desk/polls/{poll.pk}/"
    client.force_login(officer)
    later = {
        "closes_at": local(poll.closes_at + timedelta(days=1)),
        "reason": "Багато хто у відпустці",
    }
    assert client.post(f"{desk}extend/", later | {"reason": ""}).status_code == 422
    later |= carried(client, f"{desk}extend/")
    assert client.post(f"{desk}extend/", later).status_code == 302
    assert "Багато хто у відпустці" in client.get(f"/polls/{poll.pk}/").content.decode()
    assert client.post(f"{desk}cancel/", {"reason": "Помилка в питанні"}).status_code == 302
    poll.refresh_from_db()
    assert poll.state_at(clock.now()) == State.CANCELLED


def test_others_do_not_see_the_desk(client, officer, department, olena, mo):
    poll = factories.poll(officer, department, State.DRAFT)
    elsewhere = house.user(
        "elsewhere", role="officer", department=house.department("Інший", "other")
    )
    for person, status in ((olena, 404), (mo, 404), (elsewhere, 404)):
        client.force_login(person)
        assert client.get(f"/desk/polls/{poll.pk}/").status_code == status
    client.force_login(olena)
    assert client.get("/desk/polls/").status_code == 403


def test_a_draft_may_be_thrown_away(client, officer, department):
    poll = factories.poll(officer, department, State.DRAFT)
    client.force_login(officer)
    question = poll.questions.get()
    client.post(f"/desk/polls/{poll.pk}/questions/{question.pk}/delete/")
    assert not poll.questions.exists()
    assert client.get(f"/desk/polls/{poll.pk}/discard/").status_code == 200
    assert Poll.objects.exists()
    client.post(f"/desk/polls/{poll.pk}/discard/")
    assert not Poll.objects.exists()


def test_publishing_counts_and_cleans(client, officer, department, olena):
    poll = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    electorate_actions.freeze(poll)
    factories.close(poll)
    client.force_login(officer)
    assert client.post(f"/desk/polls/{poll.pk}/publish/").status_code == 302
    poll.refresh_from_db()
    assert poll.published_at
    assert poll.result.codes_hash


def test_it_is_not_extended_to_the_end_of_the_calendar(client, officer, department):
    client.force_login(officer)
    poll = factories.poll(officer, department)
    sent = {"closes_at": "9999-12-31T23:59", "reason": "Ще трохи."}
    assert client.post(f"/desk/polls/{poll.pk}/extend/", sent).status_code == 422
    assert not poll.extensions.exists()


def test_a_poll_that_is_called_off_waits_for_no_results(department, officer):
    poll = factories.poll(officer, department)
    factories.close(poll)
    assert [each.shown.poll.pk for each in waiting(officer, 5)] == [poll.pk]
    Poll.objects.filter(pk=poll.pk).update(cancelled_at=clock.now(), cancelled_reason="Помилка.")
    assert waiting(officer, 5) == []
