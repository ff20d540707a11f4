"""`bin/test --since REV`: what the changes since a revision can break (tests/selection)."""

import json
import os
import subprocess

from cli.clone import PYTHON, ROOT, UserError, info


def choose(revision: str) -> list[str]:
    """pytest's arguments for the tests of all that differs from the revision, committed or not;
    none where nothing does. Raises UserError where everything has to run."""
    changed = _list_changed(revision)
    if not changed:
        return []
    env = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    env["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "bin")))
    done = subprocess.run(
        [PYTHON, "-m", "tests.selection", *changed],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise UserError("what to run could not be chosen: see above.")
    said = json.loads(done.stdout.splitlines()[-1])
    if said["whole"]:
        raise UserError(f"{said['whole']} reaches everything: that is for bin/test --all.")
    arguments: list[str] = said["arguments"]
    info(f"{len(changed)} files changed: " + " ".join(each[:200] for each in arguments))
    return arguments


def _list_changed(revision: str) -> list[str]:
    """The paths that differ from the revision, with those that git does not know yet."""
    changed = set()
    for command in (
        ["git", "diff", "--name-only", "--no-renames", revision, "--"],
        ["git", "ls-files", "--others", "--exclude-standard"],
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise UserError(f"git knows no revision {revision}.")
        changed |= set(done.stdout.splitlines())
    return sorted(changed)
