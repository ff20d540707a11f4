"""Results to take away: true, whole, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from core.export.ods import MIME, Sheet, ods
from tests.votes import factories
from tests.votes.crowd import publish, vote
from votes import pages
from votes.exports import document as exports
from votes.models import Poll, Question, State
from votes.presenters import ShownPoll

pytestmark = pytest.mark.django_db

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
EVIL = [{"text": '=HYPERLINK("http://evil")'}, {"text": "007"}, {"text": "@SUM(1)"}]


def book(content):
    """The sheets of an ODS as {name: rows of cells as text}."""
    packed = ZipFile(BytesIO(content))
    first = packed.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert packed.read("mimetype").decode() == MIME
    document = etree.fromstring(packed.read("content.xml"))
    assert not document.xpath("//@table:formula", namespaces=NAMES)
    return {
        table.get(f"{{{NAMES['table']}}}name"): [
            [
                cell.get(f"{{{NAMES['office']}}}value")
                or "\n".join(line.text or "" for line in cell.findall("text:p", NAMES))
                for cell in row.findall("table:table-cell", NAMES)
            ]
            for row in table.findall("table:table-row", NAMES)
        ]
        for table in document.iterfind(".//table:table", NAMES)
    }


@pytest.fixture
def counted(officer, department, districts, ages):
    """An open poll of residents with every kind of question and results by groups."""
    poll = factories.poll(
        officer,
        department,
        questions=[
            factories.SINGLE | {"options": EVIL},
            *factories.ALL_KINDS[1:],
            factories.RANKED | {"method": Question.Method.RUNOFF},
        ],
        voters=Poll.Voters.RESIDENTS,
        splits=True,
    )
    pks = [list(question.options.values_list("pk", flat=True)) for question in poll.questions.all()]
    filled = factories.filled(poll)
    last = str(poll.questions.last().pk)
    for district in districts:
        vote(poll, 8, filled | {last: pks[-1]}, district=district, age=18)
        vote(poll, 7, filled | {last: pks[-1][1:]}, district=district, age=16)
        vote(poll, 6, filled | {last: pks[-1][2:]}, district=district, age=14)
    publish(poll, officer)
    return poll


def test_as_one_table(client, counted):
    answer = client.get(f"/polls/{counted.pk}/results.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f'filename="poll-{counted.pk}-results.csv"'
    assert answer["Content-Disposition"] == f"attachment; {name}"
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    options = [row["option"] for row in rows if row["section"] == "option"][:3]
    assert options == ['\'=HYPERLINK("http://evil")', "007", "'@SUM(1)"]
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values() if cell
    )
    ballots = [row["number"] for row in rows if row["option"] == "ballots"]
    assert ballots == ["63"]
    in_groups = [row for row in rows if row["section"] == "turnout_by_group"]
    assert sum(int(row["number"]) for row in in_groups if row["kind"] == "district") == 63
    sections = {row["section"] for row in rows}
    assert {"round", "transfer", "pair", "over_time", "answers_by_group"} <= sections


def test_for_programs(client, counted):
    answer = client.get(f"/polls/{counted.pk}/results.json")
    assert answer["Content-Type"] == "application/json"
    assert f'filename="poll-{counted.pk}-results.json"' in answer["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["poll"]["title"] == counted.title
    assert told["ballots"] == counted.result.counted["ballots"] == 63
    first = told["questions"][0]["options"][0]
    assert (first["text"], first["votes"]) == ('=HYPERLINK("http://evil")', 63)
    assert [group["kind"] for group in told["groups"]] == ["district", "age"]
    assert (
        min(
            number
            for group in told["groups"]
            for table in group["questions"]
            for row in table["rows"]
            for number in (row["ballots"], *row["cells"])
        )
        >= 5
    )
    assert "Дякую!" not in answer.text, "words are read on their page, as moderators let them"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_as_a_book_of_sheets(client, counted, prefix):
    answer = client.get(f"{prefix}/polls/{counted.pk}/results.ods")
    assert answer["Content-Type"] == MIME
    assert f'filename="poll-{counted.pk}-results.ods"' in answer["Content-Disposition"]
    sheets = book(answer.content)
    names = list(sheets)
    assert names[0] == ("Poll" if prefix else "Голосування")
    results = sheets["Results" if prefix else "Результати"]
    assert [row[1:3] for row in results[1:4]] == [
        ['=HYPERLINK("http://evil")', "63"],
        ["007", "0"],
        ["@SUM(1)", "0"],
    ]
    assert "Дякую!" not in str(sheets)
    assert len(names) == len(set(names))


def test_a_cell_of_text_is_text_and_of_a_number_a_number():
    made = ods([Sheet("A/B", ("x", "y"), [("=1+1", 7), ("a\x00b\nc", None), ("0010", 1.5)])])
    assert made == ods(
        [Sheet("A/B", ("x", "y"), [("=1+1", 7), ("a\x00b\nc", None), ("0010", 1.5)])]
    )
    assert book(made) == {"A B": [["x", "y"], ["=1+1", "7"], ["a b\nc", ""], ["0010", "1.5"]]}
    document = etree.fromstring(ZipFile(BytesIO(made)).read("content.xml"))
    kinds = document.xpath("//@office:value-type", namespaces=NAMES)
    assert kinds == ["string", "string", "string", "float", "string", "string", "float"]


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED, State.CANCELLED, State.DRAFT])
@pytest.mark.parametrize("ending", ["csv", "json", "ods"])
def test_only_of_what_is_published(client, officer, department, state, ending):
    poll = factories.poll(officer, department, state, results_while_open=True)
    assert client.get(f"/polls/{poll.pk}/results.{ending}").status_code == 404


@pytest.mark.parametrize("ending", ["csv", "json", "ods"])
def test_few_queries(client, counted, ending, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(f"/polls/{counted.pk}/results.{ending}")


def test_the_document_of_an_open_poll_is_what_its_page_shows(client, officer, department):
    poll = factories.poll(officer, department, results_while_open=True)
    hidden = factories.poll(officer, department)
    vote(poll, 3, factories.choose(poll))
    told = [
        exports.document(ShownPoll.of(pages.for_page(Poll.objects.filter(pk=each.pk)).get()))
        for each in (poll, hidden)
    ]
    assert told[0]["ballots"] == 3
    assert not told[0]["is_final"]
    assert told[1] is None
