"""A change of many rows by one press is taken back for half an hour, and nobody's work with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from consultations.dispositions import actions, actions_bulk
from consultations.dispositions.events import (
    ApprovalTakenBack,
    BulkChangeTakenBack,
    DispositionApproved,
    DispositionRestored,
)
from consultations.dispositions.models import Assignment, Disposition
from consultations.dispositions.models_bulk import TAKE_BACK_FOR, BulkChange
from consultations.models import Edition, Remark
from consultations.register.numbering import number_remarks
from consultations.remarks import actions as speaking
from core.models import AuditEntry
from discussions.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(opened, bohdan) -> list[Remark]:
    return [speaking.remark(opened, by=bohdan, text=f"Слово {number}") for number in range(3)]


def ids_of(rows: list[Remark]) -> list[int]:
    return [row.pk for row in rows]


def stored() -> dict[int, tuple[object, ...]]:
    """All that the rows say."""
    return {row[0]: row for row in Disposition.objects.order_by("pk").values_list()}


def fill_many(opened, rows, by, reason="Ні", **more) -> BulkChange:
    words = {"kind": "rejected", "reason": reason, **more}
    actions_bulk.settle_many(opened, ids_of(rows), by=by, **words)
    return BulkChange.objects.order_by("-pk")[0]


def table_of(opened) -> str:
    return reverse("desk:table", args=[opened.pk])


def test_three_hundred_rows_but_one_are_taken_back(client, opened, bohdan, ofi, admin):
    comments = Comment.objects.bulk_create(
        Comment(thread_id=opened.thread_id, author=bohdan, text=f"Слово {n}", html="")
        for n in range(300)
    )
    Remark.objects.bulk_create(Remark(comment=each, consultation=opened) for each in comments)
    number_remarks()
    theirs = Remark.objects.get(pk=comments[7].pk)
    client.force_login(ofi)
    page = reverse("desk:settle_many", args=[opened.pk]) + "?of=all"
    sent = {"bulk-kind": "rejected", "bulk-reason": "Ні", "bulk-confirmed": "300"}
    shown = client.post(page, sent, follow=True)
    change = BulkChange.objects.get()
    there = reverse("desk:bulk_change", args=[opened.pk, change.pk])
    assert f'action="{there}"' in shown.text
    assert "заповнено однаково 300 рядків" in shown.text
    actions.settle(theirs, by=admin, kind="accepted")
    left = client.post(there, follow=True)
    assert "Скасовано: 299 рядків" in left.text
    assert f"№ {theirs.number}</a>: {admin.get_full_name()}" in left.text
    assert list(Disposition.objects.values_list("pk", "kind")) == [(theirs.pk, "accepted")]
    assert there not in client.get(table_of(opened)).text
    again = client.post(there)
    assert again.status_code == 422
    assert "вже скасовано" in again.text
    entry = AuditEntry.objects.get(event="BulkChangeTakenBack")
    assert (entry.actor, entry.ids["change_id"]) == (ofi.pk, change.pk)
    assert AuditEntry.objects.filter(event="DispositionRestored", actor=ofi.pk).count() == 299


def test_rows_say_exactly_what_they_said(opened, rows, ofi, admin, emitted):
    actions.settle(rows[0], by=admin, kind="accepted")
    actions.approve(rows[0], by=admin)
    actions.settle(rows[1], by=admin, kind="partly", reason="До 22:30")
    before = stored()
    first = fill_many(opened, rows, ofi, overwrites=True, replaces=2)
    actions_bulk.approve_many(opened, ids_of(rows), by=ofi)
    second = BulkChange.objects.latest("pk")
    # One after the other: what the second wrote is not the first one's any more.
    emitted.clear()
    assert actions_bulk.take_back(second, by=ofi) == actions_bulk.TakenBack(2, 0)
    assert [each for each in emitted if isinstance(each, ApprovalTakenBack)] == [
        ApprovalTakenBack(row.pk, opened.pk, ofi.pk) for row in rows[1:]
    ]
    emitted.clear()
    assert actions_bulk.take_back(first, by=ofi) == actions_bulk.TakenBack(3, 0)
    assert stored() == before
    assert DispositionApproved(rows[0].pk, opened.pk, ofi.pk) in emitted
    assert DispositionRestored(rows[2].pk, opened.pk, ofi.pk) in emitted
    assert emitted[-1] == BulkChangeTakenBack(opened.pk, ofi.pk, first.pk)


def test_what_was_approved_since_is_left(opened, rows, ofi, admin):
    change = fill_many(opened, rows, ofi)
    actions.approve(rows[0], by=admin)
    assert actions_bulk.take_back(change, by=ofi) == actions_bulk.TakenBack(2, 1)
    left = change.rows.get(is_left=True)
    assert (left.remark_id, left.later_by) == (rows[0].pk, admin)
    assert left.later_at is not None


def test_a_folded_row_goes_with_its_head(opened, rows, ofi):
    Remark.objects.filter(pk=rows[1].pk).update(folded_into=rows[0])
    change = fill_many(opened, [rows[0]], ofi)
    assert change.number == 2
    actions_bulk.take_back(change, by=ofi)
    assert not Disposition.objects.exists()


def test_the_last_minute_and_the_minute_after(client, opened, rows, ofi, clock, refused):
    first, second = fill_many(opened, rows[:1], ofi), fill_many(opened, rows[1:], ofi)
    client.force_login(ofi)
    clock.set(first.at + TAKE_BACK_FOR - timedelta(seconds=1))
    assert "Скасувати дію" in client.get(table_of(opened)).text
    actions_bulk.take_back(first, by=ofi)
    clock.set(second.at + TAKE_BACK_FOR + timedelta(seconds=1))
    assert "Скасувати дію" not in client.get(table_of(opened)).text
    with refused("disposition.too_late"):
        actions_bulk.take_back(second, by=ofi)
    with (
        pytest.raises(IntegrityError, match="bulk_change_taken_back_in_time"),
        transaction.atomic(),
    ):
        BulkChange.objects.filter(pk=second.pk).update(
            taken_back_by=ofi, taken_back_at=second.until + timedelta(microseconds=1)
        )
    assert Disposition.objects.count() == 2


def test_not_once_the_report_stands(client, opened, rows, ofi, refused):
    change = fill_many(opened, rows, ofi)
    Edition.objects.create(
        consultation=opened, number=1, at=change.at, by=ofi, content={}, rows_total=0
    )
    client.force_login(ofi)
    assert "Скасувати дію" not in client.get(table_of(opened)).text
    with refused("disposition.in_the_report"):
        actions_bulk.take_back(change, by=ofi)


def test_is_for_who_made_it_and_who_keeps_the_record(
    client, opened, rows, ofi, admin, stranger, refused
):
    actions.assign(opened, [rows[0].pk], by=ofi, person_id=stranger.pk)
    theirs = fill_many(opened, rows, stranger)
    ours = fill_many(opened, rows[1:], ofi)
    client.force_login(stranger)
    text = client.get(table_of(opened)).text
    offered = [
        reverse("desk:bulk_change", args=[opened.pk, each.pk]) in text for each in (theirs, ours)
    ]
    assert offered == [True, False]
    assert client.post(reverse("desk:bulk_change", args=[opened.pk, ours.pk])).status_code == 404
    with refused("disposition.officers_only"):
        actions_bulk.take_back(ours, by=stranger)
    # The row was given to somebody else meanwhile: it is not theirs to change.
    Assignment.objects.filter(remark=rows[0]).delete()
    with refused("disposition.officers_only"):
        actions_bulk.take_back(theirs, by=stranger)
    assert actions_bulk.take_back(theirs, by=admin).restored == 1


def test_nothing_is_replaced_of_which_the_officer_was_not_told(client, opened, rows, ofi, admin):
    """Also what a colleague wrote after the number was shown; half a row counts, too."""
    client.force_login(ofi)
    page = reverse("desk:settle_many", args=[opened.pk]) + "?of=all"
    actions.settle(rows[0], by=admin, kind="", reason="Ще думаю")
    sent = {"bulk-kind": "rejected", "bulk-reason": "Ні", "bulk-confirmed": "3"}
    sent |= {"bulk-overwrites": "on"}
    asked = client.post(page, sent)
    assert 'name="bulk-replaces" value="1"' in asked.text
    actions.settle(rows[1], by=admin, kind="accepted")
    asked = client.post(page, sent | {"bulk-replaces": "1"})
    assert asked.status_code == 422
    assert 'name="bulk-replaces" value="2"' in asked.text
    assert Disposition.objects.count() == 2
    assert client.post(page, sent | {"bulk-replaces": "2"}).status_code == 302


def test_an_approval_mails_nobody_and_neither_does_taking_it_back(opened, rows, ofi):
    """Who took part is told by the report alone, and no report follows what can be taken back."""
    for row in rows:
        actions.settle(row, by=ofi, kind="accepted")
    actions_bulk.approve_many(opened, ids_of(rows), by=ofi)
    actions.approve(rows[0], by=ofi)
    actions_bulk.take_back(BulkChange.objects.get(), by=ofi)
    jobs = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert not [name for name in jobs if name.startswith("notifications.")]


def test_asks_no_more_for_many_rows(opened, bohdan, ofi, django_assert_max_num_queries):
    asked = []
    for number in (3, 30):
        made = [speaking.remark(opened, by=bohdan, text=f"{number}: {n}") for n in range(number)]
        for row in made:
            actions.settle(row, by=ofi, kind="accepted")
        actions_bulk.approve_many(opened, ids_of(made), by=ofi)
        actions.settle(made[0], by=ofi, kind="accepted", reason="Так")
        change = BulkChange.objects.latest("pk")
        with django_assert_max_num_queries(45) as queries:
            assert actions_bulk.take_back(change, by=ofi).left == 1
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 21
