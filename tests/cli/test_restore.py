"""A night's copy, put into an empty database and folder as docs/deploy.md says, is whole."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.petitions.factories import petition, signatures
from tests.petitions.ledger.test_append import counted

from .conftest import environment
from .test_serve import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a new database beside the tests' own."""
    url = f"{database_url()}_restored"
    name = sql.Identifier(url.rsplit("/", 1)[1])
    with psycopg.connect(database_url(), autocommit=True) as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(name)
        server.execute(drop)
        server.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            ).format(name)
        )
        yield url
        server.execute(drop)


def contents(url: str) -> dict[str, tuple[int, str | None]]:
    """Of each table: how many rows, and a hash over all that they hold. Of runs nothing: that the
    copy was made is written down once it is."""
    with psycopg.connect(url) as database:
        names = database.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p'"
            " AND relnamespace = 'public'::regnamespace AND relname <> 'core_staterun'"
        ).fetchall()
        return {
            name: database.execute(
                sql.SQL(
                    "SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {} t"
                ).format(sql.Identifier(name))
            ).fetchone()
            for (name,) in names
        }


def guards(url: str) -> list[tuple[str, ...]]:
    """Columns, and what keeps rows honest: constraints, indexes, triggers (by name: each is spelt
    anew)."""
    with psycopg.connect(url) as database:
        return database.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND convalidated"
            " UNION ALL SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE NOT tgisinternal"
            " UNION ALL SELECT attrelid::regclass::text,"
            " concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull)"
            " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND attnum > 0 AND NOT attisdropped ORDER BY 1, 2"
        ).fetchall()


def test_a_copy_restored_is_all_there_was(programs, empty, olena, tmp_path):
    one = petition(olena)
    signatures(one, 5)
    assert counted(one) == 1
    media, copies = tmp_path / "media", tmp_path / "copies"
    (media / "files").mkdir(parents=True)
    (media / "files" / "проєкт.pdf").write_bytes(os.urandom(1000))
    copies.mkdir()
    env = environment(PATH=programs, DATABASE_URL=database_url(), MEDIA_ROOT=str(media))
    subprocess.run([settings.BASE_DIR / "deploy/backup", copies], env=env, check=True)

    (dump,), (archive,) = copies.glob("*.dump"), copies.glob("*.media.tar")
    assert dump.stat().st_mode & 0o077 == archive.stat().st_mode & 0o077 == 0  # people's data
    subprocess.run(
        ["pg_restore", "--exit-on-error", "--no-owner", f"--dbname={empty}", dump],
        env=env,
        check=True,
    )
    before, after = contents(database_url()), contents(empty)
    assert after == before
    assert before["petitions_entry"][0] == 1
    assert guards(empty) == guards(database_url())
    place = tmp_path / "restored"
    place.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", place], check=True)
    assert files(place) == files(media)


def test_files_that_go_or_come_during_the_dump_are_in_the_copy(programs, tmp_path):
    """A row of the dump never lacks its file: which of them the dump holds is not known."""
    media, copies = tmp_path / "media", tmp_path / "copies"
    media.mkdir()
    copies.mkdir()
    for name in ("stays", "goes"):
        (media / name).write_text(name)
    dump = tmp_path / "pg_dump"
    dump.write_text(
        '#!/bin/sh\nset -eu\nrm "$MEDIA_ROOT/goes"\necho comes >"$MEDIA_ROOT/comes"\n'
        f'PATH={programs} exec pg_dump "$@"\n'
    )
    dump.chmod(0o755)
    env = environment(
        PATH=f"{tmp_path}:{programs}", DATABASE_URL=database_url(), MEDIA_ROOT=str(media)
    )
    subprocess.run([settings.BASE_DIR / "deploy/backup", copies], env=env, check=True)
    (archive,) = copies.glob("*.media.tar")
    place = tmp_path / "restored"
    place.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", place], check=True)
    assert sorted(files(place)) == ["comes", "goes", "stays"]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_copy_that_failed_is_not_taken_for_one(programs, tmp_path):
    env = environment(
        PATH=programs, DATABASE_URL="postgres://nobody@127.0.0.1:1/none", MEDIA_ROOT=""
    )
    done = subprocess.run(
        [settings.BASE_DIR / "deploy/backup", tmp_path], env=env, capture_output=True
    )
    assert done.returncode
    assert not list(tmp_path.glob("*.dump"))
