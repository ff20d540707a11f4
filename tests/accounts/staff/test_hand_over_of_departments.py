"""Work of a department that is closed: each kind passes to another one, and back."""

from __future__ import annotations

import pytest

from accounts.hand_overs import actions
from accounts.hand_overs.models import HandOver
from accounts.hand_overs.queries import work_of_department
from accounts.models import User
from appeals.models import Appeal, Executor, State
from city.models import Department
from consultations.life import actions as consultations
from consultations.models import Decision, ExecutionStep
from core.domain import clock
from core.domain.calendar import local_date
from core.models import AuditEntry
from tests import factories
from tests.appeals import factories as of_appeals
from tests.meetings import factories as of_meetings
from tests.newsroom import factories as of_news
from tests.petitions import factories as of_petitions
from tests.votes import factories as of_polls

pytestmark = pytest.mark.django_db


@pytest.fixture
def parks(db):
    return factories.department("Управління парків", slug="parks")


@pytest.fixture
def things(department, olena, ofi):
    """One open thing of each kind of the department; and one that is done, which stays its own."""
    done = factories.consultation(department, "reported", title="Готове")
    facts = {"decided_on": local_date(clock.now()), "by": ofi}
    Decision.objects.create(consultation=done, outcome="adopted", number="12", **facts)
    officer = factories.user("worker", role="officer", department=department)
    appeal = of_appeals.appeal(olena, State.IN_WORK, by=department)
    Executor.objects.filter(appeal=appeal).update(user=officer)
    made = {
        "appeal": appeal,
        "consultation": factories.consultation(department),
        "petition": of_petitions.petition(olena, department=department),
        "poll": of_polls.poll(ofi, department),
        "meeting": of_meetings.meeting(),
        "article": of_news.article("draft"),
    }
    for name in ("meeting", "article"):  # theirs are of departments of their own
        type(made[name])._base_manager.filter(pk=made[name].pk).update(department=department)
    return made


def terms(things):
    names = ("due_at", "closes_at", "opens_at", "report_due_on", "begins_at", "answer_due_on")
    return {
        kind: [getattr(type(thing)._base_manager.get(pk=thing.pk), name, None) for name in names]
        for kind, thing in things.items()
    }


def close(client, department, **sent):
    address = f"/desk/city/departments/{department.pk}/close/"
    form = client.get(address).context["form"]
    return client.post(address, {"seen": form["seen"].value(), **sent}, follow=True)


def test_all_kinds_pass_in_one_press_and_come_back(client, admin, department, parks, things):
    client.force_login(admin)
    before = terms(things)
    items = work_of_department(department, admin).items
    assert sorted(item.kind for item in items) == sorted(things)
    asked = close(client, department)
    assert asked.status_code == 422
    assert Department.objects.get(pk=department.pk).closed_at is None
    done = close(client, department, to_all=f"{parks.pk}:")
    [passed] = HandOver.objects.filter(department=department, occasion="closed")
    assert done.request["PATH_INFO"] == f"/desk/staff/hand-overs/{passed.pk}/"
    for thing in things.values():
        assert type(thing)._base_manager.get(pk=thing.pk).department_id == parks.pk
    assert Department.objects.get(pk=department.pk).closed_at is not None
    assert Appeal.objects.get(pk=things["appeal"].pk).officer is None
    assert terms(things) == before
    for event in ("ConsultationChanged", "PetitionChanged", "PollChanged", "MeetingChanged"):
        assert AuditEntry.objects.filter(event=event, actor=admin.pk).exists()
    # Nothing goes back into a closed department.
    assert actions.take_back(passed, by=admin).back == []
    Department.objects.filter(pk=department.pk).update(closed_at=None)
    worker = factories.user("gardener", role="officer", department=parks)
    opened = things["consultation"]
    opened.refresh_from_db()
    consultations.withdraw(opened, by=User.objects.get(pk=worker.pk), reason="Помилка.")
    result = actions.take_back(passed, by=admin)
    assert {row.kind for row in result.back} == set(things) - {"consultation"}
    assert [verdict.code for _row, verdict in result.left] == ["hand_over.acted_on"]
    assert terms(things)["appeal"] == before["appeal"]


def test_a_department_without_work_is_closed_at_once(client, admin, parks):
    client.force_login(admin)
    client.post(f"/desk/city/departments/{parks.pk}/close/")
    assert Department.objects.get(pk=parks.pk).closed_at is not None
    assert HandOver.objects.count() == 0


def test_a_reported_consultation_waits_for_its_decision(department, admin, ofi):
    reported = factories.consultation(department, "reported")
    [item] = work_of_department(department, admin).items
    assert (item.kind, item.number) == ("consultation", reported.pk)
    facts = {"decided_on": local_date(clock.now()), "by": ofi, "consultation": reported}
    decided = Decision.objects.create(outcome="postponed", reason="До осені", **facts)
    assert work_of_department(department, admin).items
    Decision.objects.filter(pk=decided.pk).update(outcome="adopted", number="12", reason="")
    assert not work_of_department(department, admin).items
    ExecutionStep.objects.create(decision=decided, text="Лавки", responsible="Відділ", by=ofi)
    assert work_of_department(department, admin).items


def test_the_last_office_passes_the_registering_of_appeals_on(client, admin, parks, olena, mailbox):
    office = of_appeals.office()
    of_appeals.appeal(olena, State.RECEIVED)
    head = factories.user("parkhead", role="head", department=parks)
    client.force_login(admin)
    [item] = work_of_department(office, admin).items
    assert (item.kind, item.title[-3:]) == ("appeal_office", ": 1")
    close(client, office, to_all=f"{parks.pk}:")
    flags = dict(Department.objects.values_list("pk", "registers_appeals"))
    assert (flags[office.pk], flags[parks.pk]) == (False, True)
    told = {mail.to[0]: mail.body for mail in mailbox()}
    assert "звернень" in told[head.email]

    # The office is opened again: it gets the right back, unless the new one has used it.
    [passed] = HandOver.objects.all()
    Department.objects.filter(pk=office.pk).update(closed_at=None)
    [row] = actions.take_back(passed, by=admin).back
    assert row.kind == "appeal_office"
    flags = dict(Department.objects.values_list("pk", "registers_appeals"))
    assert (flags[office.pk], flags[parks.pk]) == (True, False)
    assert "повернуто" in mailbox()[-1].subject
    assert mailbox()[-1].to == [head.email]


def test_with_another_office_nothing_is_asked(admin, department):
    office = of_appeals.office()
    Department.objects.filter(pk=department.pk).update(registers_appeals=True)
    assert not work_of_department(office, admin).items
