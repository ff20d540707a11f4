"""The template of test databases: a PostgreSQL cluster whose test database is migrated.

Made once for each state of the migrations and kept in the clone; a test run copies its folder and
starts a server on the copy, which takes a fraction of a second instead of a minute. Where
migrations were added and none was changed, it is made of the former one, by these alone.
"""

import fcntl
import hashlib
import json
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
    "config/settings/apps.py",
    "config/settings/city.py",
    "config/settings/database.py",
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
            _make(template, of=_former(place))
            _made_of(template).write_text(json.dumps(_parts()))
            _forget_former(place)
    return template


def state() -> str:
    """A digest of all that the migrated database depends on.

    Migrations of the project, what of the project they import, and everything else that is
    installed, by its lock: it has migrations too.
    """
    total = hashlib.sha256()
    for name, part in sorted(_parts().items()):
        total.update(f"{name} {part}\n".encode())
    return total.hexdigest()[:12]


def _parts() -> dict[str, str]:
    """A digest of each migration with what of the project it imports, by its path; and one of
    everything else, by ""."""
    parts = {"": digest([ROOT / name for name in OTHERS])}
    for migration in ROOT.glob("*/migrations/*.py"):
        found = _IMPORT.findall(migration.read_text())
        imported = {path for module, names in found for path in _files_of(module, names)}
        parts[str(migration.relative_to(ROOT))] = digest([migration, *sorted(imported)])
    return parts


def _former(place: Path) -> postgres.Cluster | None:
    """The newest template to which nothing but migrations was added since."""
    parts = _parts().items()
    for made_of in sorted(place.glob("template-*.json"), key=_age):
        cluster = postgres.Cluster(place, made_of.stem)
        if cluster.data.exists() and json.loads(made_of.read_text()).items() <= parts:
            return cluster
    return None


def _made_of(template: postgres.Cluster) -> Path:
    return template.data.with_name(f"{template.data.name}.json")


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def _files_of(module: str, names: str) -> list[Path]:
    base = ROOT / module.replace(".", "/")
    files = [base.with_suffix(".py"), *(base / f"{name.strip()}.py" for name in names.split(","))]
    return [path for path in files if path.is_file()]


def _make(template: postgres.Cluster, *, of: postgres.Cluster | None) -> None:
    unfinished = postgres.Cluster(template.place, "template.unfinished")
    unfinished.delete()
    if of is not None:
        os.utime(of.data)  # it is used: kept
        unfinished.copy_from(of)
    else:
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
        key=_age,
    )
    for folder in folders[KEPT:]:
        shutil.rmtree(folder)
        for ending in ("password", "json"):
            folder.with_name(f"{folder.name}.{ending}").unlink(missing_ok=True)
