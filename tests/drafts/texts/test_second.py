"""Texts that were held back are read with every word and number, or a doubt says where not."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from .declared import Text
from .expected import Allowed, check
from .second import BUILDERS, councils

ALLOWED: Allowed = {}


@pytest.mark.cpu(12)  # one is converted by LibreOffice
@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
def test_second_half(build: Callable[[], Text]) -> None:
    text = build()
    if text.name.endswith(".odt") and not shutil.which("soffice"):
        pytest.skip("needs LibreOffice")
    check(text, ALLOWED)


@pytest.mark.long
@pytest.mark.cpu(30)
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_the_pdf_is_made_of_what_is_declared(tmp_path: Path) -> None:
    source = tmp_path / "printed.docx"
    source.write_bytes(councils.printed_source().content)
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, source],
        check=True,
        timeout=200,
        capture_output=True,
    )
    assert _words(source.with_suffix(".pdf").read_bytes()) == _words(councils.printed().content)


def _words(content: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return [word for page in pages for word in page.extract_text().split()]
