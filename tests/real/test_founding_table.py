"""The founding table against the programme of the city: page, CSV and PDF, digit by digit."""

import csv
import io
import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from demo import content
from insights.indicators import actions, loading

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[3] / "shared"))
FILE = SHARED / "data/seed/program-2017-2019-section-12-2.txt"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"no real data: {FILE} is absent")


@pytest.fixture(scope="module")
def programme():
    """Years, kinds and the rows of figures, as the programme's table has them."""
    cells = [line.strip() for line in FILE.read_text().splitlines()]
    text = "\n".join(cell for cell in cells[cells.index("№") :] if cell)
    years = re.findall(r"(\d{4}) рік", text)
    kinds = re.findall(r"^(факт|очікування|прогноз)$", text, re.MULTILINE)
    figures = re.findall(r"^\d+,\d$", text, re.MULTILINE)
    return years, kinds, [figures[: len(years)], figures[len(years) :]]


@pytest.fixture
def loaded(db):
    actions.import_values(loading.read(content.ROOT.joinpath("indicators.csv").read_bytes()))


def test_the_table_is_read(programme):
    years, kinds, rows = programme
    assert years == ["2015", "2016", "2017", "2018", "2019"]
    assert [len(kinds), *map(len, rows)] == [5, 5, 5]


def test_on_screen(client, loaded, programme):
    years, kinds, rows = programme
    page = html.fromstring(client.get(reverse("indicators:founding")).content)
    heads = [list(cell.itertext()) for cell in page.xpath("//table//thead//th")[2:]]
    assert heads == [[year, kind] for year, kind in zip(years, kinds, strict=True)]
    shown = [
        [cell.text_content().strip() for cell in row.xpath("td")[1:]]
        for row in page.xpath("//table//tbody//tr")
    ]
    assert shown == rows


def test_row_titles(client, loaded):
    """As in the programme, but for blanks and the shape of the apostrophe."""
    content = b"".join(client.get(reverse("indicators:founding_csv")).streaming_content)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[2:4]
    source = re.sub(r"\s", "", FILE.read_text()).replace("відвідува-ність", "відвідуваність")
    for line in lines:
        assert re.sub(r"\s", "", line[1]).replace("’", "'") in source


def test_in_csv(client, loaded, programme):
    years, kinds, rows = programme
    content = b"".join(client.get(reverse("indicators:founding_csv")).streaming_content)
    head, kinds_line, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert (head[2:], kinds_line[2:]) == (years, kinds)
    assert [line[2:] for line in lines] == rows


@pytest.mark.cpu(6)
def test_in_pdf(client, loaded, programme):
    years, kinds, rows = programme
    made = client.get(reverse("indicators:founding_pdf")).content
    text = "".join(page.extract_text() + "\n" for page in PdfReader(io.BytesIO(made)).pages)
    assert re.findall(r"\b20\d\d\b(?!\s*рок)", text)[: len(years)] == years
    assert re.findall(r"факт|очікування|прогноз", text)[: len(kinds)] == kinds
    assert re.findall(r"\b\d+,\d\b", text) == [*rows[0], *rows[1]]
