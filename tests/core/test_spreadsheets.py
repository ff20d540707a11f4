"""Spreadsheets that people bring: read alike in three forms, refused beyond the limits."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from core.export import spreadsheets
from core.export.csv import NotATable, neutral
from core.export.ods import Sheet, ods
from core.export.xlsx import xlsx

HEADS = {"number": "number", "words": "words"}
TITLES = ("Number", "Words", "Other")
ROWS = [(1, "=1+1"), (2, "два\nрядки"), (3, "  три  "), (4, "007")]


def _csv(rows) -> bytes:
    lines = [f'{number},"{neutral(words)}",' for number, words in rows]
    return "\n".join([",".join(TITLES), *lines]).encode()


def read(content: bytes, most: int = 100) -> list[tuple[int, dict[str, str]]]:
    return list(spreadsheets.rows_of(content, HEADS, needed={"number": "Number"}, most=most))


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_what_is_written_is_read_again(form):
    sheet = Sheet("Назва: [1]", TITLES, ROWS)
    content = {"xlsx": xlsx([sheet]), "ods": ods([sheet]), "csv": _csv(ROWS)}[form]
    told = [(cells["number"], cells["words"]) for _line, cells in read(content)]
    assert told == [("1", "=1+1"), ("2", "два\nрядки"), ("3", "три"), ("4", "007")]


def test_no_cell_of_a_workbook_is_a_formula():
    book = load_workbook(io.BytesIO(xlsx([Sheet("a", ("=A1",), [("=1+1",), ("\x00@SUM(A1)",)])])))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert kinds == {"s"}


def test_columns_are_found_by_their_heads_in_any_order():
    content = xlsx([Sheet("a", ("words", "NUMBER"), [("так", 5)])])
    assert read(content) == [(2, {"words": "так", "number": "5"})]


def _packed(**files: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


def _changed(content: bytes, name: str, change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    return _packed(**{**files, name: change(files.get(name, b""))})


WORKBOOK = xlsx([Sheet("a", TITLES, ROWS)])
DOCUMENT = ods([Sheet("a", TITLES, ROWS)])
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def _entities(words: bytes) -> bytes:
    start = words.index(b"?>") + 2 if words.startswith(b"<?xml") else 0
    return words[:start] + LAUGHS + words[start:].replace(b"007", b"&c;")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"PK\x03\x04" + b"x" * 100, id="no archive"),
        pytest.param(_packed(**{"a.txt": b"x"}), id="another archive"),
        pytest.param(b"\x00\x01\x02", id="no text"),
        pytest.param(b"x" * (spreadsheets.MAX_BYTES + 1), id="too large"),
        pytest.param(
            _changed(WORKBOOK, "xl/media/big.bin", lambda _: b"\0" * 41 * 2**20), id="a bomb"
        ),
        pytest.param(_packed(**{f"{number}": b"" for number in range(600)}), id="too many entries"),
        pytest.param(_changed(WORKBOOK, "xl/vbaProject.bin", lambda _: b"x"), id="macros"),
        pytest.param(_changed(DOCUMENT, "Basic/a.xml", lambda _: b"x"), id="macros of an ods"),
        pytest.param(
            _changed(WORKBOOK, "xl/worksheets/sheet1.xml", _entities), id="entities of a workbook"
        ),
        pytest.param(_changed(DOCUMENT, "content.xml", _entities), id="entities of an ods"),
        pytest.param(
            _changed(WORKBOOK, "xl/worksheets/sheet1.xml", lambda words: words[:-30]), id="torn"
        ),
        pytest.param(
            _changed(DOCUMENT, "content.xml", lambda words: words[: len(words) // 2]), id="torn ods"
        ),
        pytest.param(xlsx([Sheet("a", ("Other",), [("x",)])]), id="without the column"),
        pytest.param(xlsx([Sheet("a", (), [])]), id="empty"),
        pytest.param(
            xlsx([Sheet("a", TITLES, [(n, "x") for n in range(101)])]), id="too many rows"
        ),
        pytest.param(
            _changed(
                DOCUMENT,
                "content.xml",
                lambda words: words.replace(
                    b"<table:table-row>", b'<table:table-row table:number-rows-repeated="9999999">'
                ),
            ),
            id="a row a million times",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content):
    with pytest.raises(NotATable) as refused:
        read(content)
    assert str(refused.value).endswith(".")


def test_a_cell_at_the_end_of_the_sheet_costs_nothing():
    book = Workbook()
    book.active.append(["number", "words"])
    book.active.cell(1_048_576, 16_384, "x")
    kept = io.BytesIO()
    book.save(kept)
    assert read(kept.getvalue()) == []
