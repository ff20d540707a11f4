"""Several items decided by one vote: each has its own frozen result."""

from __future__ import annotations

from typing import Any

import pytest

from meetings import queries
from meetings.agenda import actions as agenda_actions
from meetings.bundles.actions import open_bundle
from meetings.models import BundledItem, Item, LogEntry, Meeting, RollCall, State
from meetings.outcome.deciding import deciding
from meetings.presence import actions_bulk
from meetings.queries import ShownRollCall
from meetings.rollcalls import actions as rollcalls_actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(db: None) -> Meeting:
    running = factories.meeting(State.RUNNING, items=5)
    actions_bulk.note_all_present(running, by=factories.secretary())
    factories.on_item(running)
    running.refresh_from_db()
    return running


def _open(running: Meeting, *orders: int) -> RollCall:
    items = running.items.filter(order__in=orders).values_list("pk", flat=True)
    return open_bundle(
        running,
        by=factories.secretary(),
        items=list(items),
        question="Прийняти рішення пакетом",
        seen_item=running.current_item_id,
    )


def test_each_item_gets_its_own_roll_call_with_the_same_votes(running):
    by = factories.secretary()
    first = _open(running, 2, 3, 5)
    actions_bulk.vote_for_the_rest(first, by=by)
    against = factories.deputies(running.body)[0]
    rollcalls_actions.enter_vote(first, against, by=by, choice="against")
    agenda_actions.drop_item(running.items.get(order=5), by=by)  # off the agenda meanwhile
    assert RollCall.objects.count() == 1
    rollcalls_actions.close_roll_call(first, by=by)
    assert list(BundledItem.objects.filter(own=None).values_list("item__order", flat=True)) == [5]
    for order in (2, 3):
        item = running.items.get(order=order)
        own = item.roll_calls.get()
        result = ShownRollCall.of(own).result
        assert (result.for_, result.against, result.present) == (4, 1, 5)
        assert (own.question, own.closed_at) == (
            first.question,
            RollCall.objects.get(pk=first.pk).closed_at,
        )
        assert list(own.votes.values_list("deputy", "choice", "by")) == list(
            first.votes.values_list("deputy", "choice", "by")
        )
        assert item.state == Item.State.DONE
        kinds = running.log.filter(item=item).values_list("kind", flat=True)
        assert list(kinds) == ["item", "roll_call_closed", "item_done"]
    # Published with one press, whichever of them it is.
    rollcalls_actions.publish_roll_call(running.items.get(order=3).roll_calls.get(), by=by)
    assert not RollCall.objects.filter(published_at=None).exists()
    published = running.log.filter(kind=LogEntry.Kind.ROLL_CALL_PUBLISHED)
    assert published.count() == 3
    running.refresh_from_db()
    assert running.current_item.order == 1


def test_the_result_of_one_item_is_annulled_and_repeated_by_itself(client: Any, running):
    by = factories.secretary()
    first = _open(running, 2, 3, 5)
    actions_bulk.vote_for_the_rest(first, by=by)
    rollcalls_actions.close_roll_call(first, by=by)
    item = running.items.get(order=3)
    own = item.roll_calls.get()
    client.force_login(by)
    address = f"/meetings/{running.pk}/control/roll-calls/{own.pk}/annul/"
    page = client.get(address).text
    assert "3. Питання 3: Прийняти рішення пакетом" in page
    others = [first, *RollCall.objects.filter(item__order__in=(2, 5)).order_by("pk")]
    assert [each.pk for each in queries.decided_with(own)] == [each.pk for each in others]
    for each in others:
        assert f"/control/roll-calls/{each.pk}/annul/" in page
    assert len(queries.decided_with(first)) == 3
    client.post(address, {"reason": "Питання 3 потребує двох третин"})
    assert decisions_on(running) == {1: True, 2: True, 3: False, 5: True}
    # All are published, and what was annulled is marked; it is repeated on its own item.
    rollcalls_actions.publish_roll_call(first, by=by)
    assert not RollCall.objects.filter(published_at=None).exists()
    factories.on_item(running, 3)
    page = client.get(f"/meetings/{running.pk}/control/").text
    assert f"?repeats={own.pk}" in page
    again = factories.roll_call(running, repeats=own, needs="two_thirds")
    actions_bulk.vote_for_the_rest(again, by=by)
    rollcalls_actions.close_roll_call(again, by=by)
    assert decisions_on(running) == {1: True, 2: True, 3: True, 5: True}
    assert item.roll_calls.get(pk=own.pk).annulment.repeated_by == again
    assert not BundledItem.objects.filter(own=again).exists()


def decisions_on(meeting: Meeting) -> dict[int, bool]:
    """Whether each item that was voted on is decided."""
    found: dict[int, list[RollCall]] = {}
    for roll_call in RollCall.objects.filter(item__meeting=meeting).order_by("item__order", "pk"):
        found.setdefault(roll_call.item_id, []).append(roll_call)
    items = Item.objects.in_bulk(found)
    return {items[pk].order: bool(deciding(items[pk], found[pk])) for pk in found}


def test_refusals(running):
    considered = running.items.get(order=1)
    with factories.refused("bundle.empty"):
        _open(running)
    with factories.refused("bundle.not_planned"):
        _open(running, considered.order, 2)
    assert not RollCall.objects.exists()
    _open(running, 2)
    with factories.refused("rollcall.another_open"):
        _open(running, 3)


def test_at_the_control_page(client: Any, running):
    client.force_login(factories.secretary())
    there = f"/meetings/{running.pk}/control/bundle/"
    assert there in client.get(f"/meetings/{running.pk}/control/").text
    form = client.get(there).context["form"]
    assert [label for _pk, label in form.fields["items"].choices] == [
        f"{order}. Питання {order}" for order in (2, 3, 4, 5)
    ]
    said = {"question": "Пакетом", "needs": "majority", "seen_item": running.current_item_id}
    assert client.post(there, said).context["form"].errors.keys() == {"items"}
    chosen = running.items.get(order=4).pk
    assert client.post(there, {**said, "items": [chosen]}).status_code == 302
    assert "4. Питання 4" in client.get(f"/meetings/{running.pk}/control/").text
