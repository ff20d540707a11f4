"""One address or two: an upgrade goes on with one, and two take the audit log from the service."""

import os
import re
import subprocess

import psycopg
import pytest

from cli.checking import PRODUCTION
from cli.clone import PYTHON, ROOT
from cli.postgres import Cluster
from cli.processes import ChildProcesses
from tests.plugins.levels import level

from .conftest import COUNCIL, environment
from .test_restore import guards
from .test_serve import database_url

pytestmark = [pytest.mark.timeout(1800), pytest.mark.long]

#: What docs/deploy.md has the superuser do, with the log's settings that it asks for.
ONE_ROLE = """
CREATE ROLE viche LOGIN PASSWORD 'of-the-application';
ALTER ROLE viche SET log_parameter_max_length = 0;
ALTER ROLE viche SET log_parameter_max_length_on_error = 0;
ALTER DATABASE viche OWNER TO viche;
"""
TWO_ROLES = """
CREATE ROLE viche_owner LOGIN PASSWORD 'of-the-owner';
GRANT viche TO viche_owner;
ALTER DATABASE viche OWNER TO viche_owner;
"""


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, *command],
        cwd=ROOT,
        env=environment(**PRODUCTION, **COUNCIL, **env),
        capture_output=True,
        text=True,
    )


def done(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    result = run(*command, **env)
    assert result.returncode == 0, result.stderr
    return result


@pytest.mark.more_at_night
def test_an_installation_goes_from_one_role_to_two_and_back_from_a_copy(
    django_db_setup, place, tmp_path, request
):
    cluster = Cluster(place)
    cluster.create()
    with ChildProcesses() as processes:
        cluster.start(processes, durable=False)
        application = cluster.url.replace("//postgres:", "//viche:").replace(
            cluster.url.split(":")[2].split("@")[0], "of-the-application"
        )
        owner = application.replace("//viche:of-the-application", "//viche_owner:of-the-owner")
        with psycopg.connect(cluster.url, autocommit=True) as superuser:
            superuser.execute(ONE_ROLE)
            one = {"DATABASE_URL": application}
            # A database of 0.4.0 has the table elsewhere.
            done("manage.py", "migrate", "core", "0004", "--verbosity=0", **one)
            with psycopg.connect(application) as database:
                database.execute("INSERT INTO core_auditentry (event, ids) VALUES ('Old', '{}')")
            first = done("bin/cli/prepare.py", **one)
            assert "OWNER_DATABASE_URL" in first.stderr  # a warning, in one line
            assert len(first.stderr.splitlines()) == 1
            assert (
                "1 entries in 1 links and the record of 0 procedures hold"
                in done("manage.py", "shell", "-c", CHAIN_AND_VERIFY, **one).stdout
            )

            two = {**one, "OWNER_DATABASE_URL": owner}
            refused = run("bin/cli/prepare.py", **two)
            assert "viche_owner" in refused.stderr
            superuser.execute(TWO_ROLES)
            assert done("bin/cli/prepare.py", **two).stderr == ""
            assert_protected(application)
            # The tests' own database, whose migrations draw less (core/db/migrating.py).
            ours = [each for each in guards(database_url()) if each[0] != "test_clock"]
            assert guards(application) == ours
            secured = done("manage.py", "secure_audit", **two).stdout
            assert secured == "The audit log belongs to viche_owner; viche reads and adds to it.\n"
            checked = done("manage.py", "check", "--database=default", **one, **HAS_OWNER)
            assert "core.E001" not in checked.stderr
            trimmed = run("manage.py", "trim_audit", **one, **HAS_OWNER)
            assert "owner of the audit log alone" in trimmed.stderr
            assert "Nothing is past" in done("manage.py", "trim_audit", **two).stdout

            # Down and up again as the owner, whose migrations act as the application; a downgrade
            # of core makes Django draw the models of all apps for each of their migrations.
            if level(request.config).nightly:
                done("manage.py", "migrate", "core", "0004", "--verbosity=0", **two)
                assert done("bin/cli/prepare.py", **two).stderr == ""
                assert_protected(application)

            # A copy made by the application, restored by the commands of docs/upgrade.md.
            copy = str(tmp_path / "copy.dump")
            program = {"env": environment(PATH=f"{cluster.programs}:{os.environ['PATH']}")}
            dump = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges"]
            subprocess.run([*dump, f"--file={copy}", application], check=True, **program)
            superuser.execute("CREATE DATABASE restored OWNER viche")
            login = psycopg.conninfo.conninfo_to_dict(cluster.url) | {"dbname": "postgres"}
            names = {"password": "PGPASSWORD", "dbname": "PGDATABASE"}
            program["env"] |= {names.get(k, f"PG{k.upper()}"): str(v) for k, v in login.items()}
            subprocess.run(["sh", "-euc", going_back("restored", copy)], check=True, **program)
            again = {name: url.removesuffix("viche") + "restored" for name, url in two.items()}
            found = run(
                "manage.py",
                "check",
                "--database=default",
                **HAS_OWNER,
                DATABASE_URL=again["DATABASE_URL"],
            )
            assert "core.E001" in found.stderr and "secure_audit" in found.stderr
            assert done("bin/cli/prepare.py", **again).stderr == ""
            assert_protected(again["DATABASE_URL"])

            # The database given to the service, as restores were told to before: what mends it is
            # named, and does.
            superuser.execute("ALTER DATABASE restored OWNER TO viche")
            for command in (["bin/cli/prepare.py"], ["manage.py", "secure_audit"]):
                (mends,) = re.findall(r"ALTER DATABASE [^;]+;", run(*command, **again).stderr)
            superuser.execute(mends)
            assert done("bin/cli/prepare.py", **again).stderr == ""


def going_back(database: str, copy: str) -> str:
    """The commands of docs/upgrade.md that put a copy into a new database, for another one."""
    text = (ROOT / "docs/upgrade.md").read_text()
    (block,) = re.findall(r"^## Going back\n.*?^```sh\n(.*?)^```", text, re.M | re.S)
    (commands,) = re.findall(r"^owner=.*?\.dump$", block, re.M | re.S)
    commands = commands.replace("runuser -u postgres -- ", "")
    commands = re.sub(r"(dropdb|C\.UTF-8|--dbname=)( ?)viche\b", rf"\1\2{database}", commands)
    return commands.replace("/var/backups/viche/viche-….dump", copy)


CHAIN_AND_VERIFY = """
from django.core.management import call_command
from core.audit_log.chaining import chain_entries
chain_entries()
call_command("verify_audit")
"""
#: The path stands in the service's settings; the file is not the service's to read.
HAS_OWNER = {"OWNER_DATABASE_URL_FILE": "/nowhere/owner"}


def assert_protected(application: str) -> None:
    with psycopg.connect(application, autocommit=True) as database:
        database.execute("INSERT INTO audit.entry (event, ids) VALUES ('New', '{}')")
        assert database.execute("SELECT count(*) FROM audit.link").fetchone() is not None
        for statement in ("UPDATE audit.entry SET actor = 1", "DELETE FROM audit.link"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.execute(statement)
        # What is not the audit log is the application's.
        database.execute("ALTER TABLE core_topic RENAME TO other")
        database.execute("ALTER TABLE other RENAME TO core_topic")
