"""Who reads which appeals, in which order they wait, how they are found, and who is told."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Absence, DataAccess, User
from appeals import actions, queries, rules
from appeals.desk.clocks import legal_terms_of
from appeals.models import Appeal, Reading, State
from appeals.querysets import DESK_ORDER, read_number
from appeals.register import journal
from appeals.repeats import repeats
from city.calendar import work_calendar
from core.db.paging import page_of
from core.domain import clock as database_clock
from core.domain.deadlines import deadlines_of
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db


#: Of the council, who have filed one themselves.
AUTHORS = ("officer", "office secretary", "office head", "administrator")


@pytest.fixture
def staff(department) -> dict[str, User]:
    other = factories.department("Інше управління", "other")
    return {
        "officer": people.user("o", role="officer", department=department),
        "secretary": people.user("s", role="secretary", department=department),
        "head": people.user("h", role="head", department=department),
        "stranger": people.user("x", role="officer", department=other),
        "registrar": factories.registrar(),
        "office secretary": factories.registrar("secretary"),
        "office head": factories.head(factories.office()),
        "moderator": people.user("m", role="moderator"),
        "administrator": people.user("a", role="administrator"),
    }


def test_an_appeal_is_private(olena, bohdan, department, staff):
    """393/96-ВР art. 10: at the desk nobody reads it but the office and its executors."""
    taken = factories.appeal(olena, State.IN_WORK, by=department)
    fresh = factories.appeal(olena, State.RECEIVED)
    helper = factories.department("Служба", "service")
    helping = people.user("helping", role="secretary", department=helper)
    readers = {**staff, "helping": helping, "author": olena, "resident": bohdan}
    of_department = {"officer", "secretary", "head"}
    office = {"registrar", "office secretary", "office head", "administrator"}

    def who(appeal: Appeal) -> set[str]:
        return {
            name
            for name, user in readers.items()
            if Appeal.objects.worked_on_by(user).filter(pk=appeal.pk).exists()
        }

    assert who(fresh) == office
    assert who(taken) == office | of_department
    actions.assign(
        taken, by=staff["head"], department=department, others=[(helper, None)], resolution="Удвох"
    )
    assert who(taken) == office | of_department | {"helping"}
    # It goes to the helper alone: whoever executes it no more reads it no more.
    actions.assign(taken, by=staff["registrar"], department=helper)
    assert who(taken) == office | {"helping"}
    people.grant(staff["stranger"], "officer", scope=f"appeal:{taken.pk}")
    assert "stranger" in who(taken)
    assert not Appeal.objects.worked_on_by(AnonymousUser()).exists()


def test_the_rule_and_the_queryset_agree(olena, department, staff):
    made = [factories.appeal(olena, state, by=department) for state in State]
    made.append(factories.appeal(None, kind="complaint", about_person=staff["registrar"]))
    made += [
        factories.appeal(None, kind="complaint", about_department=each)
        for each in (department, factories.office())
    ]
    made += [factories.appeal(staff[name], State.IN_WORK, by=department) for name in AUTHORS]
    cover = people.user("cover", role="secretary", department=department)
    Absence.objects.create(
        absent=staff["registrar"],
        cover=cover,
        starts_at=database_clock.now() - timedelta(days=1),
        ends_at=database_clock.now() + timedelta(days=1),
        named_by=staff["administrator"],
    )
    staff["cover"] = User.objects.get(pk=cover.pk)
    for name, user in staff.items():
        worked_on = set(Appeal.objects.worked_on_by(user).values_list("pk", flat=True))
        may_work = {
            appeal.pk for appeal in made if rules.work(user, appeal, queries.load_involved(appeal))
        }
        assert worked_on == may_work, name
        assert not worked_on & {appeal.pk for appeal in made if appeal.author_id == user.pk}


def test_a_complaint_is_hidden_from_whom_it_is_about(staff):
    about = factories.appeal(None, kind="complaint", about_person=staff["registrar"])
    assert about not in Appeal.objects.worked_on_by(staff["registrar"])
    assert about in Appeal.objects.worked_on_by(staff["office head"])


def test_the_desk_reads_urgent_and_privileged_ones_first(
    olena, clock, django_assert_num_queries, staff
):
    later = factories.appeal(olena)
    sooner = factories.appeal(olena, kind="request")
    first = factories.appeal(olena, privileged="combatant")
    urgent = factories.appeal(olena, kind="request", is_urgent=True)
    expected = [urgent, first, sooner, later]
    waiting = Appeal.objects.worked_on_by(staff["registrar"]).waiting()
    with django_assert_num_queries(1):
        page = page_of(waiting, order=DESK_ORDER, size=3)
    assert page.items == expected[:3]
    assert page_of(waiting, order=DESK_ORDER, after=page.next_cursor).items == [later]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12-27.11.2026", (12, date(2026, 11, 27))),
        ("№ 12 від 27.11.2026", (12, date(2026, 11, 27))),
        ("12/27.11.2026", (12, date(2026, 11, 27))),
        (" 12 ", (12, None)),
        ("12-31.02.2026", None),
        ("0", None),
        ("9999999999", None),
        ("4000000000", None),
        ("дванадцять", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, read):
    assert read_number(typed) == read


def test_they_are_found_by_number_by_name_and_by_words(olena, clock):
    clock.set(datetime(2026, 11, 27, 9, tzinfo=UTC))
    one = factories.filed(olena).appeal
    two = factories.filed(
        name="Шевчук Богдан Іванович", subject="Яма на дорозі", text="Просимо ремонту дороги."
    ).appeal
    assert one.label == "1-27.11.2026"
    assert two.label == "2-27.11.2026"
    find = lambda text: set(Appeal.objects.search(text))  # noqa: E731
    assert find("2-27.11.2026") == find("№ 2") == {two}
    assert find("2-26.11.2026") == set()
    assert find("ремонт доріг") == {two}
    assert find("Шевчук") == find("шевчук богдан") == {two}
    assert find("Шевчюк") == set()
    assert set(Appeal.objects.search("Шевчюк", forgiving=True)) == {two}
    assert set(Appeal.objects.search("рамонт", forgiving=True)) == {two}
    assert find("освітлення") == {one}
    assert find("") == {one, two}


def test_a_repeated_one_is_hinted_at(olena):
    first = factories.filed(olena).appeal
    again = factories.filed(olena, text=first.text.upper() + " !").appeal
    other = factories.filed(olena, text="Зовсім про інше: висадіть дерева.").appeal
    anothers = factories.filed(email="x@example.org", name="Мороз Іван Ілліч").appeal
    by_email = factories.filed().appeal
    assert [each.pk for each in repeats(again)] == [first.pk]
    assert not repeats(other)
    assert not repeats(anothers)
    assert [each.pk for each in repeats(by_email)] == [again.pk, first.pk]


def test_the_same_matter_in_other_words_is_hinted_at(olena):
    """393/96-ВР art. 8(2): one person, one matter; a name alone is nobody."""
    first = factories.filed().appeal
    text = f"Вдруге прошу: відновіть освітлення біля шкіл на вулиці Соборності! {factories.NOBODY}"
    more = factories.filed(text=text).appeal
    (found,) = repeats(more)
    assert (found.pk, found.share >= 50) == (first.pk, True)
    assert "освітлення" in found.words
    named = {"email": "", "phone": "+38 (067) 123-45-67", "via": "letter"}
    clerk = factories.registrar()
    by_name = actions.file(by=clerk, **{**factories.WORDS, **named, "residence": "Далеко"}).appeal
    assert not repeats(by_name)
    by_phone = {**factories.WORDS, **named, "phone": "0671234567", "residence": "Інде"}
    assert [each.pk for each in repeats(actions.file(by=clerk, **by_phone).appeal)] == [by_name.pk]


def test_who_has_read_it_is_told_once_in_ten_minutes(olena, clock, staff):
    clock.stop(datetime(2027, 3, 15, 9, 1, tzinfo=UTC))
    appeal = factories.filed(olena).appeal
    for minutes in (0, 3, 20):
        clock.stop(datetime(2027, 3, 15, 9, 1, tzinfo=UTC) + timedelta(minutes=minutes))
        queries.record_reading(appeal, staff["registrar"])
    queries.record_reading(appeal, olena)
    told = queries.readings(appeal)
    assert [(one.user, one.role, one.department) for one in told] == [
        (staff["registrar"], "officer", factories.office())
    ] * 2
    assert Reading.objects.count() == 2
    assert DataAccess.objects.filter(user=olena, why="appeal.work").count() == 2


def test_the_timeline_of_the_applicant_has_no_notes(olena, department):
    appeal = factories.appeal(olena, State.IN_WORK, by=department)
    actions.note(appeal, by=factories.head(department), text="Перевірити акт.")
    assert [entry.kind for entry in queries.timeline(appeal)] == ["filed", "accepted"]
    assert queries.timeline(appeal, internal=True)[-1].words == "Перевірити акт."


def test_deadlines_name_numbers_and_no_words(olena, department, staff, clock):
    clock.set(datetime(2027, 3, 15, 9, tzinfo=UTC))
    fresh = factories.appeal(olena)
    taken = factories.appeal(olena, State.IN_WORK, by=department)
    asked = factories.appeal(olena, State.IN_WORK, by=department, kind="request")
    factories.appeal(olena, State.ANSWERED, by=department)
    found = {row.thing: row for row in deadlines_of(staff["head"])}
    assert {pk: (row.kind, row.title, row.due_on) for pk, row in found.items()} == {
        taken.pk: ("appeal-answer", taken.label, date(2027, 4, 15)),
        asked.pk: ("appeal-request", asked.label, date(2027, 3, 22)),
    }
    assert found[taken.pk].department_id == department.pk
    mine = {row.thing: row for row in deadlines_of(staff["registrar"])}
    forward = legal_terms_of(fresh, database_clock.now(), work_calendar())[2]
    assert forward.due_on == mine[fresh.pk].due_on
    assert (mine[fresh.pk].kind, mine[fresh.pk].due_on) == ("appeal-check", date(2027, 3, 22))


# --- The journal ----------------------------------------------------------------------------------


def test_the_journal_has_no_formulas(olena, department, django_assert_num_queries):
    factories.appeal(olena, State.ANSWERED, by=department, subject="=HYPERLINK(1)")
    factories.appeal(None, State.FORWARDED, name="+380 Коваль Олена")
    reader = factories.registrar()
    assert reader.department_ids
    with django_assert_num_queries(2):  # the time, and the rows
        rows = list(journal.journal(reader))
    assert [row.number for row in rows] == [1, 2]
    assert rows[0].department == department.name
    assert rows[1].ending == "Криворізька районна рада"
    streamed = journal.journal_csv(reader)
    text = b"".join(streamed.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert lines[0]["subject"] == "'=HYPERLINK(1)"
    assert lines[1]["name"] == "'+380 Коваль Олена"
    day = rows[0].registered_on
    assert not list(journal.journal(reader, since=day + timedelta(days=1)))
    assert len(list(journal.journal(reader, since=day, until=day))) == 2
