"""Reading the files of secret polls' tables as whoever runs the server can: rows that were deleted,
or moved by VACUUM, included."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from votes import partitions
from votes.models import Poll

_PAGE, _HEADER = 8192, 24
# Where a row says what transaction wrote it, how many columns it has and where they begin.
_COLUMNS, _BEGIN = 18, 22

_FILES = """
SELECT pg_relation_filepath(oid) FROM pg_class
WHERE oid IN (SELECT relid FROM pg_partition_tree(%s) WHERE isleaf)
"""
#: Every file of the database: of tables, indexes, long values, free space, sorts.
_ALL = """
SELECT 'base/' || db.oid || '/' || file.name
FROM pg_database db, pg_ls_dir('base/' || db.oid) AS file (name)
WHERE db.datname = current_database() AND file.name ~ '^t?[0-9]'
"""
_READ = "SELECT pg_read_binary_file(%s, 0, 1000000000, true)"


def read(path: str) -> bytes:
    """A file of the server's; empty where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [path])
        return bytes(cursor.fetchone()[0] or b"")


def heap_paths(poll: Poll, table: partitions.PartitionedTable) -> list[str]:
    """The files with the rows of the poll."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")  # what is in memory is written
        cursor.execute(_FILES, [table.of_poll(poll)])
        return [path for (path,) in cursor.fetchall()]


def _rows(poll: Poll, table: partitions.PartitionedTable, columns: int) -> Iterator[bytes]:
    """Whatever looks like a version of a row of this poll, at any place of a page."""
    for path in heap_paths(poll, table):
        content = read(path)
        for start in range(0, len(content), _PAGE):
            page = content[start : start + _PAGE]
            for place in range(_HEADER, len(page) - 64, 8):
                begin = page[place + _BEGIN]
                row = page[place:]
                if (
                    begin in (24, 32)
                    and int.from_bytes(row[_COLUMNS : _COLUMNS + 2], "little") & 0x7FF == columns
                    and int.from_bytes(row[begin : begin + 8], "little") == poll.pk
                ):
                    yield row


def pairs(poll: Poll) -> dict[int, UUID]:
    """User -> code, where one transaction wrote the one used record and the one ballot."""
    voters: dict[int, set[int]] = defaultdict(set)
    codes: dict[int, set[UUID]] = defaultdict(set)
    for row in _rows(poll, partitions.RECORDS, 9):
        transaction, user, used = struct.unpack_from("<I44xq?", row)
        if used:
            voters[transaction].add(user)
    for row in _rows(poll, partitions.BALLOTS, 3):
        (transaction,) = struct.unpack_from("<I", row)
        codes[transaction].add(UUID(bytes=row[32:48]))
    return {
        next(iter(users)): next(iter(codes[transaction]))
        for transaction, users in voters.items()
        if len(users) == len(codes[transaction]) == 1
    }


def paths_with(code: UUID) -> set[str]:
    """All files of the database that hold a code."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(_ALL)
        paths = [path for (path,) in cursor.fetchall()]
    return {path for path in paths if code.bytes in read(path)}


def leaf_paths(poll: Poll) -> set[str]:
    """The files of the poll's ballots that are in use: of rows and of their index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_filepath(relid) FROM pg_partition_tree(%s) WHERE isleaf UNION ALL"
            " SELECT pg_relation_filepath(indexrelid) FROM pg_index WHERE indrelid IN"
            " (SELECT relid FROM pg_partition_tree(%s) WHERE isleaf)",
            [partitions.BALLOTS.of_poll(poll)] * 2,
        )
        return {path for (path,) in cursor.fetchall()}
