"""The desk's first page: today's work by deadline, for the council's staff alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import DataAccess
from appeals.models import Appeal
from consultations.dispositions import actions as dispositions
from consultations.dispositions.models import ApprovalSetting
from consultations.models import Remark, State
from consultations.remarks import actions
from core.domain import clock as database_clock
from core.domain.actions import action
from core.domain.calendar import end_of_day, local_date
from discussions import actions as discussion
from portal import desk
from tests import factories
from tests.appeals import factories as appeals
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db

DESK = reverse("portal:desk")


def test_is_for_staff_alone(client, olena, mo, ofi, admin):
    assert client.get(DESK)["Location"] == f"{reverse('account_login')}?next={DESK}"
    for person, status in ((olena, 403), (mo, 200), (ofi, 200), (admin, 200)):
        client.force_login(person)
        assert client.get(DESK).status_code == status


def test_what_is_late_comes_first(department, ofi):
    today = local_date(database_clock.now())
    factories.consultation(department, State.OPEN, title="open")
    factories.consultation(department, State.PREPARING, title="preparing")
    factories.consultation(
        department, State.CLOSED, title="soon", report_due_on=today + timedelta(days=2)
    )
    factories.consultation(
        department, State.CLOSED, title="late", report_due_on=today - timedelta(days=1)
    )
    factories.consultation(department, State.REPORTED, title="done")
    rows = desk.context(ofi)["rows"]
    assert [row.shown.consultation.title for row in rows][:2] == ["late", "soon"]
    assert [row.next_step.urgency.kind for row in rows] == ["late", "soon", "", ""]
    assert {row.shown.consultation.title for row in rows} == {"late", "soon", "open", "preparing"}


def test_a_report_due_today_is_not_late_yet(department, ofi):
    today = local_date(database_clock.now())
    factories.consultation(department, State.CLOSED, report_due_on=today)
    context = desk.context(ofi)
    assert (context["overdue"], context["reports_due"]) == ([], 1)
    assert context["rows"][0].next_step.urgency.kind == "soon"


def test_what_is_overdue_stands_on_top_whatever_it_is(client, department, ofi, olena):
    today = local_date(database_clock.now())
    days = [today - timedelta(days=number) for number in (1, 2, 3)]
    factories.consultation(department, State.CLOSED, title="звіт", report_due_on=days[1])
    for due_on in (days[0], days[2], today):
        petitions.petition(
            olena,
            "reached",
            title=f"петиція {due_on}",
            notice_due_on=due_on,
            department=department,
        )
    client.force_login(ofi)
    page = client.get(DESK)
    assert [each.title for each in page.context["overdue"]] == [
        f"петиція {days[2]}",
        "звіт",
        f"петиція {days[0]}",
    ]
    assert all(each.url in page.text for each in page.context["overdue"])


def test_counts_rows_that_wait_for_a_decision_and_official_replies(department, ofi, olena, mo):
    consultation = factories.consultation(department)
    waiting, answered, half, settled, hidden = (
        actions.remark(consultation, by=olena, text=f"Слово {number}") for number in range(5)
    )
    actions.answer(answered, by=ofi, text="Враховано")
    dispositions.settle(half, by=ofi, kind="rejected")
    dispositions.settle(settled, by=ofi, kind="accepted")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Порушує правила")

    def count(user=ofi):
        context = desk.context(user)
        shown = context["rows"][0].shown
        assert (context["open_rows"], context["replied"]) == (shown.open_rows, shown.replied)
        return shown.remarks_total, shown.open_rows, shown.replied

    is_freed = "spam" in consultation.procedure.unconsidered
    waits = 3 if is_freed else 4
    assert count() == (4, waits, 1)
    # Where another person approves, what nobody has approved waits.
    ApprovalSetting.objects.create(department=department, needs_another_person=True)
    assert count() == (4, waits + 1, 1)
    secretary = factories.user("secretary", role="secretary", department=department)
    dispositions.approve(settled, by=secretary)
    assert count() == (4, waits, 1)
    # What is folded into a row waits with it, and counts no second time.
    with action():
        Remark.objects.filter(pk=answered.pk).update(folded_into=waiting)
    assert count() == (4, waits - 1, 1)


def test_shows_another_departments_work_to_nobody_but_administrators(department, ofi, admin):
    other = factories.department("Департамент освіти", slug="education")
    factories.consultation(department, title="ours")
    factories.consultation(other, title="theirs")
    assert [row.shown.consultation.title for row in desk.context(ofi)["rows"]] == ["ours"]
    assert len(desk.context(admin)["rows"]) == 2


def test_moderators_see_how_much_waits(client, department, mo, ofi, olena, bohdan):
    remark = actions.remark(factories.consultation(department), by=olena, text="Слово")
    discussion.flag(remark.comment, by=bohdan, reason="spam")
    context = desk.context(mo)
    assert (context["queue_size"], context["rows"]) == (1, [])
    assert desk.context(ofi)["queue_size"] is None
    client.force_login(mo)
    assert reverse("moderation:queue") in client.get(DESK).text


def test_shows_what_of_petitions_waits_and_what_is_late(client, department, ofi, mo, olena):
    today = local_date(database_clock.now())
    petitions.petition(
        olena, "moderation", title="ще час", publish_due_on=today + timedelta(days=1)
    )
    petitions.petition(
        olena,
        "reached",
        title="прострочена",
        notice_due_on=today - timedelta(days=1),
        department=department,
    )
    petitions.petition(olena, "collecting", department=department)
    client.force_login(mo)
    found = client.get(DESK).context["petitions"]
    # The review is announced by the department, not by who checks petitions.
    assert (found["waiting"], found["moderation"], found["reached"], found["late"]) == (1, 1, 0, 0)
    context = desk.context(mo)
    assert [each.title for each in context["overdue"]] == []
    assert [each.title for each in context["coming"]] == ["ще час"]
    client.force_login(ofi)
    context = client.get(DESK).context
    assert [each.title for each in context["overdue"]] == ["прострочена"]
    assert (context["petitions"]["waiting"], context["petitions"]["late"]) == (1, 1)


def test_budget(client, department, admin, django_assert_max_num_queries):
    for state in State.values * 5:
        factories.consultation(department, state)
    for _number in range(20):
        petitions.petition(admin, "moderation")
    client.force_login(admin)
    client.get(DESK)  # what a process asks once
    with django_assert_max_num_queries(16):
        client.get(DESK)


def test_an_appeal_stands_by_its_subject_and_its_applicant_reads_who_saw(
    client, department, ofi, mo, olena
):
    made = appeals.appeal(olena, "in_work", by=department, subject="Не світить ліхтар")
    today = local_date(database_clock.now())
    Appeal.objects.filter(pk=made.pk).update(due_at=end_of_day(today + timedelta(days=1)))
    client.force_login(ofi)
    assert "Не світить ліхтар" in client.get(DESK).text
    look = DataAccess.objects.get(user=olena)
    assert (look.by, look.why) == (ofi, "appeal.work")
    # Who does not work on it sees nothing of it, and is not noted.
    client.force_login(mo)
    page = client.get(DESK)
    assert "Не світить ліхтар" not in page.text
    assert made.label not in page.text
    assert DataAccess.objects.count() == 1
