"""``load``: a council's description, given as text, by the command that takes a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], None]:
    """Load a description given as text."""

    def load(text: str) -> None:
        file = tmp_path / "city.toml"
        file.write_text(text, encoding="utf-8")
        call_command("load_city", str(file))

    return load
