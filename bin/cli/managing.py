"""`bin/manage`: a command of manage.py with a throwaway PostgreSQL, or with DATABASE_URL."""

import os
import subprocess

from cli import install, postgres
from cli.clone import PYTHON, ROOT, UserError
from cli.processes import ChildProcesses

# Django waits in vain for a pool of connections and then prints 60 lines; this asks once.
_CONNECT = """
import re, sys, psycopg
try:
    psycopg.connect(re.sub("^(psql|pgsql):", "postgres:", sys.argv[1]), connect_timeout=5).close()
except psycopg.Error as error:
    sys.exit(str(error).strip().splitlines()[0])
"""


def main(arguments: list[str]) -> int:
    """Runs the command and answers its exit code. Raises UserError for what a person can mend."""
    if not arguments:
        raise UserError("wants a command of manage.py, e.g. bin/manage makemigrations votes.")
    with ChildProcesses() as processes:
        install.everything("dev")
        if given := os.environ.get("DATABASE_URL"):
            _require_database(given)
            return _manage(arguments, given)
        with postgres.throwaway(processes) as url:
            return _manage(arguments, url)


def _require_database(url: str) -> None:
    """Raises UserError if no server answers at `url`."""
    done = subprocess.run([PYTHON, "-c", _CONNECT, url], capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1].removesuffix(".")
        raise UserError(f"DATABASE_URL cannot be used: {reason}.")


def _manage(arguments: list[str], url: str) -> int:
    env = {"DEBUG": "1", **os.environ, "DATABASE_URL": url}
    return subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, env=env).returncode
