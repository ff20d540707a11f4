"""The packages that an installation stands on, as the lock files pin them.

Standard library only: `bin/check` reads them before Django is set up.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Lock files of Python packages, the smallest first; whether a site runs what each adds.
LOCKS = {"base": True, "sentry": True, "node": False, "demo": False, "dev": False}
_PINNED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+).*\\\n(?P<hashes>(?:    --hash=\S+.*\n)+)", re.M
)


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """A version of a package from a registry: ``pypi`` or ``npm``."""

    registry: str
    name: str
    version: str
    #: Whether a site runs it or its browsers get it; others test, check or install.
    is_served: bool
    #: Pairs of an algorithm and hexadecimal digits, of all its files.
    hashes: tuple[tuple[str, str], ...] = ()
    #: As the lock file has it; "" of Python's.
    licence: str = ""


def read_locked_packages(tree: Path) -> list[LockedPackage]:
    """All packages of a tree, by registry and name."""
    found = {package.name: package for package in reversed([*_python_packages(tree)])}
    return sorted(
        [*found.values(), *_browser_packages(tree)],
        key=lambda package: (package.registry, package.name),
    )


def _python_packages(tree: Path) -> Iterator[LockedPackage]:
    for lock, is_served in LOCKS.items():
        text = (tree / f"requirements/{lock}.txt").read_text(encoding="utf-8")
        for pinned in _PINNED.finditer(text):
            digests = re.findall(r"--hash=(\w+):(\w+)", pinned["hashes"])
            name = re.sub(r"[-_.]+", "-", pinned["name"]).lower()
            yield LockedPackage("pypi", name, pinned["version"], is_served, tuple(digests))


def _browser_packages(tree: Path) -> Iterator[LockedPackage]:
    lock = json.loads((tree / "package-lock.json").read_text(encoding="utf-8"))
    for path, facts in lock["packages"].items():
        if not path:
            continue  # the project itself
        algorithm, _, digest = facts["integrity"].partition("-")
        yield LockedPackage(
            "npm",
            path.rpartition("node_modules/")[2],
            facts["version"],
            not facts.get("dev", False),
            ((algorithm, b64decode(digest).hex()),),
            facts.get("license", ""),
        )
