"""Polls on the pages that gather from everywhere: home, search, the sitemap, my page, the desk."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from core.web.pages import forget_pages
from portal import desk
from portal.home import pages as home
from portal.me import context as my_context
from search.entries import fill
from search.views import look_for
from tests import factories as house
from tests.votes import factories
from votes.ballots import actions
from votes.desk.queries import PUBLISH_WITHIN
from votes.life import actions as life_actions
from votes.models import Poll, State

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


def soon(poll: Poll, **left: int) -> Poll:
    """It closes so soon."""
    poll.closes_at = poll.opens_at + timedelta(**left)
    poll.save(update_fields=["closes_at"])
    return poll


def test_home_shows_what_closes_soonest_and_what_was_counted_last(client, ofi, department):
    later = factories.poll(ofi, department, title="Пізніше")
    first = soon(factories.poll(ofi, department, title="Спершу"), days=1)
    for state in (State.DRAFT, State.SCHEDULED, State.CLOSED, State.CANCELLED):
        factories.poll(ofi, department, state)
    factories.poll(ofi, department, is_quick=True)
    old = factories.poll(ofi, department, State.PUBLISHED)
    new = factories.poll(ofi, department, State.PUBLISHED)
    found = home.context()
    assert [shown.poll for shown in found["open_polls"]] == [first, later]
    assert found["counted_polls"] == [new, old]
    page = client.get("/").content.decode()
    assert f"/polls/{first.pk}/" in page
    assert f"/polls/{new.pk}/results/" in page


def test_a_kept_home_page_goes_with_what_happens_to_a_poll(client, ofi, department):
    poll = factories.poll(ofi, department)
    assert poll.title in client.get("/").content.decode()
    life_actions.cancel(poll, by=ofi, reason="Питання вже вирішено.")
    assert poll.title not in client.get("/").content.decode()


def test_search_finds_a_poll_by_its_title_and_by_what_it_asks(client, ofi, department):
    question = {"text": "Яка дорога потребує ремонту?", "kind": "yes_no"}
    made = factories.poll(ofi, department, questions=[question])
    factories.poll(ofi, department, State.DRAFT, questions=[question])
    fill()
    for words in ("ремонту доріг", "пустирем", "дорога"):
        assert look_for(words)[1].things[0] == ("polls", made.pk), words
    page = client.get("/search/?q=доріг&kind=polls").content.decode()
    assert f"/polls/{made.pk}/" in page


def test_the_sitemap_names_announced_polls(client, ofi, department):
    poll = factories.poll(ofi, department)
    draft = factories.poll(ofi, department, State.DRAFT)
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    places = [element.text for element in tree.iter() if element.tag.endswith("}loc")]
    assert any(place.endswith(f"/en/polls/{poll.pk}/") for place in places)
    assert not any(place.endswith(f"/polls/{draft.pk}/") for place in places)


def test_my_page_says_how_i_voted_openly_and_that_i_voted_secretly(
    client, ofi, department, olena, bohdan
):
    secret = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET, title="Таємне")
    opened = factories.poll(ofi, department, title="Відкрите")
    factories.cast_secretly(secret, olena)
    actions.cast(opened, by=olena, choices=factories.choose(opened, 1))
    votes = my_context(olena)["votes"]
    lines = {vote.shown.poll: [each.lines for each in vote.chosen] for vote in votes}
    assert lines == {secret: [], opened: [["Сквер"]]}
    assert my_context(bohdan)["votes"] == []
    client.force_login(olena)
    page = client.get("/account/me/").content.decode()
    assert f"/polls/{opened.pk}/vote/" in page
    assert f"/polls/{secret.pk}/vote/" not in page
    assert "Сквер" in page
    factories.close(opened)
    assert f"/polls/{opened.pk}/vote/" not in client.get("/account/me/").content.decode()


def test_my_page_asks_as_little_with_votes(ofi, department, olena, django_assert_max_num_queries):
    for _number in range(12):
        poll = factories.poll(ofi, department, questions=factories.ALL_KINDS)
        actions.cast(poll, by=olena, choices=factories.filled(poll))
    secret = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET)
    factories.cast_secretly(secret, olena)
    # One for secret polls.
    with django_assert_max_num_queries(11):
        assert len(my_context(olena)["votes"]) == 10


def test_the_desk_shows_what_waits_and_what_is_late(client, ofi, admin, department, clock):
    closed = factories.poll(ofi, department, State.CLOSED, title="Закрите")
    typed = factories.poll(ofi, department, title="З паперу")
    factories.sheet(typed, admin)
    factories.poll(ofi, department)
    factories.poll(ofi, department, State.PUBLISHED)
    found = desk.context(ofi)["polls"]
    assert [(row.shown.poll, row.sheets) for row in found["rows"]] == [(closed, 0), (typed, 1)]
    assert desk.context(ofi)["overdue"] == []
    clock.advance(seconds=PUBLISH_WITHIN.total_seconds(), days=1)  # the last day counts whole
    assert [each.title for each in desk.context(ofi)["overdue"]] == ["Закрите"]
    client.force_login(ofi, lasts=10**6)
    page = client.get("/desk/").content.decode()
    assert f"/desk/polls/{typed.pk}/sheets/" in page
    assert "Оприлюднити результати" in page


def test_the_desk_offers_a_quick_poll_to_who_may_begin_one(client, ofi, department):
    secretary = house.user("sec", role="secretary", department=department)
    for person, offered in ((ofi, True), (secretary, False)):
        client.force_login(person)
        assert ("/desk/polls/quick/" in client.get("/desk/").content.decode()) is offered


def test_the_desk_shows_no_polls_of_others(stranger, mo, ofi, department):
    factories.poll(ofi, department, State.CLOSED)
    assert desk.context(stranger)["polls"]["rows"] == []
    assert desk.context(mo)["polls"] is None


def test_the_feed_tells_what_happened_and_nothing_of_drafts(client, ofi, department):
    for state in State:
        factories.poll(ofi, department, state, title=f"Голосування {state.label}")
    extended = factories.poll(ofi, department)
    life_actions.extend(
        extended,
        by=ofi,
        closes_at=extended.closes_at + timedelta(days=1),
        reason="Просили мешканці.",
    )
    factories.poll(ofi, department, is_quick=True)
    feed = ElementTree.fromstring(client.get("/polls/feed.atom").content)  # noqa: S314 - our own
    told = [entry.findtext(f"{ATOM}id") or "" for entry in feed.iter(f"{ATOM}entry")]
    kinds = [each.split("/")[2] for each in told]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "announced": 6,
        "opened": 4,
        "closed": 2,
        "results": 1,
        "cancelled": 1,
        "extended": 1,
    }
    assert len(set(told)) == len(told)
    assert "Просили мешканці." in client.get("/polls/feed.atom").content.decode()


def test_the_calendar_has_each_opening_and_closing(client, ofi, department):
    poll = factories.poll(ofi, department, State.SCHEDULED)
    factories.poll(ofi, department, State.DRAFT)
    for address in ("/polls/calendar.ics", f"/polls/{poll.pk}/calendar.ics"):
        calendar = Calendar.from_ical(client.get(address).content)
        events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
        assert [uid.partition("@")[0] for uid in events] == [
            f"poll-{poll.pk}-opens",
            f"poll-{poll.pk}-closes",
        ]
        closing = list(events.values())[1]
        assert closing["DTSTART"].dt == poll.closes_at.replace(microsecond=0)
        assert closing["SEQUENCE"] == 0
    life_actions.cancel(poll, by=ofi, reason="Питання вже вирішено.")
    calendar = Calendar.from_ical(client.get(f"/polls/{poll.pk}/calendar.ics").content)
    assert {str(event["STATUS"]) for event in calendar.walk("VEVENT")} == {"CANCELLED"}
    assert {event["SEQUENCE"] for event in calendar.walk("VEVENT")} == {1}


def test_no_calendar_of_a_draft(client, ofi, department):
    draft = factories.poll(ofi, department, State.DRAFT)
    assert client.get(f"/polls/{draft.pk}/calendar.ics").status_code == 404
