"""What the office corrects after an appeal was accepted, and which term it has then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals import actions, terms
from appeals.actions import About, Description
from appeals.models import Appeal, Category, Entry, State
from city.calendar import work_calendar
from city.models import District, Street, Theme
from core.domain.calendar import last_date, local_date
from core.models import AuditEntry
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db):
    return factories.registrar()


@pytest.fixture
def in_work(olena, department):
    return factories.appeal(olena, State.IN_WORK, by=department)


def description_of(appeal: Appeal, **changed) -> Description:
    about = About(appeal.about_department, appeal.about_person)
    same = {
        name: getattr(appeal, name)
        for name in ("kind", "theme", "category", "privileged", "district", "street", "house")
    }
    is_urgent = appeal.term == "urgent"
    return Description(**({**same, "about": about, "is_urgent": is_urgent} | changed))


def correct(appeal, by, **changed):
    actions.correct(appeal, by=by, to=description_of(appeal, **changed))
    appeal.refresh_from_db()
    return appeal


def events_of(appeal) -> list[str]:
    found = AuditEntry.objects.filter(ids__appeal_id=appeal.pk).order_by("pk")
    return [entry.event for entry in found if "Corrected" in entry.event]


def test_all_that_it_is_registered_as_is_written_and_cleared(clerk, in_work):
    theme = Theme.objects.create(name="Освітлення", slug="light")
    category = Category.objects.create(code="5.1", name="Благоустрій")
    district = District.objects.create(name="Центральний", slug="centre")
    street = Street.objects.create(name="вулиця Рудна", slug="rudna", district=district)
    due_at = in_work.due_at
    correct(
        in_work,
        clerk,
        theme=theme,
        category=category,
        district=district,
        street=street,
        house="7",
        privileged="combatant",
    )
    assert (in_work.theme, in_work.category, in_work.district) == (theme, category, district)
    assert (in_work.street, in_work.house, in_work.precedence) == (street, "7", 1)
    entry = Entry.objects.get(appeal=in_work, kind="corrected")
    assert (entry.by, entry.internal) == (clerk, False)
    assert "Тема: – → Освітлення" in entry.words
    assert "Будинок: – → 7" in entry.words
    assert in_work.due_at == due_at
    correct(
        in_work,
        clerk,
        theme=None,
        category=None,
        district=None,
        street=None,
        house="",
        privileged="",
    )
    empty = (in_work.theme, in_work.category, in_work.district, in_work.street, in_work.house)
    assert empty == (None, None, None, None, "")
    assert in_work.precedence == 2
    assert events_of(in_work) == ["AppealCorrected", "AppealCorrected"]


def test_the_same_once_more_changes_nothing(clerk, in_work):
    correct(in_work, clerk)
    assert not Entry.objects.filter(appeal=in_work, kind="corrected").exists()
    assert events_of(in_work) == []


def test_of_two_streets_of_one_name_the_other_is_another(clerk, in_work):
    streets = [
        Street.objects.create(
            name="вулиця Рудна",
            slug=slug,
            district=District.objects.create(name=slug, slug=f"district-{slug}"),
        )
        for slug in ("one", "other")
    ]
    for street in streets:
        correct(in_work, clerk, street=street)
        assert in_work.street == street


@pytest.mark.parametrize(
    ("filed", "extended", "to", "term", "end"),
    [
        ("application", False, {"kind": "request"}, "request", terms.REQUEST),
        ("application", False, {"kind": "request", "is_urgent": True}, "urgent", terms.URGENT),
        ("request", False, {"kind": "complaint"}, "month", terms.MONTH),
        ("request", False, {"kind": "request", "is_urgent": True}, "urgent", terms.URGENT),
        ("application", True, {"kind": "request"}, "request", terms.REQUEST),
    ],
)
def test_another_law_counts_the_term_anew_and_the_applicant_is_told(
    clerk, olena, department, filed, extended, to, term, end
):
    made = factories.appeal(olena, State.IN_WORK, by=department, kind=filed)
    if extended:
        until = terms.EXTENDED.last_day(made.received_at, work_calendar())
        made = actions.extend(made, by=factories.who_extends(made), until=until, reason="Бо")
    correct(made, clerk, **to)
    assert (made.kind, made.term) == (to["kind"], term)
    assert made.due_at == end.end(made.received_at, work_calendar())
    words = Entry.objects.get(appeal=made, kind="corrected", internal=False).words
    assert f"{last_date(made.due_at):%d.%m.%Y}" in words
    assert end.article in words
    assert events_of(made) == ["AppealCorrected", "AppealTermCorrected"]


def test_kinds_of_one_law_keep_the_term_and_what_was_promised(clerk, in_work, department):
    until = terms.EXTENDED.last_day(in_work.received_at, work_calendar())
    actions.extend(in_work, by=factories.mayor(), until=until, reason="Бо")
    in_work.refresh_from_db()
    correct(in_work, clerk, kind="proposal")
    assert (in_work.kind, in_work.term, last_date(in_work.due_at)) == (
        "proposal",
        "extended",
        until,
    )
    assert events_of(in_work) == ["AppealCorrected"]


def test_a_reopened_one_gets_the_term_of_its_new_kind_from_its_reopening(clerk, olena):
    made = factories.appeal(olena, State.REOPENED)
    correct(made, clerk, kind="request")
    assert made.term == "request_reopened"
    assert made.due_at == terms.REQUEST_REOPENED.end(made.reopened_at, work_calendar())


def test_what_was_dealt_with_keeps_its_kind_and_takes_another_theme(clerk, olena):
    made = factories.appeal(olena, State.ANSWERED)
    with factories.refused("appeal.kind_stays"):
        correct(made, clerk, kind="proposal")
    theme = Theme.objects.create(name="Освітлення", slug="light")
    assert correct(made, clerk, theme=theme).theme == theme


def test_a_complaint_stays_one_while_it_is_about_somebody(clerk, in_work, department, bohdan):
    other = people.department("Управління доріг", slug="roads")
    about = About(other, bohdan)
    with factories.refused("appeal.not_a_complaint"):
        correct(in_work, clerk, about=about)
    correct(in_work, clerk, kind="complaint", about=about)
    assert (in_work.about_department, in_work.about_person) == (other, bohdan)
    with factories.refused("appeal.not_a_complaint"):
        correct(in_work, clerk, kind="application")
    # Whom it is about stands in no line that the applicant reads.
    lines = Entry.objects.filter(appeal=in_work, kind="corrected")
    assert [other.name in entry.words for entry in lines.filter(internal=False)] == [False]
    assert [other.name in entry.words for entry in lines.filter(internal=True)] == [True]
    assert correct(in_work, clerk, kind="application", about=About()).about_person is None


def test_who_executes_it_is_not_whom_it_is_about(clerk, in_work, department):
    worker = people.user("worker", role="officer", department=department)
    with factories.refused("appeal.about_this_department"):
        correct(in_work, clerk, kind="complaint", about=About(department))
    with factories.refused("appeal.about_its_head"):
        correct(in_work, clerk, kind="complaint", about=About(None, factories.head(department)))
    actions.assign(in_work, by=clerk, department=department, officer=worker)
    in_work.refresh_from_db()
    with factories.refused("appeal.about_this_person"):
        correct(in_work, clerk, kind="complaint", about=About(None, worker))


def test_whom_it_is_about_does_not_take_that_away(olena, department):
    clerk = factories.registrar()
    other = factories.registrar("secretary")
    made = factories.appeal(olena, State.IN_WORK, by=department, kind="complaint")
    correct(made, other, about=About(None, clerk))
    with factories.refused("appeal.about_oneself"):
        correct(made, clerk, about=About())


def test_a_request_without_residence_is_no_appeal(clerk):
    made = factories.appeal(kind="request", name="Олена", residence="")
    with factories.refused("appeal.sender_missing"):
        correct(made, clerk, kind="application")
    with factories.refused("appeal.sender_missing"):
        actions.accept(
            made, by=clerk, department=people.department("У", slug="u"), kind="application"
        )


def test_the_department_that_answers_corrects_nothing(in_work, department):
    for name in ("officer", "head"):
        user = people.user(f"some-{name}", role=name, department=department)
        with factories.refused("appeal.office_only"):
            correct(in_work, user, kind="proposal")


def test_an_answer_in_its_former_term_may_be_late_in_the_new_one(clerk, in_work):
    ago = in_work.received_at - timedelta(days=12)
    Appeal.objects.filter(pk=in_work.pk).update(received_at=ago)
    in_work.refresh_from_db()
    correct(in_work, clerk, kind="request")
    assert local_date(in_work.due_at) < local_date(in_work.accepted_at)
    assert Appeal.objects.late().filter(pk=in_work.pk).exists()


def test_few_statements(clerk, in_work):
    with CaptureQueriesContext(connection) as asked:
        correct(in_work, clerk, kind="request")
    assert len(asked) <= 25
