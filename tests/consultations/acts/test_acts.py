"""The register of acts: what the council adopted, and whether it was published in time."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from city.models import Theme
from consultations.acts import queries
from consultations.decisions import actions
from consultations.decisions.models import Decision
from consultations.models import State
from core.domain import clock
from core.domain.calendar import WorkCalendar, local_date
from tests import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db

VOTES = {"votes_for": 30, "against": 2, "abstained": 3, "not_voting": 1, "members": 42}


def today() -> date:
    return local_date(clock.now())


def adopted(department, ofi, *, title="Про тарифи", **fields):
    found = factories.consultation(department, State.REPORTED, title=title)
    facts = {"outcome": "adopted", "decided_on": today(), "number": "12/7", **VOTES, **fields}
    return actions.enter(found, by=ofi, fields=facts)


def test_an_adopted_act_stands_in_the_register_with_its_vote(client, department, ofi):
    decision = adopted(department, ofi)
    rejected = {"outcome": "rejected", "number": "", "reason": "Бракує голосів", "votes_for": 3}
    other = adopted(department, ofi, title="Про інше", **rejected)
    listed = client.get("/acts/").content.decode()
    assert "Про тарифи" in listed and "12/7" in listed and "Про інше" not in listed
    page = client.get(f"/acts/{decision.pk}/").content.decode()
    assert "Про тарифи" in page and f"/consultations/{decision.consultation_id}/decision/" in page
    assert client.get(f"/acts/{other.pk}/").status_code == 404


def test_whether_it_was_published_in_time_is_counted_from_the_signature(department, ofi):
    long_ago = today() - timedelta(days=60)
    late = queries.act_of(adopted(department, ofi, decided_on=long_ago, early_ground="urgent").pk)
    signed = queries.act_of(
        adopted(
            department,
            ofi,
            decided_on=long_ago,
            early_ground="urgent",
            signed_on=today(),
            title="Б",
        ).pk
    )
    assert late and signed
    assert (late.is_in_time, signed.is_in_time) == (False, True)
    assert signed.due_on == WorkCalendar().add_working_days(today(), 5)


def test_what_was_postponed_is_published_when_it_is_adopted(department, ofi, clock):
    first = {"outcome": "postponed", "number": "", "reason": "Комісія доопрацьовує."}
    decision = adopted(department, ofi, **first, **dict.fromkeys(VOTES))
    assert queries.act_of(decision.pk) is None
    facts = {"outcome": "adopted", "decided_on": today(), "number": "13", "reason": ""}
    change = actions.change(decision, by=ofi, fields=facts)
    found = queries.act_of(decision.pk)
    assert found and found.published_at == change.at > decision.at


def test_a_signature_is_of_an_adopted_act_and_not_before_the_decision(department, ofi):
    with refused("decision.signed_out_of_time"):
        adopted(department, ofi, signed_on=today() - timedelta(days=1))
    rejected = {"outcome": "rejected", "number": "", "reason": "Ні", "votes_for": 3}
    with refused("decision.signed_nothing"):
        adopted(department, ofi, signed_on=today(), **rejected)


def test_it_is_known_since_when_until_when_and_by_what_it_was_in_force(client, department, ofi):
    begins, ends = today() - timedelta(days=9), today() - timedelta(days=2)
    dates = {"decided_on": begins, "in_force_from": begins, "in_force_until": ends}
    ended = {"ended_by": "Рішення № 15/2", "ended_by_url": "https://rada.example/15-2"}
    decision = adopted(department, ofi, **dates, **ended, early_ground="urgent")
    page = client.get(f"/acts/{decision.pk}/").text
    assert "Рішення №\u00a015/2" in page and "https://rada.example/15-2" in page
    one = client.get(f"/api/v1/acts/{decision.pk}/").json()
    assert (one["in_force_from"], one["in_force_until"]) == (str(begins), str(ends))
    assert one["ended_by"] == "Рішення № 15/2"
    body = b"".join(client.get("/acts/acts.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body))
    assert (row["in_force_until"], row["ended_by"]) == (str(ends), "Рішення № 15/2")


@pytest.mark.parametrize(
    ("days", "others", "code"),
    [
        ((None, -1), {}, "decision.in_force_since_when"),
        ((-1, -2), {}, "decision.in_force_out_of_order"),
        ((-1, None), {"ended_by": "№ 15"}, "decision.ended_when"),
        ((-2, -1), {"ended_by_url": "https://rada.example/15"}, "decision.ended_by_missing"),
        (
            (0, None),
            {"outcome": "rejected", "number": "", "reason": "Ні", "votes_for": 3},
            "decision.nothing_in_force",
        ),
    ],
)
def test_what_cannot_be_in_force_is_refused(department, ofi, days, others, code):
    begins, ends = (each if each is None else today() + timedelta(days=each) for each in days)
    with refused(code):
        adopted(department, ofi, in_force_from=begins, in_force_until=ends, **others)


def test_the_database_refuses_an_end_before_the_beginning(department, ofi):
    decision = adopted(department, ofi, in_force_from=today(), in_force_until=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(in_force_from=today() + timedelta(days=1))


def test_it_is_narrowed_by_year_theme_and_department(client, department, ofi):
    decision = adopted(department, ofi)
    theme = Theme.objects.create(slug="tariffs", name="Тарифи")
    decision.consultation.themes.add(theme)
    for query, is_there in (
        (f"year={today().year}&theme=tariffs&department={department.slug}", True),
        ("year=1999", False),
        ("theme=roads", False),
        ("department=nobody", False),
        ("year=²³45", True),
        ("year=0000", True),
    ):
        answer = client.get(f"/acts/?{query}")
        title = f'href="/acts/{decision.pk}/"'
        assert answer.status_code == 200 and (title in answer.content.decode()) == is_there, query


def test_programs_read_it_as_csv_atom_and_json(client, department, ofi):
    decision = adopted(department, ofi)
    body = b"".join(client.get("/acts/acts.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body))
    assert (row["number"], row["votes_for"], row["published_in_time"]) == ("12/7", "30", "true")
    feed = client.get("/acts/feed.atom").content.decode()
    assert f"/acts/{decision.pk}/" in feed and "12/7" in feed
    listed = client.get("/api/v1/acts/?year=" + str(today().year)).json()
    assert [each["id"] for each in listed["results"]] == [decision.pk]
    one = client.get(f"/api/v1/acts/{decision.pk}/").json()
    assert (one["title"], one["published_in_time"], one["votes"]["votes_for"]) == (
        "Про тарифи",
        True,
        30,
    )
    assert client.get("/api/v1/acts/999999/").status_code == 404


def test_the_register_takes_as_many_queries_at_any_size(
    client, department, ofi, django_assert_max_num_queries
):
    for number in range(3):
        adopted(department, ofi, title=f"Акт {number}", number=str(number))
    client.get("/acts/")
    with django_assert_max_num_queries(9):
        client.get("/acts/?fresh")
