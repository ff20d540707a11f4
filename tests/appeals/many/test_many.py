"""Many appeals at once: a hundred in few presses, nothing unseen, nothing lost, all named."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals import actions
from appeals.many.rules import version_of
from appeals.models import Appeal, Entry, Executor, State
from core.models import AuditEntry
from tests.appeals import factories

pytestmark = pytest.mark.django_db
MANY = "/desk/appeals/many/"


def chosen(*appeals):
    return {each.pk: version_of(each) for each in appeals}


def wait(number: int, author) -> list[Appeal]:
    """So many that wait, of one day."""
    first = factories.appeal(author)
    rows = Appeal.objects.filter(pk=first.pk)
    copies = []
    for other in range(2, number + 1):
        copy = rows.get()
        copy.pk, copy.number = None, other + 1000
        copies.append(copy)
    Appeal.objects.bulk_create(copies)
    return list(Appeal.objects.order_by("pk"))


@pytest.fixture
def hundred(staff, olena):
    return wait(100, olena)


def test_a_hundred_are_accepted_and_assigned_in_ten_presses(client, hundred, staff):
    client.force_login(staff.clerk)
    presses = 0
    page = client.get("/desk/appeals/", {"list": "register"})
    presses += 1
    assert f"{MANY}?list=register" in page.text
    client.get(f"{MANY}?list=register")
    presses += 1
    page = client.get(f"{MANY}?list=register&all=1")
    presses += 1
    form = page.context["form"]
    ticked = form["appeals"].value()
    assert len(ticked) == 100
    # Its executor is chosen, and the button pressed.
    presses += 2
    sent = {"appeals": ticked, "executor": f"{staff.department.pk}:{staff.worker.pk}"}
    with CaptureQueriesContext(connection) as asked:
        said = client.post(f"{MANY}?list=register", sent, follow=True)
    assert presses <= 10
    assert "100" in " ".join(map(str, said.context["messages"]))
    rows = Appeal.objects.filter(officer=staff.worker, department=staff.department)
    assert rows.in_work().count() == 100
    assert Executor.objects.filter(is_main=True, user=staff.worker).count() == 100
    # Each stands in its own journal and in the audit.
    assert Entry.objects.filter(kind=Entry.Kind.ACCEPTED, by=staff.clerk).count() == 100
    assert AuditEntry.objects.filter(event="AppealAccepted", actor=staff.clerk.pk).count() == 100
    # Those of this app do not grow; handlers of each event ask two.
    assert len(asked) <= 60 + 2 * 100, len(asked)


def test_more_than_a_hundred_go_on_by_one_press_each(client, staff, olena):
    about = factories.appeal(kind=Appeal.Kind.COMPLAINT)
    Appeal.objects.filter(pk=about.pk).update(about_department=staff.department)
    wait(249, olena)
    client.force_login(staff.clerk)
    executor = f"{staff.department.pk}:{staff.worker.pk}"
    page = client.get(f"{MANY}?list=register&all=1")
    assert page.context["left"] == 150
    assert "150" in page.text
    sent = {"executor": executor}
    for left in (50, 0):
        sent["appeals"] = page.context["form"]["appeals"].value()
        assert len(sent["appeals"]) == 100
        page = client.post(page.wsgi_request.get_full_path(), sent, follow=True)
        form = page.context["form"]
        # All that comes next is ticked, for the same officer.
        assert page.context["left"] == left
        assert form["executor"].value() == executor
    sent["appeals"] = form["appeals"].value()
    assert len(sent["appeals"]) == 50
    answer = client.post(page.wsgi_request.get_full_path(), sent)
    assert answer["Location"] == "/desk/appeals/?list=register"
    assert Appeal.objects.filter(officer=staff.worker).in_work().count() == 249


def test_a_part_of_what_is_shown_does_not_go_on(client, staff, olena):
    wait(101, olena)
    client.force_login(staff.clerk)
    page = client.get(f"{MANY}?list=register&all=1")
    some = page.context["form"]["appeals"].value()[:99]
    sent = {"appeals": some, "executor": str(staff.department.pk)}
    answer = client.post(f"{MANY}?list=register", sent)
    assert answer["Location"] == "/desk/appeals/?list=register"


def test_what_is_considered_gets_another_and_who_helps_stays(staff, in_work, received):
    helper = (staff.office, None)
    actions.assign(
        in_work, by=staff.clerk, department=staff.department, others=[helper], officer=staff.worker
    )
    in_work.refresh_from_db()
    received.refresh_from_db()
    given = actions.give_many(
        chosen(in_work, received), by=staff.clerk, department=staff.department, officer=staff.head
    )
    assert ([each.pk for each in given.accepted], [each.pk for each in given.assigned]) == (
        [received.pk],
        [in_work.pk],
    )
    found = in_work.executors.values_list("department", "user", "is_main")
    assert list(found) == [
        (staff.department.pk, staff.head.pk, True),
        (staff.office.pk, None, False),
    ]


def test_of_two_officers_the_second_changes_nothing_and_is_told(client, staff, received):
    seen = chosen(received)
    actions.accept(received, by=staff.chief, department=staff.department)
    given = actions.give_many(seen, by=staff.clerk, department=staff.office)
    [(left, why)] = given.left
    assert (left.pk, why.code) == (received.pk, "appeal.changed_meanwhile")
    assert Appeal.objects.get(pk=received.pk).department == staff.department
    client.force_login(staff.clerk)
    [(pk, version)] = seen.items()
    sent = {"appeals": [f"{pk}:{version}"], "executor": str(staff.office.pk)}
    said = client.post(MANY, sent, follow=True)
    assert received.label in " ".join(map(str, said.context["messages"]))


def test_whom_a_complaint_is_about_never_gets_it(staff, received):
    about = factories.appeal(kind=Appeal.Kind.COMPLAINT)
    headed = factories.appeal(kind=Appeal.Kind.COMPLAINT)
    Appeal.objects.filter(pk=about.pk).update(about_department=staff.department)
    Appeal.objects.filter(pk=headed.pk).update(about_person=staff.head)
    rows = list(Appeal.objects.order_by("pk"))
    given = actions.give_many(chosen(*rows), by=staff.clerk, department=staff.department)
    assert [each.pk for each in given.accepted] == [received.pk]
    assert {(each.pk, why.code) for each, why in given.left} == {
        (about.pk, "appeal.about_this_department"),
        (headed.pk, "appeal.about_its_head"),
    }


def test_nobody_gives_what_they_do_not_see_and_is_not_told_of_it(client, staff, received, in_work):
    given = actions.give_many(
        chosen(received, in_work), by=staff.other, department=staff.department
    )
    assert (given.accepted, given.assigned, given.left) == ([], [], [])
    # Who sees it and may not give it is told why.
    given = actions.give_many(chosen(in_work), by=staff.worker, department=staff.office)
    assert [why.code for _each, why in given.left] == ["appeal.office_only"]
    client.force_login(staff.other)
    assert client.get(MANY).context["rows"] == []
    assert received.label not in client.get(MANY).text


def test_more_than_a_hundred_are_refused(staff):
    with factories.refused("appeal.too_many_at_once"):
        actions.give_many(
            dict.fromkeys(range(1, 102), ""), by=staff.clerk, department=staff.department
        )


def test_nothing_ticked_comes_back_with_its_sentence(client, staff, received):
    client.force_login(staff.clerk)
    page = client.post(MANY, {"executor": str(staff.department.pk)})
    assert page.status_code == 422
    assert "appeals" in page.context["form"].errors
    assert received.state_at(received.received_at) == State.RECEIVED
