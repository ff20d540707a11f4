"""Deadlines of all apps in one list: at the desk, in a calendar by a secret link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.deadlines import actions
from accounts.deadlines.events import CalendarLinkMade, CalendarLinkRevoked, RemindersSet
from accounts.models import DeskSettings
from consultations.decisions import actions as decisions
from consultations.dispositions.models import Assignment
from consultations.models import Disposition, State
from consultations.remarks import actions as remark_actions
from core.domain import clock as database_clock
from core.domain import deadlines as all_deadlines
from core.domain.calendar import local_date
from core.domain.deadlines import Deadline, count_by_department, deadlines_of
from portal import desk
from tests import factories
from tests.petitions import factories as petitions
from tests.votes import factories as polls

pytestmark = pytest.mark.django_db

PAGE = reverse("portal:deadlines")


@pytest.fixture
def today(db):
    return local_date(database_clock.now())


@pytest.fixture
def work(department, ofi, olena, today):
    """Something of every kind, late, due today or coming."""
    factories.consultation(department, State.OPEN, title="відкрита")
    factories.consultation(
        department, State.CLOSED, title="звіт", report_due_on=today - timedelta(days=2)
    )
    reported = factories.consultation(department, State.REPORTED)
    act = {"outcome": "adopted", "decided_on": today, "number": "1"}
    decision = decisions.enter(reported, by=ofi, fields=act)
    for text, days in (("знаки", -5), ("лави", 0), ("парк", 90)):
        decisions.add_step(
            decision,
            by=ofi,
            text=text,
            responsible="Департамент",
            due_on=today + timedelta(days=days),
        )
    petitions.petition(
        olena, "reached", title="петиція", notice_due_on=today, department=department
    )
    return decision


def kinds(user, **how):
    return [each.kind for each in deadlines_of(user, **how)]


def test_one_list_of_all_apps_in_one_query(work, ofi, today, django_assert_num_queries):
    assert ofi.grants_in_force
    with django_assert_num_queries(1):
        found = deadlines_of(ofi)
    assert [(each.kind, each.title) for each in found if each.due_on <= today] == [
        ("step", "знаки"),
        ("report", "звіт"),
        ("petition-notice", "петиція"),
        ("step", "лави"),
    ]
    assert {"closing", "step"} <= {each.kind for each in found if each.due_on > today}
    assert all(each.words and each.url.startswith("/desk/") for each in found)
    assert "парк" not in [each.title for each in deadlines_of(ofi, until=today)]


def test_what_is_done_is_out_of_it(work, ofi, today):
    for step in work.steps.all():
        decisions.note_step(step, by=ofi, due_on=step.due_on, done_on=today)
    assert "step" not in kinds(ofi)


def test_is_ones_own_work(work, olena, mo, admin):
    other = factories.department("Департамент освіти", slug="education")
    colleague = factories.user("colleague", role="officer", department=other)
    assert kinds(olena) == kinds(colleague) == []
    assert kinds(mo) == []  # its department announces the review
    assert "report" in kinds(admin)


def test_of_petitions_moderators_owe_the_check_and_a_department(olena, mo, ofi, today):
    petitions.petition(olena, "moderation", title="надіслана", publish_due_on=today)
    petitions.petition(olena, "reached", title="нічия", notice_due_on=today, department=None)
    assert set(kinds(mo)) == {"petition-publish", "petition-notice"}
    assert kinds(ofi) == []


def test_rows_of_a_disposition_table_stand_in_one_line(department, ofi, olena, mo, today):
    consultation = factories.consultation(department, title="таблиця")
    said = [
        remark_actions.remark(consultation, by=olena, text=f"Слово {number}") for number in range(4)
    ]
    for remark in said:
        Assignment.objects.create(remark=remark, person=ofi, by=ofi, due_on=today)
    values = {"by": ofi, "decided_at": database_clock.now()}
    Disposition.objects.create(remark=said[0], kind="accepted", **values)
    Disposition.objects.create(remark=said[1], kind="rejected", **values)  # without a reason
    (found,) = [each for each in deadlines_of(ofi) if each.kind == "dispositions"]
    assert (found.amount, found.title, found.due_on) == (3, "таблиця", today)
    assert "3" in found.words
    assert "dispositions" not in kinds(mo)


def test_results_of_a_poll(department, ofi, today):
    polls.poll(ofi, department, "closed")
    (found,) = [each for each in deadlines_of(ofi) if each.kind == "results"]
    assert found.due_on >= today


def test_the_desk_shows_late_today_and_coming(work, ofi, client, today):
    context = desk.due_context(ofi, today)
    assert [each.title for each in context["overdue"]] == ["знаки", "звіт"]
    assert [each.title for each in context["today"]] == ["петиція", "лави"]
    assert "парк" not in [each.title for each in context["coming"]]
    client.force_login(ofi)
    page = client.get(reverse("portal:desk")).text
    assert f"#step-{work.steps.first().pk}" in page


def test_load_by_department(work, ofi, today, department):
    (load,) = count_by_department(ofi, today)
    assert (load.department_id, load.late, load.soon) == (department.pk, 2, 2)
    assert load.all == len(deadlines_of(ofi))


def test_calendar_by_a_secret_link(work, ofi, client, emitted):
    key = actions.make_calendar_link(ofi)
    assert emitted == [CalendarLinkMade(ofi.pk, ofi.pk)]
    row = DeskSettings.objects.get()
    assert key not in row.calendar_hash
    address = reverse("portal:deadline_calendar", args=[key])
    answer = client.get(address)
    assert answer["Cache-Control"] == "private, no-store"
    calendar = Calendar.from_ical(answer.content)
    events = calendar.walk("VEVENT")
    assert len(events) == len(deadlines_of(ofi))
    assert any("знаки" in event["summary"] for event in events)
    newer = actions.make_calendar_link(ofi)
    assert client.get(address).status_code == 404
    actions.revoke_calendar_link(ofi)
    assert emitted[-1] == CalendarLinkRevoked(ofi.pk, ofi.pk)
    assert client.get(reverse("portal:deadline_calendar", args=[newer])).status_code == 404


def test_the_link_of_who_works_here_no_more_is_dead(ofi, client):
    key = actions.make_calendar_link(ofi)
    ofi.grants.update(revoked_at=database_clock.now(), revoked_reason="Звільнення")
    address = reverse("portal:deadline_calendar", args=[key])
    assert client.get(address).status_code == 404


def test_is_for_staff(olena, refused, client):
    with refused("desk.staff_only"):
        actions.make_calendar_link(olena)
    client.force_login(olena)
    assert client.get(PAGE).status_code == 403


def test_on_the_page(client, ofi, emitted):
    client.force_login(ofi)
    assert "<code>" not in client.get(PAGE).text
    made = client.post(reverse("portal:make_link"))
    assert "/deadlines/" in made.text
    assert made["Cache-Control"] == "private, no-store"
    assert "<code>" not in client.get(PAGE).text
    client.post(reverse("portal:set_reminders"), {"wanted": "no"})
    assert emitted[-1] == RemindersSet(ofi.pk, ofi.pk)
    assert not DeskSettings.objects.get().wants_reminders
    client.post(reverse("portal:revoke_link"))
    assert DeskSettings.objects.get().calendar_hash == ""


def test_each_day_of_what_is_grouped_has_a_name_of_its_own(today):
    """Of every kind: a calendar shows one entry alone of two that have one name."""
    of_two_days = [
        {Deadline(name, 1, 1, "", day, None, 2).key for day in (today, today + timedelta(days=1))}
        for name in all_deadlines._kinds
    ]
    grouped = [kind.is_grouped for kind in all_deadlines._kinds.values()]
    assert [len(keys) == 2 for keys in of_two_days] == grouped
    assert any(grouped)
