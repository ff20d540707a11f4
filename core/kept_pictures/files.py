"""Files of pictures: made in their sizes, stored and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.domain.rules import reject
from core.export import pictures
from core.export.pictures import Size
from core.export.uploads import MAX_BYTES
from core.kept_pictures.models import Picture

#: The file that goes with a link in networks and messengers, where a picture has one.
CARD = "card.jpg"
#: Widths in pixels: of a telephone, of a page's column, and of that at twice the pixels.
WIDTHS = (480, 960, 1600)
#: A narrower picture shows nothing on a page; of stranger shapes no page has room for one.
NARROWEST, MOST_TIMES = 300, 3
#: What ``make`` refuses an upload with.
REFUSALS = (
    *("file.empty", "file.too_large", "file.type", "file.damaged", "file.too_many_pixels"),
    "file.busy",
    *("picture.too_narrow", "picture.too_long", "picture.twice", "picture.too_many"),
)

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('kept_pictures:' || %s, 0))"


@dataclass(frozen=True, slots=True)
class Made:
    """An uploaded picture in its sizes, not stored yet."""

    digest: str
    sizes: list[Size]
    card: Size | None

    @property
    def files(self) -> Mapping[str, bytes]:
        """The contents by the names of the files."""
        webp = {f"{size.width}.webp": size.content for size in self.sizes}
        return {**webp, CARD: self.card.content} if self.card else webp

    @property
    def columns(self) -> dict[str, Any]:
        """Columns of its row."""
        largest = self.sizes[-1]
        return {
            "digest": self.digest,
            "width": largest.width,
            "height": largest.height,
            "widths": [size.width for size in self.sizes],
        }

    @property
    def card_columns(self) -> dict[str, int]:
        """Further columns of its row where ``card`` was asked for."""
        return {"card_width": self.card.width, "card_height": self.card.height} if self.card else {}


def make(
    file: BinaryIO,
    *,
    of: str,
    widths: tuple[int, ...] = WIDTHS,
    most: int = MAX_BYTES,
    card: tuple[int, int] | None = None,
) -> Made:
    """Make the files of an upload of at most ``most`` bytes.

    ``of``: what it belongs to, for its digest: taken away there, the same picture stays where
    another has it. ``card``: what its file for networks fits into. Refuses file.empty,
    file.too_large, file.type, file.damaged, file.too_many_pixels, file.busy, picture.too_narrow
    and picture.too_long.
    """
    data = file.read(most + 1)
    if not data:
        reject("file.empty", _("The file is empty."))
    if len(data) > most:
        message = _("The file is larger than %(most)s MB.") % {"most": most // 2**20}
        reject("file.too_large", message)
    if not pictures.is_picture(data):
        reject("file.type", _("Only PNG and JPEG pictures are accepted."))
    sizes, fitted = pictures.encode_sizes(data, widths, card=card)
    largest = sizes[-1]
    if largest.width < NARROWEST:
        message = _("The picture is narrower than %(least)s pixels.") % {"least": NARROWEST}
        reject("picture.too_narrow", message)
    if max(largest.height / largest.width, largest.width / largest.height) > MOST_TIMES:
        reject("picture.too_long", _("One side is more than three times the other."))
    digest = blake2b(largest.content, digest_size=9, key=of.encode())
    return Made(digest.hexdigest(), sizes, fitted)


def path_of(folder: str, digest: str, name: str) -> str:
    """Path of a file, below MEDIA_ROOT."""
    return f"{folder_of(folder, digest)}/{name}"


def folder_of(folder: str, digest: str) -> str:
    """The folder of a picture's files, below MEDIA_ROOT."""
    return f"{folder}/{digest[:2]}/{digest}"


def create[Row: Picture](model: type[Row], made: Made, **columns: Any) -> Row:
    """Store the files and the row of a picture, within a transaction.

    Files of one that fails stay until they are overwritten or swept.
    """
    _lock(made.digest)
    for name, content in made.files.items():
        path = path_of(model.folder, made.digest, name)
        default_storage.delete(path)
        default_storage.save(path, ContentFile(content))
    return model._default_manager.create(**made.columns, **columns)


def drop_files(found: Iterable[Picture]) -> None:
    """Delete the files of pictures that go, once the transaction has committed.

    Where the process ends before that, the nightly job does it.
    """
    for picture in found:
        delete = partial(delete_unused, type(picture), picture.digest)
        transaction.on_commit(delete, robust=True)


def delete_unused(model: type[Picture], digest: str) -> bool:
    """Delete the files of the digest, unless a row has them (again); return whether it did."""
    with transaction.atomic():
        _lock(digest)
        if model.digests_in_use().filter(digest=digest).exists():
            return False
        folder = folder_of(model.folder, digest)
        if not default_storage.exists(folder):
            return False
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)
        return True


def stored_size(picture: Picture) -> int | None:
    """The bytes of the largest file; None without one."""
    try:
        return default_storage.size(_largest(picture))
    except FileNotFoundError:
        return None


def read_stored(picture: Picture) -> Iterator[bytes]:
    """The largest file in pieces, none where it is gone."""
    with suppress(FileNotFoundError), default_storage.open(_largest(picture)) as file:
        yield from file.chunks()


def _largest(picture: Picture) -> str:
    return path_of(picture.folder, picture.digest, f"{picture.width}.webp")


def _lock(digest: str) -> None:
    """Let nobody else write or delete the files of the digest until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [digest])
