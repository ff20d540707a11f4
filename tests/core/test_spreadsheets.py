"""Spreadsheets that people bring: read alike in three forms, refused beyond the limits."""

from __future__ import annotations

import io
import subprocess
import sys
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
with zipfile.ZipFile(io.BytesIO(DOCUMENT)) as _archive:
    DOCUMENT_XML = _archive.read("content.xml")
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
            _changed(WORKBOOK, "xl/media/big.bin", lambda _: b"\0" * 31 * 2**20), id="a bomb"
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


#: Reads bombs in a process of their own: its memory tells whether they were unpacked.
_READER = """
import resource, sys
import django
from django.conf import settings
settings.configure(USE_I18N=False)
from core.export import spreadsheets
from core.export.csv import NotATable
def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
for name in sys.argv[1:]:
    before = most()
    try:
        found = spreadsheets.rows_of(open(name, "rb").read(), {}, needed={"a": "A"}, most=100)
        list(found)
    except NotATable as refused:
        print(most() - before, refused)
"""
_START = DOCUMENT_XML[: DOCUMENT_XML.index(b"<table:table-row")]
_END = DOCUMENT_XML[DOCUMENT_XML.rindex(b"</table:table>") :]


def _bomb(inner: bytes) -> bytes:
    return _changed(DOCUMENT, "content.xml", lambda _: _START + inner + _END)


def test_an_ods_that_would_fill_the_memory_is_refused_within_little(tmp_path):
    bombs = {
        "elements": b"<a/>" * 7_000_000,
        "one row": b"<table:table-row>" + b"<a/>" * 1_900_000 + b"</table:table-row>",
        "one tag": b"<a%s/>" % b"".join(b" a%d='1'" % n for n in range(1_500_000)),
    }
    for name, inner in bombs.items():
        (tmp_path / name).write_bytes(_bomb(inner))
    done = subprocess.run(
        [sys.executable, "-c", _READER, *(str(tmp_path / name) for name in bombs)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    told = [line.partition(" ") for line in done.stdout.splitlines()]
    assert len(told) == len(bombs)
    for memory, _space, sentence in told:
        assert int(memory) < 60, done.stdout
        assert sentence.endswith(".")
