"""Uploaded pictures: re-encode them without metadata, in one size or several.

What is published is a new picture of the pixels alone: no metadata (where and by whom a photograph
was taken), no profile, nothing hidden in the file. What a file is its content says, never its name.

One of 25 million pixels takes some 300 MB of memory while it is read and encoded, so that only a
few are made at once on a machine; the others are asked to try again (``file.busy``).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from core.domain.rules import Refused, refuse, reject
from core.web.semaphore import Full, slot

MAX_PIXELS = 25_000_000
PNG, JPEG = "image/png", "image/jpeg"

DAMAGED = refuse("file.damaged", _("The file is damaged and cannot be read."))

BUSY = refuse(
    "file.busy",
    _("Many pictures are being added right now. Please send this one again in a minute."),
)
#: So many at once on a machine; so many wait, in threads that would serve pages; in seconds.
AT_ONCE, WAITING, PATIENCE = 2, 6, 10.0


def is_picture(data: bytes) -> bool:
    """Whether it begins as PNG or JPEG does."""
    return data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


@dataclass(frozen=True, slots=True)
class Size:
    """A picture in one size, in pixels: the bytes of its file."""

    width: int
    height: int
    content: bytes


def reencode(data: bytes, *, longest: int | None = None) -> tuple[bytes, str]:
    """The picture as it is published, upright, and its media type.

    ``longest``: pixels that neither side exceeds; a larger picture is made smaller. Refuses
    ``file.damaged``, ``file.too_many_pixels`` and ``file.busy``.
    """
    with _hold_slot():
        clean, is_png = _read(data)
        if longest is not None:
            clean.thumbnail((longest, longest))
        if is_png:
            return _encode_image(clean, "PNG", optimize=False), PNG
        return _encode_image(clean, "JPEG", quality=88), JPEG


def encode_sizes(
    data: bytes, widths: Iterable[int], *, card: tuple[int, int] | None = None
) -> tuple[list[Size], Size | None]:
    """Encode the picture as WebP in each of ``widths`` up to its own, the smallest first, and where
    ``card`` (width and height in pixels) is asked for, as a JPEG on white that fits into it.

    A picture narrower than the widest also comes in its own width; none is made larger. Refuses
    ``file.damaged``, ``file.too_many_pixels`` and ``file.busy``.
    """
    with _hold_slot():
        return _encode_sizes(_read(data)[0], widths, card)


@contextmanager
def _hold_slot() -> Iterator[None]:
    """A slot of the semaphore for pictures."""
    with ExitStack() as held:
        try:
            held.enter_context(
                slot("pictures", at_once=AT_ONCE, waiting=WAITING, patience=PATIENCE)
            )
        except Full as full:
            raise Refused(BUSY) from full
        yield


def _encode_sizes(
    clean: Image.Image, widths: Iterable[int], card: tuple[int, int] | None
) -> tuple[list[Size], Size | None]:
    wanted = sorted({min(width, clean.width) for width in widths})
    sizes = []
    for width in wanted:
        height = max(1, round(clean.height * width / clean.width))
        smaller = clean.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        sizes.append(Size(width, height, _encode_image(smaller, "WEBP", quality=82, method=4)))
    if card is None:
        return sizes, None
    if clean.mode == "RGBA":
        flat = Image.new("RGB", clean.size, "white")
        flat.paste(clean, mask=clean.getchannel("A"))
        clean = flat
    clean.thumbnail(card)
    return sizes, Size(clean.width, clean.height, _encode_image(clean, "JPEG", quality=85))


def _encode_image(image: Image.Image, kind: str, **how: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _read(data: bytes) -> tuple[Image.Image, bool]:
    """The pixels alone, upright, and whether they came as PNG."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels before we have looked; we refuse them ourselves.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if image.width * image.height > MAX_PIXELS:
                reject("file.too_many_pixels", _("The picture has more than 25 million pixels."))
            return _clean_image(image), image.format == "PNG"
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as damage:
        raise Refused(DAMAGED) from damage


def _clean_image(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    is_png = image.format == "PNG"
    mode = "RGBA" if is_png and has_alpha else ("L" if upright.mode == "L" else "RGB")
    clean = Image.new(mode, upright.size)
    clean.paste(upright.convert(mode))
    return clean
