"""Files in a download: the contents of rows' files, beside its pages, up to MOST_BYTES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile, ZipInfo

from django.db.models import BinaryField, F, Func, Value
from django.utils import timezone

from accounts.data.register import PersonalData, Row
from core.domain import clock

#: So many bytes of files are in one download; the others have their address.
MOST_BYTES = 200 * 2**20
#: So many are in memory.
_PIECE = 2**20
_NO_PART_OF_A_NAME = frozenset('/\\:*?"<>|')


@dataclass(slots=True)
class FilesOfExport:
    """The files that are written once the pages are: an archive takes one thing at a time."""

    most: int = MOST_BYTES
    taken: int = 0
    chosen: list[tuple[PersonalData, int, str]] = field(default_factory=list)

    def choose(self, entry: PersonalData, row: Row) -> str | None:
        """The path in the archive of a row's file; "" where it is too much, None without one."""
        if entry.files is None or row[entry.files.size] is None:
            return None
        if self.taken + row[entry.files.size] > self.most:
            return ""
        self.taken += row[entry.files.size]
        path = f"files/{entry.name}/{row['id']}-{_plain(row[entry.files.name])}"
        self.chosen.append((entry, row["id"], path))
        return path

    def write(self, archive: ZipFile, *, go_on: Callable[[], None]) -> None:
        """Write them piece by piece; a row that is gone meanwhile has none. ``go_on`` is called
        before each, and raises where nobody wants the download any more."""
        made_at = timezone.localtime(clock.now()).timetuple()[:6]
        for entry, pk, path in self.chosen:
            go_on()
            assert entry.files is not None  # noqa: S101 - chosen for its file
            pieces = entry.files.read(pk) if entry.files.read else _pieces(entry, pk)
            first = next(pieces, None)
            if first is None:
                continue
            with archive.open(ZipInfo(path, made_at), "w", force_zip64=True) as file:
                file.write(first)
                for piece in pieces:
                    file.write(piece)


def _plain(name: str) -> str:
    """A name that every system takes as one file's."""
    return "".join(
        each if each.isprintable() and each not in _NO_PART_OF_A_NAME else "_" for each in name
    )


def _pieces(entry: PersonalData, pk: int) -> Iterator[bytes]:
    assert entry.files is not None  # noqa: S101 - chosen for its file
    rows, start = entry.model._base_manager.filter(pk=pk).order_by(), 1
    while True:
        piece = Func(
            F(entry.files.content),
            Value(start),
            Value(_PIECE),
            function="substring",
            output_field=BinaryField(),
        )
        found = next(iter(rows.values_list(piece, flat=True)), None)
        if not found:
            return
        yield bytes(found)
        start += _PIECE
