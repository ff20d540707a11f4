"""Asking a head to approve a draft: its list, its mail, and what takes it back."""

from __future__ import annotations

import pytest

from appeals import actions
from appeals.models import Answer, Entry
from core.models import AuditEntry
from tests.appeals import factories

pytestmark = pytest.mark.django_db
LIST = "/desk/appeals/"


@pytest.fixture
def drafted(staff, in_work):
    actions.draft_answer(in_work, by=staff.worker, text="Буде зроблено.", result="satisfied")
    return in_work


@pytest.fixture
def waiting(client, staff):
    """The labels that a head finds among what waits for approval."""

    def find():
        client.force_login(staff.head)
        return [row.appeal.label for row in client.get(LIST, {"list": "approval"}).context["rows"]]

    return find


def draft_of(appeal):
    return Answer.objects.get(appeal=appeal)


def test_a_draft_waits_once_its_officer_says_that_it_is_ready(client, staff, drafted, to, waiting):
    assert waiting() == []
    client.force_login(staff.worker)
    assert to("ask", drafted) in client.get(to("detail", drafted)).text
    assert "Буде зроблено." in client.get(to("ask", drafted)).text
    assert client.post(to("ask", drafted)).status_code == 302
    assert draft_of(drafted).asked_by == staff.worker
    assert Entry.objects.get(appeal=drafted, kind="asked").internal
    assert AuditEntry.objects.get(event="AnswerReady").actor == staff.worker.pk
    # Once.
    assert client.post(to("ask", drafted)).status_code == 422
    assert to("ask", drafted) not in client.get(to("detail", drafted)).text
    assert waiting() == [drafted.label]
    actions.approve(drafted, by=staff.head)
    assert waiting() == []


def test_with_the_draft_in_one_form(client, staff, in_work, to, waiting):
    client.force_login(staff.worker)
    form = client.get(to("draft", in_work)).context["form"]
    sent = {
        "drawn_from": form["drawn_from"].value(),
        "text": "Буде.",
        "result": "satisfied",
        "is_ready": "on",
    }
    assert client.post(to("draft", in_work), sent).status_code == 302
    assert waiting() == [in_work.label]
    # The same once more asks nobody twice.
    client.force_login(staff.worker)
    form = client.get(to("draft", in_work)).context["form"]
    sent["drawn_from"] = form["drawn_from"].value()
    assert client.post(to("draft", in_work), sent).status_code == 302
    assert AuditEntry.objects.filter(event="AnswerReady").count() == 1


def test_a_change_takes_it_back(staff, drafted, waiting):
    actions.ask_approval(drafted, by=staff.worker)
    same = {"text": "Буде зроблено.", "result": "satisfied"}
    actions.draft_answer(drafted, by=staff.worker, **same)
    assert waiting() == [drafted.label]
    actions.draft_answer(drafted, by=staff.worker, text="Не буде.", result="denied")
    assert waiting() == []
    assert draft_of(drafted).asked_by is None
    actions.ask_approval(drafted, by=staff.worker)
    assert waiting() == [drafted.label]


def test_another_main_executor_begins_with_a_draft(staff, drafted, waiting):
    actions.ask_approval(drafted, by=staff.worker)
    actions.assign(drafted, by=staff.head, department=staff.department, officer=staff.worker)
    assert waiting() == []


def test_a_head_may_approve_what_was_not_asked_for_and_is_told_so(client, staff, drafted, to):
    client.force_login(staff.head)
    found = client.get(to("approve", drafted))
    assert "Про погодження ще не просили" in found.text
    sent = {"drawn_from": found.context["form"]["drawn_from"].value()}
    assert client.post(to("approve", drafted), sent).status_code == 302


def test_nothing_is_asked_without_a_draft_or_by_others(staff, in_work):
    with factories.refused("appeal.nothing_to_approve"):
        actions.ask_approval(in_work, by=staff.worker)
    actions.draft_answer(in_work, by=staff.worker, text="Буде.", result="satisfied")
    with factories.refused("appeal.executors_only"):
        actions.ask_approval(in_work, by=staff.other)
    actions.approve(in_work, by=staff.head)
    with factories.refused("appeal.nothing_to_approve"):
        actions.ask_approval(in_work, by=staff.worker)
