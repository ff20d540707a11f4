"""What no row of an appeal can be, whatever writes it: PostgreSQL refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from appeals.models import Answer, Appeal, Attachment, Entry, Executor, State
from tests.appeals import factories

pytestmark = pytest.mark.django_db
NOW = Now()


@pytest.mark.parametrize(
    ("state", "constraint", "change"),
    [
        ("received", "appeal_says_something", {"text": ""}),
        ("received", "appeal_from_somebody_somewhere", {"name": ""}),
        ("received", "appeal_from_somebody_somewhere", {"residence": ""}),
        ("received", "appeal_of_several_is_collective", {"people": 2}),
        ("received", "appeal_of_several_is_collective", {"is_collective": True}),
        ("received", "appeal_house_on_a_street", {"house": "12"}),
        ("received", "appeal_organisation_named_on_paper", {"organisation_name": "ТОВ"}),
        ("received", "appeal_organisation_named_on_paper", {"organisation_code": "04053915"}),
        ("received", "appeal_numbered_from_one", {"number": 0}),
        ("received", "appeal_next_secret_after_one", {"next_secret_hash": b"x" * 32}),
        ("received", "appeal_accepted_by_a_department", {"accepted_at": NOW}),
        ("received", "appeal_due_after_it_came", {"due_at": F("received_at")}),
        ("received", "appeal_extended_while_considered", {"extended_at": NOW}),
        ("in_work", "appeal_extended_while_considered", {"extension_reason": "Бо"}),
        ("received", "appeal_answered_after_it_was_accepted", {"answered_at": NOW}),
        ("received", "appeal_closed_by_its_ending", {"closed_at": NOW}),
        ("received", "appeal_closed_by_its_ending", {"withdrawn_at": NOW}),
        ("received", "appeal_petition_says_which", {"via": "petition"}),
        ("received", "appeal_petition_says_which", {"origin": "петиція № 4"}),
        ("withdrawn", "appeal_petition_says_which", {"given_back_at": NOW, "withdrawn_at": None}),
        ("given_back", "appeal_petition_says_which", {"origin": ""}),
        ("given_back", "appeal_ended_once", {"withdrawn_at": NOW}),
        ("received", "appeal_reopened_after_an_answer", {"reopened_at": NOW}),
        ("received", "appeal_returned_for_if_so", {"returned_for": "malformed"}),
        ("in_work", "appeal_accepted_by_a_department", {"department": None}),
        (
            "in_work",
            "appeal_answered_after_it_was_accepted",
            {"answered_at": F("accepted_at") - timedelta(days=1)},
        ),
        ("returned", "appeal_ended_once", {"withdrawn_at": NOW}),
        ("returned", "appeal_returned_for_if_so", {"returned_for": ""}),
        ("returned", "appeal_ending_says_why", {"ending_note": ""}),
        ("returned", "appeal_closed_by_its_ending", {"closed_at": None}),
        ("forwarded", "appeal_forwarded_to_if_so", {"forwarded_to": ""}),
        ("not_considered", "appeal_refused_for_if_so", {"refused_for": ""}),
        ("not_considered", "appeal_ending_says_why", {"ending_note": ""}),
        ("answered", "appeal_closed_by_its_ending", {"answered_at": None}),
        ("reopened", "appeal_reopened_after_an_answer", {"answered_at": None}),
        ("reopened", "appeal_closed_by_its_ending", {"reopened_at": None, "reopening_reason": ""}),
    ],
)
def test_no_such_appeal(olena, state, constraint, change):
    appeal = factories.appeal(olena, state)
    # The number is guarded by a trigger that comes before it.
    expected = "has its number already" if "number" in change else constraint
    with pytest.raises(IntegrityError, match=expected), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**change)


def test_a_complaint_is_not_with_whom_it_is_about(olena, department):
    appeal = factories.appeal(olena, State.IN_WORK, kind="complaint", by=department)
    worker = factories.head(department)
    for change in (
        {"about_department": department},
        {"about_person": worker, "officer": worker},
    ):
        with pytest.raises(IntegrityError, match="whom_it_is_about"), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(**change)
    with pytest.raises(IntegrityError, match="is_a_complaint"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(about_person=worker, kind="application")


def test_an_electronic_one_says_where_its_answer_goes():
    request = factories.filed(kind="request", residence="").appeal
    with pytest.raises(IntegrityError, match="with_a_contact"), transaction.atomic():
        Appeal.objects.filter(pk=request.pk).update(email="")


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("appeal_answer_says_something", {"text": ""}),
        ("appeal_answer_says_something", {"result": ""}),
        ("appeal_answer_approved_by_somebody", {"approved_by": None}),
        ("appeal_answer_sent_after_approval", {"approved_at": None, "approved_by": None}),
        ("appeal_answer_sent_after_approval", {"how": ""}),
        ("appeal_answer_rated_after_it_was_sent", {"rating": 5}),
        ("appeal_answer_rated_after_it_was_sent", {"rating": 6, "rated_at": NOW}),
        ("appeal_answer_rated_after_it_was_sent", {"rated_at": NOW}),
        ("appeal_answer_published_whole", {"published_at": NOW, "agreed_at": NOW}),
        ("appeal_answer_published_by_consent", {"published_at": NOW}),
    ],
)
def test_no_such_answer(olena, constraint, change):
    factories.appeal(olena, State.ANSWERED)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Answer.objects.update(**change)


def test_a_head_says_what_is_to_be_changed_to_the_desk_alone(olena, department):
    appeal = factories.appeal(olena, State.IN_WORK, by=department)
    for constraint, change in (
        ("appeal_note_says_something", {"words": "", "internal": True}),
        ("appeal_rework_is_internal", {"words": "Бо", "internal": False}),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Entry.objects.create(appeal=appeal, kind=Entry.Kind.SENT_BACK, **change)


def test_one_main_executor_and_one_draft(olena, department):
    appeal = factories.appeal(olena, State.IN_WORK, by=department)
    worker = factories.head(department)
    common = {"appeal": appeal, "department": department, "by": worker}
    with pytest.raises(IntegrityError, match="executor_once"), transaction.atomic():
        Executor.objects.create(**common)
    with pytest.raises(IntegrityError, match="executor_main_one"), transaction.atomic():
        Executor.objects.create(**common, user=worker, is_main=True)
    Answer.objects.create(appeal=appeal, text="Так", result="denied", by=worker)
    with pytest.raises(IntegrityError, match="one_draft"), transaction.atomic():
        Answer.objects.create(appeal=appeal, text="Ні", result="denied", by=worker)


def test_a_file_belongs_to_one(olena):
    appeal = factories.appeal(olena)
    with pytest.raises(IntegrityError, match="attachment_of_one"), transaction.atomic():
        Attachment.objects.create(name="a.pdf", media_type="x", size=1, content=b"x")
    Attachment.objects.create(
        appeal=appeal, name="a.pdf", media_type="application/pdf", size=1, content=b"x"
    )
    listed = Attachment.objects.without_content().get()
    assert listed.get_deferred_fields() == {"content"}


def test_what_stands_agrees_with_its_state(olena):
    """The indexes of the desk and ``state_at`` mean the same by open and closed."""
    made = {state: factories.appeal(olena, state) for state in State}
    still_open = set(Appeal.objects.open())
    assert still_open == {made[state] for state in ("received", "in_work", "reopened")}
    assert set(Appeal.objects.waiting()) == {made["received"]}
    assert set(Appeal.objects.in_work()) == {made["in_work"], made["reopened"]}
