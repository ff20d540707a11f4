"""Several items decided by one vote: each has its own frozen result."""

from __future__ import annotations

from typing import Any

import pytest

from meetings.actions import agenda, bulk, rollcalls
from meetings.actions.bundles import open_bundle
from meetings.models import BundledItem, Item, LogEntry, Meeting, RollCall, State
from meetings.reading import ShownRollCall
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(db: None) -> Meeting:
    running = factories.meeting(State.RUNNING, items=5)
    bulk.note_all_present(running, by=factories.secretary())
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
    bulk.vote_for_the_rest(first, by=by)
    against = factories.deputies(running.body)[0]
    rollcalls.enter_vote(first, against, by=by, choice="against")
    agenda.drop_item(running.items.get(order=5), by=by)  # off the agenda meanwhile
    assert RollCall.objects.count() == 1
    rollcalls.close_roll_call(first, by=by)
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
    rollcalls.publish_roll_call(running.items.get(order=3).roll_calls.get(), by=by)
    assert not RollCall.objects.filter(published_at=None).exists()
    published = running.log.filter(kind=LogEntry.Kind.ROLL_CALL_PUBLISHED)
    assert published.count() == 3
    running.refresh_from_db()
    assert running.current_item.order == 1


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
