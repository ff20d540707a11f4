"""Settling remarks: half a row is enough, folded ones follow, and nobody writes over another."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from consultations.decisions.queries import living_in
from consultations.dispositions import actions, actions_bulk, queries
from consultations.dispositions.events import (
    ApprovalTakenBack,
    DispositionApproved,
    RemarkAssigned,
    RemarkSettled,
)
from consultations.dispositions.models import ApprovalSetting, Disposition
from consultations.models import Consultation, Remark
from consultations.remarks import actions as speaking
from consultations.repeats.events import RemarkFolded, RemarkUnfolded
from consultations.reports.documents import cells_of
from consultations.reports.manifest import verify
from consultations.reports.queries import readiness_of
from consultations.reports.queries import rows_of as rows_of_edition
from consultations.text.comparison import remarks_taken_in
from core.domain import clock as database_clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.topics import seq_of
from discussions import actions as discussion
from drafts.clauses.keys import anchor_of
from realtime.broadcasts import REMARK
from tests import factories

pytestmark = pytest.mark.django_db

ACCEPTED, PARTLY, REJECTED, NOTED = "accepted", "partly", "rejected", "noted"


@pytest.fixture
def remark(opened, olena):
    return speaking.remark(opened, by=olena, text="Зробіть майданчик до 23:00")


@pytest.fixture
def secretary(department):
    return factories.user("secretary", role="secretary", department=department)


@pytest.fixture
def needs_another(department):
    ApprovalSetting.objects.create(department=department, needs_another_person=True)


def row(remark) -> Disposition:
    return Disposition.objects.get(pk=remark.pk)


def fold(remark, *others) -> None:
    Remark.objects.filter(pk__in=[other.pk for other in others]).update(folded_into=remark)


def clause_key(consultation, number="2"):
    return consultation.draft.versions.get().clauses.get(number=number).key


def test_a_row_is_filled_bit_by_bit(remark, opened, ofi, emitted, django_assert_num_queries):
    key = clause_key(opened)
    # Three locks, the row, the officer's rights, the clause, what is folded, the row, the audit's
    # entry; two are the savepoint of this test.
    with django_assert_num_queries(11):
        made = actions.settle(remark, by=ofi, kind=PARTLY, resulting_key=key)
    assert emitted == [RemarkSettled(remark.pk, opened.pk, ofi.pk)]
    assert (made.kind, made.by, made.is_complete) == (PARTLY, ofi, False)
    actions.settle(remark, by=ofi, kind=PARTLY, reason="До 22:30", resulting_key=key)
    assert (row(remark).reason, row(remark).resulting_key, row(remark).is_complete) == (
        "До 22:30",
        key,
        True,
    )
    # What says nothing new leaves no trace.
    emitted.clear()
    actions.settle(remark, by=ofi, kind=PARTLY, reason="До 22:30", resulting_key=key)
    assert emitted == []
    # A decision can be taken out again, and its reason stay.
    assert actions.settle(remark, by=ofi, kind="", reason="До 22:30").decided_at is None


def test_a_second_officer_does_not_write_over_the_first(remark, ofi, admin, refused):
    first = actions.settle(remark, by=ofi, kind=ACCEPTED, expected=None)
    for stale in (None, first.changed_at.replace(year=2000)):
        with refused("disposition.changed_meanwhile"):
            actions.settle(remark, by=admin, kind=REJECTED, expected=stale)
    assert row(remark).kind == ACCEPTED
    assert actions.settle(remark, by=admin, kind=REJECTED, expected=first.changed_at)


def test_what_is_refused(remark, opened, olena, ofi, stranger, refused):
    for person in (olena, stranger):
        with refused("disposition.officers_only"):
            actions.settle(remark, by=person, kind=ACCEPTED)
    with refused("disposition.no_such_clause"):
        actions.settle(remark, by=ofi, kind=ACCEPTED, resulting_key=uuid4())
    with refused("disposition.reason_too_long"):
        actions.settle(remark, by=ofi, kind=REJECTED, reason="б" * 5001)
    wording = speaking.remark(
        opened,
        by=olena,
        text="Краще так",
        kind="wording",
        clause_id=opened.draft.versions.get().clauses.get(number="2").pk,
        proposal="До 23:00",
    )
    with refused("disposition.proposes"):
        actions.settle(wording, by=ofi, kind=NOTED, reason="До відома")
    discussion.delete(wording.comment, by=olena)
    with refused("disposition.deleted"):
        actions.settle(wording, by=ofi, kind=ACCEPTED)
    assert not Disposition.objects.exists()


def test_what_is_folded_is_answered_with_it(remark, opened, bohdan, charlie, ofi, emitted, refused):
    others = [speaking.remark(opened, by=each, text="До 23:00!") for each in (bohdan, charlie)]
    fold(remark, *others)
    emitted.clear()
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша з 22:00")
    group = [remark, *others]
    assert emitted == [RemarkSettled(each.pk, opened.pk, ofi.pk) for each in group]
    assert [row(each).reason for each in group] == ["Тиша з 22:00"] * 3
    with refused("disposition.folded"):
        actions.settle(others[0], by=ofi, kind=ACCEPTED)
    emitted.clear()
    actions.approve(remark, by=ofi)
    assert emitted == [DispositionApproved(each.pk, opened.pk, ofi.pk) for each in group]
    [shown] = queries.table(opened)
    assert [each.pk for each in shown.folded] == [each.pk for each in others]


def test_only_what_is_whole_is_approved(remark, ofi, refused):
    with refused("disposition.incomplete"):
        actions.approve(remark, by=ofi)
    actions.settle(remark, by=ofi, kind=REJECTED)
    with refused("disposition.incomplete"):
        actions.approve(remark, by=ofi)
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша з 22:00")
    assert actions.approve(remark, by=ofi).approved_by == ofi


def test_another_person_approves_where_the_department_says_so(
    remark, opened, ofi, secretary, needs_another, emitted, refused
):
    actions.settle(remark, by=ofi, kind=ACCEPTED)
    with refused("disposition.own"):
        actions.approve(remark, by=ofi)
    actions.approve(remark, by=secretary)
    emitted.clear()
    # Other words are another disposition: they are approved again.
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша з 22:00")
    assert emitted == [
        RemarkSettled(remark.pk, opened.pk, ofi.pk),
        ApprovalTakenBack(remark.pk, opened.pk, ofi.pk),
    ]
    assert row(remark).approved_at is None


def test_who_may_approve_alone_corrects_what_is_public(remark, opened, ofi, emitted):
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша")
    actions.approve(remark, by=ofi)
    emitted.clear()
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша з 22:00")
    assert emitted[-1] == DispositionApproved(remark.pk, opened.pk, ofi.pk)
    assert row(remark).approved_at
    # Half a row is nothing to be read.
    actions.settle(remark, by=ofi, kind=REJECTED)
    assert emitted[-1] == ApprovalTakenBack(remark.pk, opened.pk, ofi.pk)
    assert row(remark).approved_at is None


def test_what_the_report_says_is_public_until_it_is_changed(remark, opened, ofi, clock):
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша з 22:00")
    now = row(remark).changed_at
    assert not row(remark).is_public(None)
    assert row(remark).is_public(now)
    assert not row(remark).is_public(now.replace(year=2000))
    assert queries.counts_by_kind(opened) == {}
    clock.set(opened.closes_at)
    Consultation.objects.filter(pk=opened.pk).update(reported_at=opened.closes_at)
    assert queries.counts_by_kind(opened) == {REJECTED: 1}


def test_many_at_once_leave_alone_what_is_decided(remark, opened, bohdan, ofi, emitted, refused):
    others = [speaking.remark(opened, by=bohdan, text=f"Слово {n}") for n in range(3)]
    ids = [each.pk for each in (remark, *others)]
    actions.settle(remark, by=ofi, kind=ACCEPTED)
    emitted.clear()
    assert actions_bulk.settle_many(opened, ids, by=ofi, kind=REJECTED, reason="Ні") == 3
    assert row(remark).kind == ACCEPTED
    assert len(emitted) == 3
    noted = {"kind": NOTED, "reason": "Так", "overwrites": True}
    with refused("disposition.replaces"):
        actions_bulk.settle_many(opened, ids, by=ofi, replaces=3, **noted)
    assert actions_bulk.settle_many(opened, ids, by=ofi, replaces=4, **noted) == 4
    assert actions_bulk.approve_many(opened, ids, by=ofi) == 4
    assert actions_bulk.approve_many(opened, ids, by=ofi) == 0


def test_given_rows_are_filled_by_whom_they_were_given_to(
    remark, opened, bohdan, ofi, stranger, emitted, refused
):
    other = speaking.remark(opened, by=bohdan, text="Слово")
    emitted.clear()
    department_id = stranger.grants.get().department_id
    assert actions.assign(opened, [remark.pk], by=ofi, department_id=department_id) == 1
    assert emitted == [RemarkAssigned(remark.pk, opened.pk, ofi.pk, None, department_id)]
    assert actions.settle(remark, by=stranger, kind=ACCEPTED)
    with refused("disposition.officers_only"):
        actions.settle(other, by=stranger, kind=ACCEPTED)
    with refused("disposition.officers_only"):
        actions.approve(remark, by=stranger)
    # They hand it over, and have it no more.
    assert actions.assign(opened, [remark.pk, other.pk], by=stranger, person_id=ofi.pk) == 1
    with refused("disposition.officers_only"):
        actions.settle(remark, by=stranger, kind=REJECTED)


def test_what_is_missing_is_named(remark, opened, bohdan, mo, ofi, django_assert_max_num_queries):
    other = speaking.remark(opened, by=bohdan, text="Слово")
    hidden = speaking.remark(opened, by=bohdan, text="Реклама")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Порушує правила")
    actions.settle(other, by=ofi, kind=REJECTED, reason="  ")
    assert queries.counts_by_state(queries.rows_of(opened)) == {
        "all": 3,
        "empty": 2,
        "unexplained": 1,
        "decided": 0,
        "approved": 0,
        "unchecked": 0,
    }
    with django_assert_max_num_queries(9):
        lacking = readiness_of(opened)
    # Hiding is not deciding (ADR 98).
    assert [(gap.remark_id, gap.has_kind) for gap in lacking.gaps] == [
        (remark.pk, False),
        (other.pk, True),
        (hidden.pk, False),
    ]
    actions.settle(other, by=ofi, kind=REJECTED, reason="Ні")
    actions.settle(hidden, by=ofi, kind=REJECTED, reason="Не пропозиція")
    actions.settle(remark, by=ofi, kind=ACCEPTED)
    assert not readiness_of(opened).gaps_total


def test_the_card_says_what_became_of_it_once_that_is_public(client, remark, opened, ofi):
    key = clause_key(opened, "2.1")
    actions.settle(remark, by=ofi, kind=PARTLY, reason="Лише у свята", resulting_key=key)
    page = opened.get_absolute_url()
    assert "Лише у свята" not in client.get(page).text
    actions.approve(remark, by=ofi)
    for address in (page, remark.get_absolute_url()):
        shown = client.get(address).text
        assert "враховано частково" in shown
        assert "Лише у свята" in shown
        assert f"{page}#{anchor_of(key)}" in shown


def test_whoever_watches_sees_it_at_once(remark, opened, ofi):
    context = dict(REMARK.contexts([remark.pk]))[remark.pk]
    assert context["shown_remark"].disposition is None
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша з 22:00")
    before = seq_of(opened.topic)
    actions.approve(remark, by=ofi)
    assert seq_of(opened.topic) == before + 1
    context = dict(REMARK.contexts([remark.pk]))[remark.pk]
    assert context["shown_remark"].disposition.reason == "Тиша з 22:00"


def test_the_public_page_shows_what_is_public(client, remark, opened, bohdan, mo, ofi):
    other = speaking.remark(opened, by=bohdan, text="Потаємне слово")
    folded = speaking.remark(opened, by=bohdan, text="Зробіть майданчик до 23:00!")
    fold(remark, folded)
    for each, kind in ((remark, REJECTED), (other, ACCEPTED)):
        actions.settle(each, by=ofi, kind=kind, reason="Тиша з 22:00")
    page = reverse("consultations:dispositions", args=[opened.pk])
    assert "Тиша" not in client.get(page).text
    actions_bulk.approve_many(opened, [remark.pk, other.pk], by=ofi)
    shown = client.get(page).text
    assert shown.count("Тиша з 22:00") == 2
    assert folded.get_absolute_url() in shown
    assert "Потаємне" not in client.get(page + "?kind=rejected").text
    assert "Потаємне" in client.get(page + "?kind=accepted&clause=x&after=%00").text
    discussion.hide(other.comment, by=mo, reason="spam", note="Порушує правила")
    shown = client.get(page).text
    own = shown.split(f'id="row-{other.pk}"')[1].split("</li>")[0]
    assert "враховано" in own and "Тиша з 22:00" not in own  # ADR 98


def test_of_a_hidden_remark_the_kind_alone_is_told(client, remark, opened, bohdan, mo, ofi, clock):
    other = speaking.remark(opened, by=bohdan, text="Потаємне слово")
    actions.settle(remark, by=ofi, kind=ACCEPTED)
    actions.settle(other, by=ofi, kind=REJECTED, reason="«Потаємне слово» – не пропозиція")
    discussion.hide(other.comment, by=mo, reason="spam", note="Порушує правила")
    clock.set(opened.closes_at)
    edition = factories.publish_report(opened, by=ofi)
    page = reverse("consultations:dispositions", args=[opened.pk])
    # With the report it has its place: its number, and why it is hidden.
    shown = client.get(page).text
    own = shown.split(f'id="row-{other.pk}"')[1].split("</li>")[0]
    assert "№ 2" in own
    assert bohdan.public_name not in own
    assert f'id="row-{other.pk}"' in client.get(page, {"kind": "rejected"}).text
    client.force_login(mo)
    places = (page, other.get_absolute_url(), edition.get_absolute_url())
    for address in (*places, f"/consultations/{opened.pk}/data.csv"):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert "не пропозиція" not in body.decode()
    assert queries.counts_by_kind(opened) == {ACCEPTED: 1, REJECTED: 1}
    # What was decided on it is not lost.
    discussion.restore(other.comment, by=mo)
    assert "не пропозиція" in client.get(page).text


def test_what_an_edition_said_goes_with_the_words(client, remark, opened, mo, ofi, clock):
    actions.settle(remark, by=ofi, kind=REJECTED, reason="«Зробіть майданчик» – ні")
    clock.set(opened.closes_at)
    edition = factories.publish_report(opened, by=ofi)
    address = edition.get_absolute_url()
    assert "«Зробіть майданчик» – ні" in client.get(address).text
    discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    assert "«Зробіть майданчик» – ні" not in client.get(address).text
    [shown] = rows_of_edition(edition)
    assert cells_of(shown)[4:] == ["Відхилено", "Обґрунтування перевіряється.", ""]
    assert verify(edition) == []


def test_the_public_page_asks_no_more_of_many(
    client, remark, opened, bohdan, ofi, django_assert_max_num_queries
):
    page = reverse("consultations:dispositions", args=[opened.pk])
    client.get(page)
    for n in range(20):
        made = speaking.remark(opened, by=bohdan, text=f"Слово {n}")
        actions.settle(made, by=ofi, kind=ACCEPTED)
        actions.approve(made, by=ofi)
    with django_assert_max_num_queries(8):
        assert client.get(page).text.count('class="disposition"') == 20


def test_a_folded_remark_says_what_its_head_says(client, remark, opened, bohdan, ofi, clock):
    """Also one with a decision of its own, which was folded again by staff."""
    other = speaking.remark(opened, by=bohdan, text="Зробіть майданчик до 23:00!")
    key = clause_key(opened, "2.1")
    actions.settle(other, by=ofi, kind=REJECTED, reason="Власна відповідь")
    actions.approve(other, by=ofi)
    fold(remark, other)
    assert "Власна відповідь" not in client.get(other.get_absolute_url()).text
    now = database_clock.now()
    Disposition.objects.create(
        remark=remark,
        kind=PARTLY,
        reason="Спільна",
        resulting_key=key,
        by=ofi,
        decided_at=now,
        approved_by=ofi,
        approved_at=now,
    )
    page = client.get(other.get_absolute_url(), {"x": 1}).text
    assert "Спільна" in page
    assert "Власна відповідь" not in page
    assert queries.counts_by_kind(opened) == {PARTLY: 2}
    clock.set(opened.closes_at)
    rows = factories.publish_report(opened, by=ofi).rows.order_by("place")
    assert [row.facts["reason"] for row in rows] == ["Спільна", "Спільна"]
    assert remarks_taken_in(opened) == {key: [1, 2]}
    living = living_in(opened.draft.versions.get().pk, opened)
    assert [each.number for each in living[key]] == [1, 2]
    Remark.objects.filter(pk=other.pk).update(folded_into=None)
    assert "Власна відповідь" in client.get(other.get_absolute_url(), {"x": 2}).text


def test_what_is_folded_later_is_decided_with_its_head(remark, opened, bohdan, ofi, emitted):
    later = speaking.remark(opened, by=bohdan, text="До 23:00!")
    actions.settle(remark, by=ofi, kind=REJECTED, reason="Тиша з 22:00")
    actions.approve(remark, by=ofi)
    with action():
        emit(RemarkFolded(later.pk, opened.pk, remark.pk))
    assert (row(later).reason, row(later).approved_by) == ("Тиша з 22:00", ofi)
    assert DispositionApproved(later.pk, opened.pk, ofi.pk) in emitted
    with action():
        emit(RemarkUnfolded(later.pk, opened.pk, ofi.pk, remark.pk))
    assert not Disposition.objects.filter(pk=later.pk).exists()
    assert row(remark).approved_at
    # What was decided on it alone stays.
    actions.settle(later, by=ofi, kind=ACCEPTED)
    with action():
        emit(RemarkFolded(later.pk, opened.pk, remark.pk))
        emit(RemarkUnfolded(later.pk, opened.pk, ofi.pk, remark.pk))
    assert row(later).kind == ACCEPTED
