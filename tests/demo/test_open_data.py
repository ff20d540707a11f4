"""The demo city's open data: every dataset has rows, each as its schema says, and names nobody."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from accounts.models import User
from core.export.csv import plain
from meetings.models import Deputy
from portal.opendata.registry import DATASETS
from portal.opendata.schemas import schema_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

FORMATS = FormatChecker(formats=())
FORMATS.checks("date", raises=ValueError)(lambda said: said is None or date.fromisoformat(said))
FORMATS.checks("date-time", raises=ValueError)(
    lambda said: said is None or datetime.fromisoformat(said).utcoffset() is not None
)
FORMATS.checks("uri")(lambda said: said is None or said.startswith("http"))


@pytest.fixture
def read(client):
    def body(path: str) -> str:
        return b"".join(client.get(path).streaming_content).decode("utf-8-sig")

    return body


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.slug)
def test_rows_are_as_their_schema_says(dataset, read):
    schema = schema_of(dataset)
    Draft202012Validator.check_schema(schema)
    rows = [json.loads(line) for line in read(f"/data/{dataset.slug}.jsonl").splitlines()]
    assert rows
    of_schema = Draft202012Validator(schema, format_checker=FORMATS)
    for row in rows[:300]:
        of_schema.validate(row)
    table = list(csv.reader(io.StringIO(read(f"/data/{dataset.slug}.csv"))))
    assert table[0] == [*rows[0]] == dataset.names
    assert len(table) == len(rows) + 1
    for cells, row in zip(table[1:300], rows[:299], strict=False):
        for cell, value in zip(cells, row.values(), strict=True):
            expected = str(value).lower() if isinstance(value, bool) else value
            assert plain(cell) == ("" if value is None else str(expected)), (dataset.slug, row)


def test_nobody_is_named_but_deputies(read):
    """Nor anybody's mailbox or telephone. What people write of themselves is their own."""
    deputies = " ".join(Deputy.objects.values_list("name", flat=True))
    people = list(User.objects.all())
    names = {f"{one.family_name} {one.given_name}" for one in people} | {
        one.public_name for one in people
    }
    secrets = {one.email for one in people} | {one.phone for one in people}
    looked_for = {
        word for word in names | secrets if word and len(word) > 5 and word not in deputies
    }
    assert len(looked_for) > 50
    for dataset in DATASETS:
        body = read(f"/data/{dataset.slug}.jsonl")
        assert not [word for word in looked_for if word in body], dataset.slug
