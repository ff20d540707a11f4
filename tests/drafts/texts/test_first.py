"""The trial's texts are read with every word and number, or a doubt says where not."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .declared import Text
from .expected import check
from .first import BUILDERS, acts

#: «З.» typed for «3.» stays a word; the doubt about the missing 3 says so.
ALLOWED = {"Own 5: bold headings, Latin letters, annexes": (1, 0)}


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
def test_first_half(build: Callable[[], Text]) -> None:
    check(build(), ALLOWED)


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.cpu(40)
@pytest.mark.parametrize("build", [acts.union_statute, acts.standard_regulation])
def test_the_two_acts_that_came_in_the_old_format(
    build: Callable[[], Text], tmp_path: Path
) -> None:
    text = build()
    source = tmp_path / text.name
    source.write_bytes(text.content)
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", own, "--headless", "--convert-to", "doc", "--outdir", tmp_path, source],
        check=True,
        timeout=200,
        capture_output=True,
    )
    text.content, text.name = source.with_suffix(".doc").read_bytes(), "act.doc"
    check(text, ALLOWED)
