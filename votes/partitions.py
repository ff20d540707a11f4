"""The partitions of secret polls: their creation, and their replacement by a re-seal.

Voter records and ballots of secret polls lie in two tables that are partitioned by poll. The
partition of poll 17 (``votes_sealedballot_p17``) is partitioned itself, into one leaf with all rows
(``votes_sealedballot_p17_3``). To replace the leaf therefore locks the partition of that poll and
not the table that all polls share. Each leaf has a name of its own: a dump that looked the former
one up fails, instead of finding an empty table (docs/adr/0033).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from votes.models import Poll, SealedBallot, SecretVoterRecord

CREATION_SECONDS = 2
#: Autovacuum would hold a re-seal off, and keep samples of codes among its statistics.
_LEAF = """
CREATE TABLE {leaf} (LIKE {table} INCLUDING ALL, CHECK (poll_id = {poll}))
WITH (autovacuum_enabled = false)
"""
_PARTITION = "CREATE TABLE {partition} (LIKE {table} INCLUDING ALL) PARTITION BY LIST (poll_id)"
_ATTACH = "ALTER TABLE {whole} ATTACH PARTITION {part} FOR VALUES IN ({poll})"
_IS_THERE = "SELECT to_regclass(%s) IS NOT NULL"
_CURRENT_LEAF = (
    "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = %s::regclass"
)
_POLLS_WITHOUT = f"""
SELECT id FROM {Poll._meta.db_table}
WHERE secrecy = '{Poll.Secrecy.SECRET}' AND scheduled_at IS NOT NULL AND frozen_at IS NULL
    AND cancelled_at IS NULL AND to_regclass('{{table}}_p' || id) IS NULL
ORDER BY opens_at
"""  # noqa: S608 - names of ours

#: The oldest transaction that a statement of this moment might not see.
_HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"
_NEWER = "age(old.xmin) <= age(%s::text::xid)"


@dataclass(frozen=True, slots=True)
class PartitionedTable:
    """One of the two tables. ``key``: the column by which its rows are sorted and told apart in a
    poll; ``changing``: those that change while people vote."""

    name: str
    key: str
    changing: tuple[str, ...] = ()

    def of_poll(self, poll: Poll) -> str:
        return f"{self.name}_p{poll.pk:d}"


RECORDS = PartitionedTable(
    SecretVoterRecord._meta.db_table, "number", ("used", "on_paper", "user_id")
)
BALLOTS = PartitionedTable(SealedBallot._meta.db_table, "code")
#: In the order in which votes lock them.
TABLES = (RECORDS, BALLOTS)


def create(poll: Poll) -> None:
    """Create the partitions of a secret poll. Call it in a transaction.

    It locks nothing that anybody else needs to vote or to read, and waits for nobody but another
    one that creates partitions, or an ANALYZE of the whole tables: for so long as CREATION_SECONDS.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{CREATION_SECONDS:d}s'")
    for table in TABLES:
        partition = table.of_poll(poll)
        names: dict[str, Any] = {"table": table.name, "partition": partition, "poll": poll.pk}
        leaf = f"{partition}_1"
        with connection.cursor() as cursor:
            cursor.execute(_PARTITION.format(**names))
            cursor.execute(_LEAF.format(leaf=leaf, **names))
            cursor.execute(_ATTACH.format(whole=partition, part=leaf, poll=poll.pk))
            cursor.execute(_ATTACH.format(whole=table.name, part=partition, poll=poll.pk))


def exist(poll: Poll) -> bool:
    """Whether the poll has its partitions: ``create`` makes both or none."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_THERE, [BALLOTS.of_poll(poll)])
        return bool(cursor.fetchone()[0])


def polls_without() -> list[int]:
    """Ids of the announced secret polls that have not opened and have no partitions yet."""
    with connection.cursor() as cursor:
        cursor.execute(_POLLS_WITHOUT.format(table=BALLOTS.name))
        return [pk for (pk,) in cursor.fetchall()]


def lock(poll: Poll, *, milliseconds: int) -> None:
    """Lock the poll's partitions against everybody, or raise OperationalError after so long."""
    names = ", ".join(table.of_poll(poll) for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {milliseconds:d}")
        cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


class Replacement:
    """A new leaf for one partition: filled while people vote, then put in the place of the old.

    All its rows come from one transaction and lie in the order of their keys, so that nothing of
    them tells when they were first written.
    """

    def __init__(self, table: PartitionedTable, poll: Poll) -> None:
        self.table, self.poll = table, poll
        self.partition = table.of_poll(poll)
        self.rows = 0
        with connection.cursor() as cursor:
            cursor.execute(_CURRENT_LEAF, [self.partition])
            (self.old,) = cursor.fetchone()
            self.new = f"{self.partition}_{int(self.old.rpartition('_')[2]) + 1}"
            cursor.execute(_LEAF.format(leaf=self.new, table=table.name, poll=poll.pk))
            cursor.execute(_HORIZON)
            (self.horizon,) = cursor.fetchone()

    def fill(self) -> int:
        """Copy all rows that are there now, sorted; returns how many."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.new} SELECT * FROM {self.partition} ORDER BY {self.table.key}"  # noqa: S608
            )
            self.rows = int(cursor.rowcount)
        return self.rows

    def catch_up(self) -> bool:
        """Copy what was written since; returns whether both leaves hold as many rows. The partition
        has to be locked, so this does as little as it can: one pass over the old leaf."""
        key, new, old = self.table.key, self.new, self.old
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), array_agg({key}) FILTER (WHERE {_NEWER}) FROM {old} AS old",  # noqa: S608
                [self.horizon],
            )
            rows, newer = cursor.fetchone()
            if newer and self.table.changing:
                values = ", ".join(f"{name} = old.{name}" for name in self.table.changing)
                both = [
                    ", ".join(f"{leaf}.{name}" for name in self.table.changing)
                    for leaf in ("new", "old")
                ]
                cursor.execute(
                    f"UPDATE {new} AS new SET {values} FROM {old} AS old"  # noqa: S608
                    f" WHERE old.{key} = ANY(%s) AND new.{key} = old.{key}"
                    f" AND new.poll_id = old.poll_id AND old.poll_id = {self.poll.pk:d}"
                    f" AND ({both[0]}) IS DISTINCT FROM ({both[1]})",
                    [newer],
                )
            elif newer:
                cursor.execute(
                    f"INSERT INTO {new} SELECT * FROM {old} WHERE {key} = ANY(%s)"  # noqa: S608
                    f" AND poll_id = {self.poll.pk:d} ORDER BY {key} ON CONFLICT DO NOTHING",
                    [newer],
                )
                self.rows += int(cursor.rowcount)
            return bool(rows == self.rows)

    def put_in_place(self) -> None:
        """Attach the new leaf and drop the old one, whose files go when the transaction commits."""
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.partition} DETACH PARTITION {self.old}")
            cursor.execute(_ATTACH.format(whole=self.partition, part=self.new, poll=self.poll.pk))
            cursor.execute(f"DROP TABLE {self.old}")
