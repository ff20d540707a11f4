"""The secret salt of each month: a file of this machine, in no database and in no backup.

Who has a month's salt can test whether an address was among the visitors of that month; when it is
deleted, at the month's end, nobody can any more. The file is made by the first process that needs
it. An installation of several machines hands it to each of them (``manage.py visits_salt``,
docs/insights.md); machines with differing salts count apart.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path
from secrets import token_bytes

from django.conf import settings

#: Bytes of a salt.
SIZE = 32


@dataclass(frozen=True, slots=True)
class Salt:
    """A month's salt. ``digest``, 16 hexadecimal digits, says which one it is without telling
    it: it is the same wherever the salt is the same."""

    month: date
    key: bytes = field(repr=False)
    digest: str

    def hash_visitor(self, address: str, browser: str) -> int:
        """64 bits that stand for an address or network, and the string of a browser."""
        words = f"{address}\0{browser}".encode(errors="replace")
        return int.from_bytes(blake2b(words, key=self.key, digest_size=8).digest(), signed=True)


def first_of_month(day: date) -> date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def folder() -> Path:
    """The folder of the salts; made on first use, for the server's own account alone."""
    place = Path(settings.PRIVATE_ROOT) / "visits"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(month: date) -> Path:
    """The file of a month's salt."""
    return folder() / f"salt-{month:%Y-%m}"


def load_salt(month: date) -> Salt:
    """The salt of a month (its first day), made if this machine has none yet.

    Raises OSError, and ValueError for a file that is not a salt.
    """
    path = path_of(month)
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != SIZE:
        raise ValueError(f"{path} is not a salt of {SIZE} bytes")
    return Salt(month, key, sha256(b"viche: visits" + key).hexdigest()[:16])


def _make(path: Path) -> None:
    """A new salt, whole from its first moment; the one of another process stays."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(token_bytes(SIZE))
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def delete_past(today: date) -> None:
    """Delete the salts of months that are over on ``today``, for good."""
    for path in _past(today):
        path.unlink(missing_ok=True)


def _past(today: date) -> Iterator[Path]:
    current = path_of(today).name
    return (path for path in folder().glob("salt-*") if path.name < current)
