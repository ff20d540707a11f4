"""The queue: what is due first stands first; who sees what; a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core.domain import clock as database_clock
from core.domain.calendar import local_date
from petitions.desk import queries
from petitions.models import State, Step
from tests import factories as people
from tests.petitions import factories

pytestmark = pytest.mark.django_db
QUEUE = "/desk/petitions/"


def titles(response):
    return [row.petition.title for row in response.context["rows"]]


@pytest.fixture
def some(olena, department):
    """Everything that waits and something that does not, due at different days."""
    today = local_date(database_clock.now())

    def one(state, days, column, **fields):
        due = {column: today + timedelta(days=days)} if column else {}
        return factories.petition(olena, state, title=state.value, **(due | fields))

    ours = {"department": department}
    one(State.DRAFT, 0, None)
    one(State.MODERATION, 1, "publish_due_on")
    one(State.REACHED, -2, "notice_due_on", **ours)
    one(State.REVIEW, 4, "review_due_on", **ours)
    one(State.AGENDA, 3, "review_due_on", **ours)
    one(State.SUPPORTED, 0, "answer_due_on", **ours)
    one(State.NOT_REACHED, 0, None, **ours)
    for state in (State.COLLECTING, State.ANSWERED, State.REFUSED, State.WITHDRAWN):
        one(state, 0, None, **ours)


def test_what_is_due_first_stands_first(client, some, admin):
    client.force_login(admin)
    found = client.get(QUEUE)
    assert titles(found) == [
        "reached",
        "supported",
        "moderation",
        "agenda",
        "review",
    ]
    first = found.context["rows"][0].step.urgency
    assert first.kind == "late"
    assert str(first.words) in found.text


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("moderation", ["moderation"]),
        ("reached", ["reached"]),
        ("review", ["agenda", "review"]),
        ("decided", ["supported"]),
        ("not_reached", ["not_reached"]),
        ("collecting", ["collecting", "reached"]),
        ("answered", ["answered"]),
        ("refused", ["refused"]),
        ("withdrawn", ["withdrawn"]),
    ],
)
def test_each_list_holds_its_own(client, some, admin, name, states):
    client.force_login(admin)
    found = client.get(QUEUE, {"state": name})
    assert sorted(titles(found)) == sorted(states)


def test_counts_agree_with_the_lists(client, some, admin):
    client.force_login(admin)
    numbers = queries.counts(admin)
    for name in ("moderation", "reached", "review", "decided"):
        assert numbers[name] == len(titles(client.get(QUEUE, {"state": name}))), name
    assert (numbers["waiting"], numbers["late"]) == (5, 1)


def test_a_department_sees_its_own_alone(client, some, ofi, stranger, department):
    client.force_login(ofi)
    assert "moderation" not in titles(client.get(QUEUE))  # nobody has named its department yet
    assert len(titles(client.get(QUEUE))) == 4
    client.force_login(stranger)
    assert titles(client.get(QUEUE)) == []


def test_narrows_to_a_department(client, some, mo, department):
    client.force_login(mo)
    found = client.get(QUEUE, {"department": department.slug})
    assert "moderation" not in titles(found)
    assert len(titles(found)) == 4
    assert len(titles(client.get(QUEUE, {"department": "nowhere"}))) == 5


def test_is_for_staff_alone(client, olena, mo, ofi, admin):
    assert client.get(QUEUE)["Location"] == f"{reverse('account_login')}?next={QUEUE}"
    for person, status in ((olena, 403), (mo, 200), (ofi, 200), (admin, 200)):
        client.force_login(person)
        assert client.get(QUEUE).status_code == status


def test_somebody_of_one_petition_alone_sees_it_alone(client, some, olena):
    petition = factories.petition(olena, State.MODERATION, title="одна")
    client.force_login(people.user("one", role="moderator", scope=petition.topic))
    assert titles(client.get(QUEUE)) == ["одна"]


def test_every_row_is_met_once_on_its_pages(client, olena, mo):
    today = local_date(database_clock.now())
    for number in range(45):
        due = today + timedelta(days=number // 10)
        factories.petition(olena, State.MODERATION, title=f"{number}", publish_due_on=due)
    client.force_login(mo)
    seen, address = [], QUEUE
    while address:
        found = client.get(address)
        seen += titles(found)
        following = found.context["next_url"]
        address = QUEUE + following if following else ""
    assert seen == [f"{number}" for number in range(45)]


def test_asks_as_much_for_many_as_for_one(client, olena, mo, django_assert_max_num_queries):
    for number in range(25):
        factories.petition(olena, State.MODERATION, title=f"{number}")
    client.force_login(mo)
    with django_assert_max_num_queries(10):
        client.get(QUEUE)


def test_what_was_promised_and_is_not_done_stands_by_its_day(client, olena, ofi, department):
    today = local_date(database_clock.now())
    steps = {"ахід": 5, "без дня": None, "прострочена": -3, "зроблена": -9}
    for title, days in steps.items():
        petition = factories.petition(olena, State.ANSWERED, title=title, department=department)
        due_on = today + timedelta(days=days) if days is not None else None
        done_on = today if title == "зроблена" else None
        for ahead in (0, 20):
            later = due_on + timedelta(days=ahead) if due_on else None
            Step.objects.create(petition=petition, text="а", due_on=later, done_on=done_on, by=ofi)
    client.force_login(ofi)
    found = client.get(QUEUE, {"state": "promised"})
    assert titles(found) == ["прострочена", "ахід", "без дня"]
    assert [row.step.urgency.kind for row in found.context["rows"]] == ["late", "", ""]
    assert queries.counts(ofi)["promised"] == 1


@pytest.mark.parametrize("after", ["x", "WyJuIixudWxsXQ", "9" * 600])
def test_a_cursor_of_elsewhere_gives_the_first_page(client, some, mo, after):
    client.force_login(mo)
    assert len(titles(client.get(QUEUE, {"after": after}))) == 5
