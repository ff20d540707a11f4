"""Odd words in everything that officers write stay words in everything that is given out."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from django.urls import reverse
from lxml import etree

from tests import factories as house
from tests.votes import factories
from votes.ballots import actions
from votes.electorate import actions as electorate_actions
from votes.life import actions as life_actions

pytestmark = pytest.mark.django_db

ODD = {
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=1> ]]> <!-- -->",
    "formula": "=cmd|' /C calc'!A0",
    "control": "a\x0bb\x1b\x7f",
    "nobody's": "a\ufffeb\uffff",
    "direction": "\u202eabc\u2066",
    "typst": '#import "x"; $x$ #sys.inputs \\ @ref <l> */ //',
    "template": "{{ 7*7 }}{% x %}",
    "header": "x\r\nX-Evil: 1",
    "signs": "漢字 ∀ ␀ " + "🏳️‍🌈" * 20,
    "accents": "a\u0301" * 90,
}
KINDS = (("single", {}), ("ranked", {"method": "runoff"}), ("ranked", {"method": "schulze"}))
BEFORE = ("detail", "display", "card", "dates")
AFTER = ("detail", "display", "results", "results_csv", "results_json", "results_ods")
DESK = ("detail", "people", "people_csv", "hall")


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


def read(response, path: str) -> None:
    """What a browser, a spreadsheet or a reader of feeds would make of it."""
    assert response.status_code == 200, path
    assert "X-Evil" not in response.headers
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response["Content-Type"]
    if "html" in kind:
        assert b"<script>alert" not in body, path
        assert b"<img src=x" not in body, path
    elif "atom" in kind:
        etree.fromstring(body)
    elif "calendar" in kind:
        assert not [line for line in body.split(b"\r\n") if line.startswith(b"X-Evil")], path
    elif "opendocument" in kind:
        book = zipfile.ZipFile(io.BytesIO(body))
        for name in book.namelist():
            if name.endswith(".xml"):
                etree.fromstring(book.read(name))
    elif "csv" in kind:
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
            formulas = [cell for cell in row if re.match(r"[=+@\t\r]|-(?!\d+$)", cell)]
            assert formulas == [], path
    elif "pdf" in kind:
        assert body.startswith(b"%PDF"), path


@pytest.mark.with_all
@pytest.mark.parametrize("secrecy", ["named", "secret"])
@pytest.mark.parametrize("odd", ODD)
def test_they_stay_words(client, department, officer, olena, odd, secrecy):
    words = ODD[odd]
    questions = [
        {"text": words[:200], "details": words, "kind": kind, **more}
        | {"options": [{"text": f"{words[:190]}{n}", "details": words} for n in range(3)]}
        for kind, more in KINDS
    ]
    poll = factories.poll(
        officer,
        department,
        title=words[:200],
        summary=words,
        questions=questions,
        secrecy=secrecy,
        people=[(words[:190], olena.email), ("Ганна", "")],
    )
    choices = factories.filled(poll)
    if secrecy == "secret":
        factories.cast_secretly(electorate_actions.freeze(poll), olena, choices)
    else:
        actions.cast(poll, by=olena, choices=choices)
    client.force_login(officer)
    paths = [
        *(reverse(f"votes:{name}") for name in ("list", "feed", "calendar", "data_csv")),
        *(reverse(f"votes:{name}", args=[poll.pk]) for name in BEFORE),
        *(reverse(f"votes_desk:{name}", args=[poll.pk]) for name in DESK),
        f"/api/v1/polls/{poll.pk}/",
    ]
    for path in paths:
        read(client.get(path), path)
    printed = (("print_codes", {}), ("print_sheets", {"first": 1, "count": 2}))
    for name, sent in printed:
        path = reverse(f"votes_desk:{name}", args=[poll.pk])
        response = client.post(path, sent)
        # A secret poll takes no sheets.
        if name == "print_codes" or secrecy == "named":
            read(response, path)
            assert response["Content-Type"] == "application/pdf"
    life_actions.publish(factories.close(poll), by=officer)
    for name in AFTER:
        path = reverse(f"votes:{name}", args=[poll.pk])
        read(client.get(path), path)
