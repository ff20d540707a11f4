"""The version of a tree: a release's own, between releases with the commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from packaging.version import Version

from config.version import read_version


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A new clone of this one's files that a version is read from."""
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in (".commit", ".gitattributes"):
        (clone / name).write_bytes((settings.BASE_DIR / name).read_bytes())
    write_version(clone, "0.6.0.dev0")
    git(clone, "init", "--quiet")
    commit(clone, "Begin")
    return clone


def write_version(clone: Path, version: str) -> None:
    (clone / "pyproject.toml").write_text(f'[project]\nname = "viche"\nversion = "{version}"\n')


def git(clone: Path, *words: str) -> str:
    names = ("-c", "user.name=Viche", "-c", "user.email=viche@viche.example")
    done = subprocess.run(
        ["git", *names, *words], cwd=clone, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(clone: Path, subject: str) -> None:
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", subject)


def test_between_releases_it_names_the_commit(clone):
    version = read_version(clone)
    assert version == f"0.6.0.dev0+g{git(clone, 'rev-parse', '--short=12', 'HEAD')}"
    assert Version("0.5.0") < Version(version) < Version("0.6.0")
    write_version(clone, "0.6.0")
    commit(clone, "Release 0.6.0")
    assert read_version(clone) == "0.6.0"


def test_an_archive_and_an_image_know_it_without_git(clone, tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    git(clone, "archive", "--output", str(tmp_path / "viche.tar"), "HEAD")
    subprocess.run(["tar", "-xf", tmp_path / "viche.tar", "-C", archive], check=True)
    assert read_version(archive) == read_version(clone) != "0.6.0.dev0"
    # The image is built without .git, and is given the commit.
    (lines,) = [
        line
        for line in (settings.BASE_DIR / "deploy/Containerfile").read_text().splitlines()
        if "$COMMIT" in line and line.startswith("RUN ")
    ]
    (archive / ".commit").write_text("$Format:%H$\n")
    given = {"COMMIT": git(clone, "rev-parse", "HEAD"), "PATH": "/usr/bin:/bin"}
    subprocess.run(["sh", "-euc", lines.removeprefix("RUN ")], cwd=archive, env=given, check=True)
    assert read_version(archive) == read_version(clone)
    # An image without it, or a tree that nobody made a clone of, has what it has.
    (archive / ".commit").write_text("$Format:%H$\n")
    assert read_version(archive) == "0.6.0.dev0"


def test_it_is_shown_in_the_footer_by_healthz_and_to_a_monitor(client, db, settings):
    settings.METRICS_ALLOWED = ["127.0.0.1"]
    measured = "core.web.middleware.measured.Measured"
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], measured, *settings.MIDDLEWARE[1:]]
    assert f"Версія {settings.VERSION}</span>" in client.get("/privacy/").content.decode()
    assert client.get("/healthz").json()["version"] == settings.VERSION
    assert (
        f'viche_build_info{{version="{settings.VERSION}"}} 1.0'
        in client.get("/metrics").content.decode()
    )
