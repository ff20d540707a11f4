"""The embedded PostgreSQL: UTF-8 everywhere, alone, gone when told, plain about a full disk."""

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import psutil
import psycopg
import pytest

from cli import postgres, template
from cli.checking import PRODUCTION
from cli.clone import PYTHON, ROOT, UserError
from cli.postgres import Cluster
from cli.processes import ChildProcesses

from .conftest import alive, environment, fill

pytestmark = [pytest.mark.with_all, pytest.mark.timeout(600)]


def test_speaks_utf8_whatever_the_environment_says(place, monkeypatch):
    for name, value in {
        "LANG": "C",
        "LC_ALL": "POSIX",
        "PGDATA": "/nowhere",
        "PGPORT": "1",
    }.items():
        monkeypatch.setenv(name, value)
    cluster = Cluster(place)
    cluster.create()
    with ChildProcesses() as processes:
        cluster.start(processes)
        with psycopg.connect(cluster.url) as connection:
            row = connection.execute(
                "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database"
                " WHERE datname = current_database()"
            ).fetchone()
            assert row == ("UTF8", "C.UTF-8")
            connection.execute("CREATE EXTENSION pg_trgm")
            trigrams = connection.execute("SELECT show_trgm('Київ')").fetchone()[0]
            assert len(trigrams) == 5


def test_keeps_data_and_ends_with_its_family(place):
    cluster = Cluster(place)
    cluster.create()
    cluster.create()  # the second time nothing happens
    for expected in (1, 2):
        other = Cluster(place)
        with ChildProcesses() as processes:
            assert not other.is_running()
            server = psutil.Process(cluster.start(processes).process.pid)
            assert other.is_running()  # and another command uses it too
            with psycopg.connect(other.url) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
                connection.execute("INSERT INTO kept VALUES (1)")
                kept = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
            assert kept == expected
            processes = [server, *server.children()]
        assert alive(processes) == []


def test_two_clusters_run_side_by_side_and_need_their_own_password(place):
    first, second = Cluster(place, "first"), Cluster(place, "second")
    with ChildProcesses() as processes:
        for cluster in (first, second):
            cluster.create()
            cluster.start(processes)
        assert first.port != second.port
        foreign = first.url.replace(f":{first.port}/", f":{second.port}/")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(foreign)


def test_opens_no_folder_to_others(place):
    before = {folder: folder.stat().st_mode for folder in [place, *place.parents]}
    Cluster(place).create()
    assert {folder: folder.stat().st_mode for folder in before} == before
    assert (place / "data").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's data lie outside the clone")
def test_beginning_anew_forgets_only_what_the_same_clone_had(place, monkeypatch):
    clones = [place / "clone", place / "other"]
    homes = []
    for clone in [*clones, clones[0]]:
        monkeypatch.setattr(postgres, "ROOT", clone)
        monkeypatch.setattr(postgres, "LOCAL", clone / ".local")
        clone.mkdir(exist_ok=True)
        homes.append(postgres.home())
        assert postgres.home() == homes[-1]
        if clone == clones[0]:
            shutil.rmtree(clone / ".local")  # to begin anew
    try:
        assert len(set(homes)) == 3
        assert [home.exists() for home in homes] == [False, True, True]
    finally:
        for home in homes[1:]:
            shutil.rmtree(home)


def test_data_of_another_version_are_refused(place):
    cluster = Cluster(place)
    cluster.create()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(UserError, match="written by PostgreSQL 12"):
        cluster.create()


def test_full_disk_is_named_before_and_after_creating(small_disk):
    with pytest.raises(UserError, match=r"The disk is full: \d+ MB are free"):
        Cluster(small_disk(40)).create()
    roomy = small_disk(300)
    cluster = Cluster(roomy)
    cluster.create()
    fill(roomy)
    with ChildProcesses() as processes, pytest.raises(UserError, match="The disk is full"):
        cluster.start(processes)


def test_two_who_begin_at_once_get_one_copy_of_the_programs(place):
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(lambda _: Cluster(place).programs, range(2))
    assert first == second
    assert (first / "initdb").exists()
    assert not list(place.glob("*.unfinished"))


def prepare(cluster: Cluster) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, ROOT / "bin/cli/prepare.py"],
        env=environment(**PRODUCTION | {"DATABASE_URL": cluster.url}),
        capture_output=True,
        text=True,
    )


@pytest.mark.cpu(10)
def test_a_log_that_could_hold_votes_and_a_council_without_a_name_are_refused(place):
    cluster = Cluster(place)
    cluster.create()
    with ChildProcesses() as processes:
        cluster.start(processes)
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute("ALTER ROLE postgres SET log_parameter_max_length = -1")
            logging = prepare(cluster)
            connection.execute("ALTER ROLE postgres SET log_parameter_max_length = 0")
        unnamed = prepare(cluster)
    assert (logging.returncode, unnamed.returncode) == (1, 1)
    assert "ALTER ROLE postgres SET log_parameter_max_length = 0;" in logging.stderr
    assert "CITY_NAME is not set" in unnamed.stderr
    assert "Traceback" not in logging.stderr + unnamed.stderr


def test_a_changed_migration_or_what_it_installs_makes_a_template_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(template, "ROOT", tmp_path)
    files = {
        "votes/migrations/0001_initial.py": "from votes import presets\n",
        "votes/presets.py": "",
        "votes/views.py": "",
        **dict.fromkeys(template.OTHERS, ""),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    states = [template.state()]
    for name in files:
        (tmp_path / name).write_text(f"{files[name]}# changed\n")
        states.append(template.state())
    assert states[2] == states[3], "a view is no part of the database"
    assert len(set(states)) == len(states) - 1


def test_added_migrations_alone_are_carried_out_on_the_former_template(tmp_path, monkeypatch):
    clone, place = tmp_path / "clone", tmp_path / "place"
    monkeypatch.setattr(template, "ROOT", clone)
    first = clone / "votes/migrations/0001_initial.py"
    for path in (first, *(clone / name for name in template.OTHERS)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (place / "template-former").mkdir(parents=True)
    template._made_of(Cluster(place, "template-former")).write_text(json.dumps(template._parts()))
    (first.parent / "0002_more.py").write_text("")
    former = template._former(place)
    assert former is not None and former.data.name == "template-former"
    first.write_text("# changed")
    assert template._former(place) is None
    first.write_text("")
    (clone / template.OTHERS[0]).write_text("another==2.0")
    assert template._former(place) is None


def test_a_copy_of_a_cluster_lives_by_itself(place):
    first, copy = Cluster(place, "first"), Cluster(place, "copy")
    first.create()
    copy.copy_from(first)
    first.delete()
    with ChildProcesses() as processes:
        copy.start(processes, durable=False)
        with psycopg.connect(copy.url) as connection:
            assert connection.execute("SHOW autovacuum").fetchone() == ("off",)
