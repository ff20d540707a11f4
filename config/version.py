"""The version of a tree: that of its release, or between releases with the commit it is made of."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

#: Holds the commit where there is no clone to ask: `git archive` fills it in (.gitattributes), an
#: image's build writes it (deploy/Containerfile).
COMMIT_FILE = ".commit"
_LENGTH = 12


def read_version(tree: Path) -> str:
    """The version by PEP 440: ``0.6.0`` of a release, ``0.6.0.dev0+g1a2b3c4d5e6f`` of what follows
    the release before it; without ``+g…`` where no commit is known."""
    written = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))
    declared: str = written["project"]["version"]
    if ".dev" not in declared:
        return declared
    commit = read_commit(tree)
    return f"{declared}+g{commit}" if commit else declared


def read_commit(tree: Path) -> str:
    """The first digits of the commit that a tree is; "" where it is not known."""
    file = tree / COMMIT_FILE
    written = file.read_text(encoding="ascii").strip() if file.exists() else ""
    if written and not written.startswith("$"):
        return written[:_LENGTH]
    # The clone is root's, and git would not answer others; nothing of its settings is used.
    command = ["git", "-c", f"safe.directory={tree}", "-C", str(tree)]
    try:
        done = subprocess.run(  # noqa: S603 - git, of our own clone
            [*command, "rev-parse", f"--short={_LENGTH}", "HEAD"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
