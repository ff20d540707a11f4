"""Files of pictures: made in their sizes, stored and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.domain.rules import reject
from core.export import pictures
from core.export.pictures import Size
from newsroom.models import ArticlePicture
from newsroom.models.picture import CARD

#: Widths in pixels: of a telephone, of a page's column, and of that at twice the pixels.
WIDTHS = (480, 960, 1600)
#: What fits into the card of a link in networks and messengers.
CARD_FITS = (1200, 1200)
#: A narrower picture shows nothing on a page; of stranger shapes no page has room for one.
NARROWEST, MOST_TIMES = 300, 3


@dataclass(frozen=True, slots=True)
class Made:
    """An uploaded picture in its sizes, not stored yet."""

    digest: str
    sizes: list[Size]
    card: Size

    @property
    def files(self) -> Mapping[str, bytes]:
        """The contents by the names of the files."""
        webp = {f"{size.width}.webp": size.content for size in self.sizes}
        return {**webp, CARD: self.card.content}


def make(data: bytes, *, article_id: int) -> Made:
    """Make the files of an upload.

    Refuses file.empty, file.type, file.damaged, file.too_many_pixels, picture.too_narrow and
    picture.too_long.
    """
    if not data:
        reject("file.empty", _("The file is empty."))
    if not pictures.is_picture(data):
        reject("file.type", _("Only PNG and JPEG pictures are accepted."))
    sizes, card = pictures.encode_sizes(data, WIDTHS, card=CARD_FITS)
    largest = sizes[-1]
    if largest.width < NARROWEST:
        message = _("The picture is narrower than %(least)s pixels.") % {"least": NARROWEST}
        reject("picture.too_narrow", message)
    if max(largest.height / largest.width, largest.width / largest.height) > MOST_TIMES:
        reject("picture.too_long", _("One side is more than three times the other."))
    # Of the article too: taken away there, the same picture stays where another article has it.
    digest = blake2b(largest.content, digest_size=9, key=str(article_id).encode())
    return Made(digest.hexdigest(), sizes, card)


def path_of(digest: str, name: str) -> str:
    """Where a file lies, below MEDIA_ROOT."""
    return f"newsroom/{digest[:2]}/{digest}/{name}"


def store(made: Made) -> None:
    """Write the files; those left by a failed transaction are overwritten."""
    for name, content in made.files.items():
        path = path_of(made.digest, name)
        default_storage.delete(path)
        default_storage.save(path, ContentFile(content))


def delete(digest: str, names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(path_of(digest, name))


def drop_files(found: Iterable[ArticlePicture]) -> None:
    """Delete the files of pictures that go, once the transaction has committed."""
    for picture in found:
        transaction.on_commit(partial(delete, picture.digest, picture.names), robust=True)
