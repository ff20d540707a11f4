"""The search over the desk: what each finds, by which indexes, and what is recorded of names."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.models import Reading, State
from consultations.models import Remark
from consultations.remarks import actions as remarks
from core.db.search import document
from core.domain import clock
from moderation.queue import actions as moderation
from portal.desk_search.finding import KINDS, find
from tests import factories as people
from tests.appeals import factories as appeals
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions
from tests.votes import factories as polls

pytestmark = pytest.mark.django_db

PAGE = "/desk/search/"
#: Tables that grow without end.
BIG = ("appeals_appeal", "consultations_remark", "discussions_comment", "petitions_petition")


def found(user, text, **more):
    return {group.kind: [each.title for each in group.found] for group in find(user, text, **more)}


def _index(thing):
    type(thing).objects.filter(pk=thing.pk).update(search=document(A=thing.title))


@pytest.fixture
def things(department, olena, ofi):
    """One of each kind that says «фонтан», of the department."""
    consultation = people.consultation(department, title="Про фонтан на площі")
    _index(consultation)
    remark = remarks.remark(consultation, by=olena, text="Фонтан узимку не потрібен")
    Remark.objects.filter(pk=remark.pk).update(number=166)
    appeal = appeals.appeal(state="in_work", by=department, subject="Не працює фонтан")
    polls.poll(ofi, department, title="Якої висоти буде фонтан")
    meetings.meeting(run_by=department, title="Засідання про фонтан", items=1)
    news.article(title="Фонтан запрацює в травні")
    _index(petitions.petition(olena, title="Полагодити фонтан біля школи", department=department))
    return {"remark": remark, "appeal": appeal}


def test_each_kind_by_words_and_only_ones_own(things, ofi, stranger):
    assert set(found(ofi, "фонтан")) == set(KINDS)
    assert found(stranger, "фонтан") == {}
    assert found(ofi, "фонтану", kind="polls") == {"polls": ["Якої висоти буде фонтан"]}
    assert found(ofi, "тролейбус") == found(ofi, " \0") == {}


def test_by_number_and_by_state(things, ofi):
    appeal, remark = things["appeal"], things["remark"]
    assert found(ofi, appeal.label) == {"appeals": [f"{appeal.label} Не працює фонтан"]}
    [group] = find(ofi, "№ 166", kind="remarks")
    assert group.found[0].title == "№ 166 · Про фонтан на площі"
    assert group.found[0].url.endswith(f"/table/?q=166#row-{remark.pk}")
    state = appeal.state_at(clock.now()).label
    assert set(found(ofi, f"фонтан {state}")) == {"appeals"}
    assert "appeals" not in found(ofi, f"фонтан {State.ANSWERED.label}")


def test_hidden_words_of_a_remark_are_not_looked_in(things, ofi, mo):
    assert found(ofi, "узимку")["remarks"]
    moderation.hide(things["remark"].comment, by=mo, reason="spam", note="Реклама", is_waiting=True)
    assert "remarks" not in found(ofi, "узимку")
    assert found(ofi, "166")["remarks"]


def test_names_are_found_only_when_asked_and_each_look_is_recorded(client, things, ofi):
    appeal = things["appeal"]
    client.force_login(ofi)
    for query in ({"q": "Коваль"}, {"q": "фонтан"}):
        shown = client.get(PAGE, query)
        assert "Коваль" not in shown.content.decode().replace('value="Коваль"', "")
    assert not Reading.objects.exists()
    shown = client.get(PAGE, {"q": "Коваль", "names": "on"})
    assert f"{appeal.label} Не працює фонтан" in shown.text
    assert [(each.appeal, each.user) for each in Reading.objects.all()] == [(appeal, ofi)]


def test_a_kind_costs_one_query(client, things, ofi, django_assert_max_num_queries):
    client.force_login(ofi)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as without:
        client.get(PAGE)
    with django_assert_max_num_queries(len(without) + len(KINDS) + 3):
        client.get(PAGE, {"q": "фонтан"})
    with django_assert_max_num_queries(len(without) + len(KINDS) + 8):
        client.get(PAGE, {"q": "фонтан", "names": "on"})


@pytest.mark.parametrize("text", ["фонтан", "166", "7-03.12.2026", "Коваль"])
def test_every_kind_is_read_by_an_index(things, ofi, text):
    """Of a few rows the planner would read all: it may not."""
    with CaptureQueriesContext(connection) as asked:
        find(ofi, text, by_name=text == "Коваль")
    selects = [each["sql"] for each in asked if " LIMIT " in each["sql"]]
    assert len(selects) >= len(KINDS) - 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for select in selects:
            cursor.execute(f"EXPLAIN {select}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            for table in BIG:
                assert f"Seq Scan on {table}" not in plan, plan
