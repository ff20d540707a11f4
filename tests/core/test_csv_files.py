"""Tables that spreadsheets have saved, under the names of their columns."""

from __future__ import annotations

import pytest

from core.export.csv import NotATable, rows_of

HEADS = {"name": "name", "назва": "name", "code": "code"}
NEEDED = {"name": "назва", "code": "ЄДРПОУ"}


def read(content: str | bytes, most: int = 10) -> list[tuple[int, dict[str, str]]]:
    content = content if isinstance(content, bytes) else content.encode()
    return list(rows_of(content, HEADS, needed=NEEDED, most=most))


def test_lines_have_the_numbers_of_the_spreadsheet():
    table = 'Code;Інше;НАЗВА\n\n0123;x; Рада \n;;\n\'=1+1;;"Два\nрядки"\n'
    assert read(table) == [
        (3, {"code": "0123", "name": "Рада"}),
        (5, {"code": "=1+1", "name": "Два\nрядки"}),
    ]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_as_spreadsheets_write_it(mark, encoding):
    table = f"code{mark}назва\r\n1{mark}Їжак\r\n".encode(encoding)
    assert read(table) == [(2, {"code": "1", "name": "Їжак"})]


def test_missing_columns_are_named_as_people_call_them():
    with pytest.raises(NotATable, match="ЄДРПОУ") as reason:
        read("назва;інше\n")
    assert "назва" not in str(reason.value)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"name;code\n\x98", b'name;code\n"' + b"x" * 140_000]
)
def test_what_is_no_table(content):
    with pytest.raises(NotATable):
        read(content)


def test_so_many_lines_are_taken():
    table = "name;code\n" + "a;1\n\n" * 3
    assert len(read(table, most=3)) == 3
    with pytest.raises(NotATable, match="2"):
        read(table, most=2)
