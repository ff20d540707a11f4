"""Neither a standby of the database nor its archive of the log holds a choice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
from django.db import connection

from tests.crowds import crowd, until
from tests.servers import HOST, database_url, free_port
from tests.votes import factories
from tests.votes.test_secrecy import (
    NUMBERS,
    boxes_of,
    by_api,
    by_page,
    bytes_in,
    holds,
    kept_by,
)
from votes.ballots.boxes import Opener
from votes.models import Poll
from votes.queries import questions_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

_RECORDS = "SELECT user_id, number, box FROM votes_secretvoterrecord WHERE box IS NOT NULL"


@contextmanager
def standby_of_this_database() -> Iterator[tuple[psycopg.Connection, Path]]:
    """A connection to a standby that follows the log and archives it, and its folder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = psutil.Process(cursor.fetchone()[0]).parent()
    folder = Path(tempfile.mkdtemp(prefix="viche-standby-", dir="/var/tmp"))
    who = {"user": database.uids().real, "group": database.gids().real, "extra_groups": []}
    os.chown(folder, who["user"], who["group"])
    own = {"cwd": folder, "env": os.environ | {"PATH": str(Path(database.exe()).parent)}} | (
        who if os.geteuid() == 0 else {}
    )
    begin = ["pg_basebackup", "-D", "data", "-R", "-X", "stream", "--checkpoint=fast"]
    try:
        subprocess.run([*begin, "-d", database_url()], check=True, capture_output=True, **own)
        (folder / "data" / "archive").mkdir()
        os.chown(folder / "data" / "archive", who["user"], who["group"])
        port = free_port()
        options = {
            "port": str(port),
            "listen_addresses": HOST,
            "unix_socket_directories": "",
            "archive_mode": "always",
            "archive_command": "/bin/cp %p archive/%f",
        }
        command = ["postgres", "-D", "data", *(f"--{key}={said}" for key, said in options.items())]
        with (folder / "said").open("wb") as said:
            server = subprocess.Popen(command, stdout=said, stderr=said, **own)
        try:
            url = urlsplit(database_url())
            address = url._replace(netloc=url.netloc.replace(f":{url.port}", f":{port}")).geturl()
            with psycopg.connect(connected_to(address), autocommit=True) as standby:
                yield standby, folder
        finally:
            server.terminate()
            server.wait(60)
    finally:
        shutil.rmtree(folder)


def connected_to(address: str) -> str:
    """The address, once a server answers there."""

    def is_there() -> bool:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            return False
        return True

    until(is_there)
    return address


def follow(standby: psycopg.Connection) -> None:
    """Wait until the standby has all that is written here, and its files too."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_walfile_name(pg_switch_wal())")
        (segment,) = cursor.fetchone()
        # A file of the log is archived when the next one begins.
        cursor.execute("SELECT pg_logical_emit_message(true, 'tests', '')")
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        (place,) = cursor.fetchone()
    has_all = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
    until(lambda: standby.execute(has_all, [place]).fetchone()[0])
    standby.execute("CHECKPOINT")
    archived = "SELECT last_archived_wal >= %s FROM pg_stat_archiver"
    until(lambda: standby.execute(archived, [segment]).fetchone()[0])


@pytest.mark.usefixtures("recognisable")
@pytest.mark.cpu(40)
def test_a_standby_holds_nobodys_choice(officer, keys):
    """As it follows the log, and when it has taken over; its archive of the log too."""
    voters = crowd(6)
    poll = kept_by(keys, officer, ballot_kind=Poll.BallotKind.CHANGEABLE)
    chosen = {voter.pk: place % 3 for place, voter in enumerate(voters)}
    with standby_of_this_database() as (standby, folder):
        for number, voter in enumerate(voters):
            (by_page if number % 2 else by_api)(poll, voter, chosen[voter.pk])
        chosen[voters[0].pk] = 2
        by_page(poll, voters[0], 2)  # a vote that is changed
        follow(standby)
        held = bytes_in(folder)
        archive = b"".join(each.read_bytes() for each in (folder / "data/archive").iterdir())
        standby.execute("SELECT pg_promote()")
        standby.execute("CHECKPOINT")
        for content in (held, archive, bytes_in(folder)):
            assert all(box in content for box in boxes_of(poll).values())
            assert not re.search(NUMBERS, content)
            assert not any(holds(content, key.private_bytes_raw()) for key in keys)

        # The control: whoever has a keeper's file, too, reads the votes from the standby alone.
        opener = Opener(poll, keys[1], 1, len(keys), questions_of(poll))
        options = factories.options(poll)
        found = {
            user: options.index(next(iter(opener.open(number, bytes(box)).choices.values())))
            for user, number, box in standby.execute(_RECORDS)
        }
        assert found == chosen
