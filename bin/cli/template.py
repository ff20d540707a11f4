"""The template of test databases: a PostgreSQL cluster whose test database is migrated.

Made once for each state of the migrations and kept in the clone; a test run copies its folder and
starts a server on the copy, which takes a fraction of a second instead of a quarter of a minute.
"""

import fcntl
import os
import re
import shutil
import subprocess
from pathlib import Path

from cli import postgres
from cli.clone import LOGS, PYTHON, ROOT, digest, failed, info
from cli.processes import ChildProcesses

#: The templates that are kept: of this state of the clone, and of other branches.
KEPT = 3
#: What the migrated database depends on besides migrations.
OTHERS = (
    "requirements/dev.txt",
    "config/settings.py",
    "core/db/migrating.py",
    "tests/settings.py",
    "tests/plugins/database.py",
    "bin/cli/postgres.py",
    "bin/cli/template.py",
)
_IMPORT = re.compile(r"^from ([a-z_][\w.]*) import (.+)$", re.MULTILINE)


def ensure() -> postgres.Cluster:
    """The template for the clone as it is now; it is made first where there is none.

    Raises UserError.
    """
    place = postgres.home()
    with (place / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs started at once: one makes it
        template = postgres.Cluster(place, f"template-{state()}")
        if template.data.exists():
            os.utime(template.data)
        else:
            info("Making the database that tests start from (once for these migrations) …")
            _make(template)
            _forget_former(place)
    return template


def state() -> str:
    """A digest of all that the migrated database depends on.

    Migrations of the project, what of the project they import, and everything else that is
    installed, by its lock: it has migrations too.
    """
    migrations = sorted(ROOT.glob("*/migrations/*.py"))
    imported = {
        path
        for migration in migrations
        for module, names in _IMPORT.findall(migration.read_text())
        for path in _files_of(module, names)
    }
    others = [ROOT / name for name in OTHERS]
    return digest([*migrations, *sorted(imported), *others])[:12]


def _files_of(module: str, names: str) -> list[Path]:
    base = ROOT / module.replace(".", "/")
    files = [base.with_suffix(".py"), *(base / f"{name.strip()}.py" for name in names.split(","))]
    return [path for path in files if path.is_file()]


def _make(template: postgres.Cluster) -> None:
    unfinished = postgres.Cluster(template.place, "template.unfinished")
    unfinished.delete()
    unfinished.create()
    log = LOGS / "template.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with ChildProcesses() as processes, log.open("wb") as output:
        unfinished.start(processes, durable=False)
        done = subprocess.run(
            [PYTHON, "-m", "tests.plugins.database"],
            cwd=ROOT,
            env={
                **os.environ,
                "DEBUG": "1",
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "DATABASE_URL": unfinished.url,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise failed(f"The migrations failed; {log} says why.", template.place)
    unfinished.rename(template)


def _forget_former(place: Path) -> None:
    """Deletes all but the newest templates."""
    folders = sorted(
        (path for path in place.glob("template-*") if path.is_dir()),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for folder in folders[KEPT:]:
        shutil.rmtree(folder)
        folder.with_name(f"{folder.name}.password").unlink(missing_ok=True)
