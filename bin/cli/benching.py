"""`bin/bench`: the figures of benchmarks/, on a PostgreSQL of its own."""

import os
import shutil
import subprocess
from pathlib import Path

from cli import install, postgres
from cli.clone import PYTHON, ROOT, UserError
from cli.processes import ChildProcesses

#: Benchmarks that load nothing by wrk.
_WITHOUT_WRK = {"digest", "lighthouse", "sheets", "verify", "weight"}


def main(arguments: list[str]) -> int:
    """Answers the exit code of the measuring program. Raises UserError."""
    names = arguments[:1] if "sheets" in arguments[:1] else arguments
    if not _WITHOUT_WRK.issuperset(names or ["all"]) and not shutil.which("wrk"):
        raise UserError(
            "wrk, which makes the load, is not installed (on Debian: apt-get install wrk)."
        )
    with ChildProcesses() as processes:
        install.everything("dev")
        if os.environ.get("DATABASE_URL"):
            return _measure(arguments, os.environ["DATABASE_URL"])
        with postgres.throwaway(processes, durable=True) as url:
            return _measure(arguments, url)


def _measure(arguments: list[str], url: str) -> int:
    env = {**os.environ, "DATABASE_URL": url}
    command: list[str | Path] = [PYTHON, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
