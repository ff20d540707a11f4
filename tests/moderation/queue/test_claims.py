"""Two moderators never hold one comment, and nothing is decided twice or lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.remarks import actions as consultations
from core.domain.rules import Refused
from discussions import actions as discussion
from moderation import queries
from moderation.models import QueueItem, Ruling
from moderation.queue import actions
from tests import factories
from tests.moderation.flood import flood

pytestmark = pytest.mark.django_db


@pytest.fixture
def flooded(department):
    return flood(factories.consultation(department), 40)


def held(user) -> set[int]:
    return set(QueueItem.objects.held_by(user).values_list("pk", flat=True))


def test_two_who_take_get_different_ones(flooded, mo, admin):
    assert len(actions.take(by=mo)) == actions.BATCH == 30
    assert len(actions.take(by=admin)) == 10
    assert held(mo).isdisjoint(held(admin))
    assert len(actions.take(by=mo)) == 30  # no more than a batch at once
    assert actions.release(by=mo) == 30
    assert len(actions.take(by=admin)) == 30


def test_the_riskiest_are_taken_first(flooded, mo, bohdan):
    reported = flooded[35]
    discussion.flag(reported, by=bohdan, reason="spam")
    assert actions.take(by=mo)[0] == reported.pk


def test_a_hold_ends_by_the_databases_clock(flooded, mo, admin, clock):
    actions.take(by=mo)
    clock.advance(minutes=19)
    assert len(held(mo)) == 30
    clock.advance(minutes=2)
    assert held(mo) == set()
    assert len(actions.take(by=admin)) == 30
    assert len(held(admin) & {comment.pk for comment in flooded[:30]}) == 30


@pytest.mark.parametrize("decide", [actions.leave_up, actions.hide])
def test_nobody_else_decides_on_what_is_held(flooded, mo, admin, decide):
    how = {"reason": "spam", "note": "Реклама"} if decide is actions.hide else {}
    actions.take(by=mo)
    with pytest.raises(Refused) as refused:
        decide(flooded[0], by=admin, **how)
    assert refused.value.verdict.code == "moderation.held"
    decide(flooded[0], by=mo, **how)
    assert flooded[0].pk not in held(mo)


def test_what_was_read_as_waiting_is_decided_once(flooded, mo, admin):
    actions.leave_up(flooded[0], by=mo)
    for decide in (
        lambda: actions.leave_up(flooded[0], by=admin),
        lambda: actions.hide(
            flooded[0], by=admin, reason="spam", note="Порушує правила", is_waiting=True
        ),
    ):
        with pytest.raises(Refused) as refused:
            decide()
        assert refused.value.verdict.code == "moderation.decided_already"
    # Found among the newest it may be hidden all the same: that is another decision.
    actions.hide(flooded[0], by=admin, reason="spam", note="Порушує правила")
    assert [ruling.kind for ruling in Ruling.objects.order_by("pk")] == ["left", "hidden"]


def test_the_queue_says_who_holds_what(client, flooded, mo, admin):
    actions.take(by=admin)
    client.force_login(mo)
    page = client.get(reverse("moderation:queue")).text
    assert page.count("data-queue-item") == 20
    assert page.count("queue__held") == 20
    assert admin.public_name in page
    assert "data-approve" not in page
    response = client.post(reverse("moderation:approve", args=[flooded[0].pk]))
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_taken_and_decided_from_ones_own_list(client, flooded, mo):
    client.force_login(mo)
    response = client.post(reverse("moderation:take"))
    assert response["Location"].endswith("?list=mine")
    page = client.get(response["Location"]).text
    assert page.count("data-approve") == 30
    address = reverse("moderation:approve", args=[flooded[0].pk])
    response = client.post(f"{address}?list=mine", headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response.text.count("data-queue-item") == 29
    response = client.post(reverse("moderation:release"))
    assert response["Location"].endswith("?list=waiting")
    assert held(mo) == set()


def test_who_moderates_one_consultation_takes_from_that_alone(flooded, department, olena):
    other = factories.consultation(department)
    said = consultations.remark(other, by=olena, text="Слово").comment
    hers = factories.user("hers", role="moderator", scope=other.topic)
    assert actions.take(by=hers) == [said.pk]
    nobody = factories.user("nobody", role="moderator", scope="consultation:999999")
    assert actions.take(by=nobody) == []


def test_bulk_hides_all_of_the_same_words(client, department, mo, admin, olena, bohdan, charlie):
    opened = factories.consultation(department)
    people = (olena, bohdan, charlie)
    same = [
        consultations.remark(opened, by=by, text=f"Купуйте вікна{sign} Дешево").comment
        for by, sign in zip(people, ".!–", strict=True)
    ]
    other = consultations.remark(opened, by=olena, text="Не купуйте вікна. Дешево").comment
    (item, *_rest) = queries.queue(mo, "waiting", None)
    assert item.same == 3
    client.force_login(mo)
    address = reverse("moderation:hide", args=[same[0].pk])
    sent = {f"c{same[0].pk}-reason": "spam", "same": "1", "waiting": "1"}
    # A ground alone says nothing, and what is quoted stands in the text.
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, f"c{same[0].pk}-quote": "двері"}).status_code == 422
    assert not Ruling.objects.exists()
    client.post(address, {**sent, f"c{same[0].pk}-quote": "вікна. Дешево"})
    assert [ruling.comment for ruling in Ruling.objects.order_by("comment")] == same
    other.refresh_from_db()
    assert other.is_visible
    consultations.remark(opened, by=admin, text="купуйте вікна, дешево")
    assert queries.queue_size(mo) == 2


def test_bulk_leaves_up_but_what_another_holds(department, mo, admin, olena, bohdan):
    opened = factories.consultation(department)
    first, second = (
        consultations.remark(opened, by=by, text="Підтримую цей проєкт!").comment
        for by in (olena, bohdan)
    )
    QueueItem.objects.filter(pk=second.pk).update(
        claimed_by=admin, claimed_until="2100-01-01T00:00Z"
    )
    assert actions.leave_up_same(first, by=mo) == 1
    assert QueueItem.objects.waiting().get().pk == second.pk
