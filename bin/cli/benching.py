"""`bin/bench`: the figures of benchmarks/, on a PostgreSQL of its own."""

import os
import shutil
import subprocess

from cli import install, postgres
from cli.ground import PYTHON, ROOT, Trouble
from cli.processes import Family


def main(arguments: list[str]) -> int:
    """Answers the exit code of the measuring program. Raises Trouble."""
    if not shutil.which("wrk"):
        raise Trouble(
            "wrk, which makes the load, is not installed (on Debian: apt-get install wrk)."
        )
    with Family() as family:
        install.everything("dev")
        if os.environ.get("DATABASE_URL"):
            return _measure(arguments, os.environ["DATABASE_URL"])
        with postgres.throwaway(family, durable=True) as url:
            return _measure(arguments, url)


def _measure(arguments: list[str], url: str) -> int:
    env = {**os.environ, "DATABASE_URL": url}
    command = [PYTHON, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
