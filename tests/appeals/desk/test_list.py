"""The list: urgent and privileged ones first, then what is due; who sees what; few queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DataAccess
from appeals import actions
from appeals.desk import queries
from appeals.models import Appeal, State
from appeals.querysets import DESK_ORDER
from core.db.paging import page_of
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db
LIST = "/desk/appeals/"


def labels(response):
    return [row.appeal.label for row in response.context["rows"]]


@pytest.fixture
def some(staff, olena, make_late):
    """By name: one late, one privileged, one with a draft, one answered, one of nobody yet."""
    made = {
        "late": factories.appeal(olena, State.IN_WORK, by=staff.department, subject="Яма"),
        "privileged": factories.appeal(
            olena, State.IN_WORK, by=staff.department, privileged="combatant"
        ),
        "drafted": factories.appeal(olena, State.IN_WORK, by=staff.department),
        "answered": factories.appeal(olena, State.ANSWERED, by=staff.department),
        "received": factories.appeal(kind=Appeal.Kind.REQUEST, name="Гнатюк Мотря"),
    }
    make_late(made["late"])
    actions.draft_answer(made["drafted"], by=staff.worker, text="Буде.", result="explained")
    actions.ask_approval(made["drafted"], by=staff.worker)
    for each in made.values():
        each.refresh_from_db()
    return made


def test_privileged_first_then_what_is_due_first(client, some, staff):
    client.force_login(staff.clerk)
    found = client.get(LIST)
    order = ["privileged", "late", "received", "drafted"]
    assert labels(found) == [some[name].label for name in order]
    assert found.context["rows"][1].urgency.kind == "late"
    assert "393/96-ВР ст. 20" in found.text
    assert "2939-VI ст. 20 ч. 1" in found.text


def test_a_request_of_48_hours_stands_before_them(client, some, staff):
    urgent = factories.filed(kind="request", is_urgent=True).appeal
    client.force_login(staff.clerk)
    found = client.get(LIST)
    first = [urgent.label, some["privileged"].label, some["late"].label]
    assert labels(found)[:3] == first
    assert [row.is_urgent for row in found.context["rows"][:3]] == [True, False, False]
    actions.forward(urgent, by=staff.clerk, to="Обласна рада")
    closed = client.get(LIST, {"list": "all"}).context["rows"][0]
    assert (closed.appeal, closed.is_urgent) == (urgent, False)


def test_a_page_is_read_by_the_index_of_its_order(some, staff):
    first = page_of(Appeal.objects.open(), order=DESK_ORDER, size=2)
    for after in (None, first.next_cursor):
        with CaptureQueriesContext(connection) as asked:
            queries.find(staff.clerk, "", queries.Filters(), after=after)
        [query] = [each["sql"] for each in asked if 'ORDER BY "appeals_appeal"' in each["sql"]]
        with connection.cursor() as cursor:
            # Of a few rows the planner would read all.
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {query}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "appeal_desk" in plan, plan
        assert "Sort" not in plan, plan


def test_each_list_holds_its_own(client, some, staff):
    for name, who, held in (
        ("", "clerk", ["privileged", "late", "received", "drafted"]),
        ("register", "clerk", ["received"]),
        ("late", "clerk", ["late"]),
        ("approval", "head", ["drafted"]),
        ("department", "worker", ["privileged", "late", "drafted"]),
        ("mine", "worker", []),
        ("answered", "worker", ["answered"]),
        ("all", "clerk", ["received", "answered", "drafted", "privileged", "late"]),
        ("", "other", []),
    ):
        client.force_login(getattr(staff, who))
        found = labels(client.get(LIST, {"list": name}))
        assert found == [some[each].label for each in held], (name, who)


def test_counts_agree_with_the_lists(client, some, staff):
    client.force_login(staff.clerk)
    found = client.get(LIST)
    counts = {tab["url"].partition("=")[2]: tab["count"] for tab in found.context["tabs"]}
    for name in ("", "register", "late", "approval", "mine", "department"):
        assert counts[name] == len(labels(client.get(LIST, {"list": name}))), name


def test_what_was_given_to_a_person_is_theirs(client, some, staff):
    appeal = some["received"]
    actions.accept(appeal, by=staff.clerk, department=staff.department, officer=staff.worker)
    client.force_login(staff.worker)
    assert labels(client.get(LIST, {"list": "mine"})) == [appeal.label]


def test_is_found_by_number_name_and_words_among_all(client, some, staff):
    client.force_login(staff.clerk)
    for words, name in (
        (some["answered"].label, "answered"),
        ("Мотря Гнатюк", "received"),
        ("ями", "late"),
    ):
        assert some[name].label in labels(client.get(LIST, {"q": words})), words
    assert labels(client.get(LIST, {"q": "ніде-немає-такого"})) == []
    assert labels(client.get(LIST, {"q": "ями", "list": "approval"})) == []


def test_filters_narrow_and_nonsense_narrows_nothing(client, some, staff):
    client.force_login(staff.clerk)
    assert labels(client.get(LIST, {"kind": "request"})) == [some["received"].label]
    whose = {"department": staff.department.pk}
    assert some["received"].label not in labels(client.get(LIST, whose))
    nonsense = {"kind": "?", "theme": "x", "list": "nope", "after": "zzz", "q": "\0"}
    assert client.get(LIST, nonsense).status_code == 200


def test_who_is_in_the_list_reads_that_somebody_looked(client, some, staff, olena):
    client.force_login(staff.clerk)
    client.get(LIST)
    assert DataAccess.objects.filter(user=olena, by=staff.clerk, why="appeal.work").count() == 1


def test_heads_see_the_load_and_others_do_not(client, some, staff):
    client.force_login(staff.head)
    (load,) = client.get(LIST).context["loads"]
    assert (load.name, load.late, load.all) == (staff.department.name, 1, 3)
    client.force_login(staff.worker)
    assert client.get(LIST).context["loads"] == []


def test_strangers_are_refused(client, some, olena):
    assert client.get(LIST).status_code == 302
    client.force_login(olena)
    assert client.get(LIST).status_code == 403


def test_queries_do_not_grow_with_the_list(client, staff, olena):
    chief = staff.chief
    people.grant(chief, "officer", department=staff.department)
    client.force_login(chief)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    factories.appeal(olena)
    client.get(LIST)
    few = count()
    for _more in range(4):
        factories.appeal(olena, State.IN_WORK, by=staff.department)
    assert count() == few <= 15
