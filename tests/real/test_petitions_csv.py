"""Thousands of real petitions, of another country and language, through our lists and search."""

from __future__ import annotations

import csv
import os
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict

from core.db.search import document
from discussions.models import Thread
from petitions import pages
from petitions.models import Petition, Total
from tests import factories as house
from tests.petitions import factories

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
FILE = SHARED / "data/petitions/uk_parliament_petitions_2015_2017.csv"

pytestmark = [
    pytest.mark.skipif(not FILE.exists(), reason=f"no real data: {FILE} is absent"),
    pytest.mark.django_db,
]


def imported() -> list[dict[str, str]]:
    """Every row of the file as a published petition; «open» ones go on collecting."""
    rows = list(csv.DictReader(FILE.open(encoding="utf-8")))
    author, procedure = house.user("author"), factories.procedure()
    threads = Thread.objects.bulk_create(Thread() for _ in rows)
    ahead = datetime.now().astimezone() + timedelta(days=30)
    made = []
    for row, thread in zip(rows, threads, strict=True):
        published = datetime.fromisoformat(row["created"])
        made.append(
            Petition(
                procedure=procedure,
                author=author,
                author_name="A. Author",
                thread=thread,
                title=row["title"],
                text=row["title"],
                submitted_at=published,
                publish_due_on=published.date(),
                published_at=published,
                closes_at=ahead if row["status"] == "open" else published + timedelta(days=180),
                search=document(A=row["title"]),
            )
        )
    made = Petition.objects.bulk_create(made, batch_size=1000)
    Total.objects.bulk_create(
        (
            Total(petition=petition, counted=int(row["signatures"] or 0))
            for petition, row in zip(made, rows, strict=True)
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:  # what one transaction has written is news to the planner
        cursor.execute("ANALYZE petitions_petition, petitions_total, discussions_thread")
    return rows


def walked(query: str) -> list[int]:
    """The ids of a list, page by page to its end."""
    found: list[int] = []
    context = pages.list_context(QueryDict(query))
    while True:
        found += [petition.pk for petition in context["page"]]
        if not context["next_url"]:
            return found
        context = pages.list_context(QueryDict(context["next_url"].partition("?")[2]))


@pytest.mark.cpu(20)
@pytest.mark.with_all
def test_lists_and_search_hold_what_is_there(django_assert_max_num_queries):
    rows = imported()
    collecting = walked("sort=signed")
    assert len(collecting) == len(set(collecting)) == sum(row["status"] == "open" for row in rows)
    counted = dict(Total.objects.values_list("petition_id", "counted"))
    numbers = [counted[pk] for pk in collecting]
    assert numbers == sorted(numbers, reverse=True)

    for row in Random(1).sample(rows, 40):
        with django_assert_max_num_queries(6):
            words = QueryDict(mutable=True)
            words.update({"state": "all", "q": row["title"]})
            context = pages.list_context(words)
        assert row["title"] in {petition.title for petition in context["page"]}
