"""The private folder of downloads, which no server shows; names cannot be guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from django.conf import settings


def folder() -> Path:
    """The folder of downloads; made on first use, for the server's own account alone."""
    place = Path(settings.PRIVATE_ROOT) / "exports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def new_name() -> str:
    return f"{token_hex(16)}.zip"


def path_of(file: str) -> Path:
    return folder() / Path(file).name


def delete_file(file: str) -> None:
    path_of(file).unlink(missing_ok=True)


def all_files() -> Iterator[Path]:
    """All files in the folder, unfinished ones too."""
    yield from folder().iterdir()
