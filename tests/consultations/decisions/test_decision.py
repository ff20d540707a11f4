"""The council's decision: after the report, with its vote, corrected with a trace, executed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.decisions import actions, queries
from consultations.decisions.events import DecisionChanged, DecisionEntered, StepAdded, StepNoted
from consultations.decisions.models import Decision, DecisionChange, ExecutionStep, Votes
from consultations.models import Disposition, State
from consultations.remarks import actions as remark_actions
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from drafts.versions import actions as drafts
from tests import factories

pytestmark = pytest.mark.django_db

VOTES = {"votes_for": 30, "against": 4, "abstained": 3, "not_voting": 5, "members": 54}


def today():
    return local_date(database_clock.now())


def fields(**others):
    """An adopted act."""
    adopted = {"outcome": "adopted", "decided_on": today(), "number": " 12/2026 ", **VOTES}
    return {**adopted, **others}


@pytest.fixture
def reported(department):
    return factories.consultation(department, State.REPORTED)


@pytest.fixture
def decided(reported, ofi):
    return actions.enter(reported, by=ofi, fields=fields())


def test_enters_what_was_decided(reported, ofi, emitted):
    made = actions.enter(reported, by=ofi, fields=fields())
    assert (made.number, made.votes) == ("12/2026", Votes(*VOTES.values()))
    assert (made.votes.absent, made.votes.needed) == (12, 28)
    assert emitted == [DecisionEntered(reported.pk, ofi.pk, made.pk)]


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ({"number": " "}, "decision.number_missing"),
        ({"outcome": "rejected"}, "decision.reason_missing"),
        ({"outcome": "postponed"}, "decision.reason_missing"),
        ({"votes_for": 27}, "decision.no_majority"),
        ({"votes_for": None}, "decision.votes_missing"),
        ({"against": 40}, "decision.more_votes_than_members"),
        ({"members": 0}, "decision.no_members"),
    ],
)
def test_is_refused(reported, ofi, refused, others, code):
    with refused(code):
        actions.enter(reported, by=ofi, fields=fields(**others))


def test_is_of_the_past(reported, ofi, refused):
    with refused("decision.in_the_future"):
        actions.enter(reported, by=ofi, fields=fields(decided_on=today() + timedelta(days=1)))


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.PREPARING, "decision.before_announcement"),
        (State.ANNOUNCED, "decision.before_report"),
        (State.OPEN, "decision.before_report"),
        (State.CLOSED, "decision.before_report"),
        (State.WITHDRAWN, "decision.withdrawn"),
    ],
)
def test_only_after_the_report_without_a_ground(department, ofi, refused, state, code):
    consultation = factories.consultation(department, state)
    with refused(code):
        actions.enter(consultation, by=ofi, fields=fields())


def test_is_for_the_department_alone(reported, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            actions.enter(reported, by=person, fields=fields())


def test_is_entered_once(decided, reported, ofi, refused):
    with refused("decision.entered_already"):
        actions.enter(reported, by=ofi, fields=fields())


def test_the_database_knows_the_majority(decided):
    rows = Decision.objects.filter(pk=decided.pk)
    for wrong in ({"votes_for": 27}, {"against": 40}, {"members": None}, {"number": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    rows.update(votes_for=28)


def test_is_corrected_with_a_trace(decided, reported, ofi, emitted, refused):
    with refused("decision.correction_without_reason"):
        actions.change(decided, by=ofi, fields=fields(number="13/2026"))
    with refused("decision.same"):
        actions.change(decided, by=ofi, fields=fields(), reason="–")
    emitted.clear()
    made = actions.change(decided, by=ofi, fields=fields(number="13/2026"), reason=" Описка ")
    assert (made.reason, made.former) == ("Описка", {"number": "12/2026"})
    assert emitted == [DecisionChanged(reported.pk, ofi.pk, made.pk)]
    decided.refresh_from_db()
    assert decided.number == "13/2026"


def test_what_was_postponed_is_decided_later(reported, ofi, client):
    postponed = {"outcome": "postponed", "decided_on": today(), "reason": "Комісія доопрацьовує."}
    decision = actions.enter(reported, by=ofi, fields=postponed)
    actions.change(decision, by=ofi, fields=fields(reason=""))
    assert DecisionChange.objects.get().former_outcome == "postponed"
    page = client.get(reverse("consultations:decision", args=[reported.pk])).text
    assert "Комісія доопрацьовує." in page  # as what stood there before


def test_steps_are_added_noted_and_moved(decided, reported, ofi, emitted, refused):
    with refused("decision.step_of_nobody"):
        actions.add_step(decided, by=ofi, text="Оновити знаки", responsible=" ")
    emitted.clear()
    yesterday, later = today() - timedelta(days=1), today() + timedelta(days=9)
    step = actions.add_step(
        decided, by=ofi, text=" Оновити знаки ", responsible="Департамент", due_on=yesterday
    )
    (shown,) = queries.decision_of(reported, database_clock.now()).steps
    assert (shown.step.text, shown.is_late) == ("Оновити знаки", True)
    with refused("decision.moved_without_reason"):
        actions.note_step(step, by=ofi, due_on=later)
    with refused("decision.step_note_empty"):
        actions.note_step(step, by=ofi, due_on=yesterday)
    moved = actions.note_step(step, by=ofi, text="Чекаємо фарбу", due_on=later)
    assert moved.former_due_on == yesterday
    with refused("decision.done_in_the_future"):
        actions.note_step(step, by=ofi, due_on=later, done_on=later)
    done = actions.note_step(step, by=ofi, due_on=later, done_on=today())
    assert emitted == [
        StepAdded(reported.pk, ofi.pk, step.pk),
        StepNoted(reported.pk, ofi.pk, step.pk, moved.pk),
        StepNoted(reported.pk, ofi.pk, step.pk, done.pk),
    ]
    shown = queries.whole_decision_of(reported, database_clock.now())
    assert (shown.done, shown.late, len(shown.steps[0].notes)) == (1, 0, 2)


@pytest.fixture
def taken(department, ofi, olena):
    """A consultation whose adopted text holds a clause that olena asked for."""
    consultation = factories.consultation(department)
    clause = consultation.draft.versions.get().clauses.get(number="2")
    remark = remark_actions.remark(consultation, by=olena, text="До 23.", clause_id=clause.pk)
    adopted = factories.DRAFT.replace("8:00 до 22:00", "8:00 до 23:00")
    version = drafts.import_version(
        consultation.draft, adopted.encode(), name="adopted.txt", by=ofi
    )
    drafts.publish(version, by=ofi)
    now = database_clock.now()
    Disposition.objects.create(
        remark=remark,
        kind="accepted",
        resulting_key=clause.key,
        by=ofi,
        decided_at=now,
        changed_at=now,
    )
    consultation.closes_at = consultation.reported_at = now
    consultation.save()
    actions.enter(consultation, by=ofi, fields=fields(text=version))
    return consultation, remark


def test_the_adopted_text_names_the_remarks_that_live_in_it(
    taken, client, django_assert_max_num_queries
):
    consultation, remark = taken
    page = reverse("consultations:decision", args=[consultation.pk])
    client.get(page)
    with django_assert_max_num_queries(9):
        html = client.get(page, {"again": 1}).text
    assert remark.get_absolute_url() in html
    assert "<ins>" in html
    (clause,) = queries.decision_context(consultation, database_clock.now())["clauses"]
    assert [each.pk for each in clause.remarks] == [remark.pk]
    # Decided otherwise since the report: nobody may read it before it is approved.
    later = consultation.reported_at + timedelta(seconds=1)
    Disposition.objects.filter(pk=remark.pk).update(changed_at=later)
    assert remark.get_absolute_url() not in client.get(page, {"once": "more"}).text


def test_text_is_a_published_version_of_this_draft(taken, reported, ofi, refused):
    other = taken[0].draft.versions.first()
    with refused("decision.text_elsewhere"):
        actions.enter(reported, by=ofi, fields=fields(text=other))
    with refused("decision.text_of_nothing"):
        actions.enter(reported, by=ofi, fields=fields(outcome="rejected", reason="Ні.", text=other))


def test_on_the_desk(client, reported, ofi, olena):
    page = reverse("desk:decision", args=[reported.pk])
    client.force_login(olena)
    assert client.get(page).status_code == 403
    client.force_login(ofi)
    sent = {"outcome": "adopted", "decided_on": today().isoformat(), "number": "", **VOTES}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"]
    assert client.post(page, {**sent, "number": "7"}).status_code == 302
    steps = reverse("desk:add_step", args=[reported.pk])
    assert client.post(steps, {"text": "Знаки", "responsible": ""}).status_code == 422
    step = {"text": "Знаки", "responsible": "Департамент", "due_on": today().isoformat()}
    assert client.post(steps, step).status_code == 302
    made = ExecutionStep.objects.get()
    note = reverse("desk:note_step", args=[reported.pk, made.pk])
    drawn = client.get(page).context["steps"][0]["form"]
    typed = {
        f"s{made.pk}-{name}": value
        for name, value in {
            "text": "Зроблено",
            "done_on": today().isoformat(),
            "due_on": today().isoformat(),
            "drawn_from": drawn["drawn_from"].value(),
        }.items()
    }
    assert client.post(note, typed).status_code == 302
    made.refresh_from_db()
    assert made.done_on == today()
    public = client.get(reverse("consultations:decision", args=[reported.pk])).text
    assert "Зроблено" in public


def test_two_officers_at_one_decision(client, decided, reported, ofi, admin):
    """The second sees what the first has saved, and nothing of theirs is lost."""
    page = reverse("desk:decision", args=[reported.pk])
    client.force_login(ofi)
    carried = client.get(page).context["form"]["drawn_from"].value()
    actions.change(decided, by=admin, fields=fields(number="13"), reason="Описка")
    sent = {"outcome": "adopted", "decided_on": today().isoformat(), **VOTES}
    change = reverse("desk:change_decision", args=[reported.pk])
    answer = client.post(change, {**sent, "number": "14", "why": "Так", "drawn_from": carried})
    assert answer.status_code == 409
    assert "13" in answer.text
    assert 'value="14"' in answer.text


def test_the_consultation_shows_it(decided, reported, client):
    page = client.get(reported.get_absolute_url())
    assert [each["label"] for each in page.context["stages"]][-1].startswith("Рішення")
    assert reverse("consultations:decision", args=[reported.pk]) in page.text


def test_before_the_report_the_page_says_what_comes_next(department, client):
    closed = factories.consultation(department, State.CLOSED)
    page = client.get(reverse("consultations:decision", args=[closed.pk]))
    assert "звіт" in page.text.lower()
