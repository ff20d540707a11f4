"""Uploaded pictures: re-encode them without metadata.

What is published is a new picture of the pixels alone: no metadata (where and by whom a photograph
was taken), no profile, nothing hidden in the file. What a file is its content says, never its name.
"""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from core.domain.rules import Refused, refuse, reject

MAX_PIXELS = 25_000_000
PNG, JPEG = "image/png", "image/jpeg"

DAMAGED = refuse("file.damaged", _("The file is damaged and cannot be read."))


def is_picture(data: bytes) -> bool:
    """Whether it begins as PNG or JPEG does."""
    return data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def reencode(data: bytes, *, longest: int | None = None) -> tuple[bytes, str]:
    """The picture as it is published, upright, and its media type.

    ``longest``: pixels that neither side exceeds; a larger picture is made smaller. Refuses
    ``file.damaged`` and ``file.too_many_pixels``.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels before we have looked; we refuse them ourselves.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if image.width * image.height > MAX_PIXELS:
                reject("file.too_many_pixels", _("The picture has more than 25 million pixels."))
            return _saved(image, longest)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as damage:
        raise Refused(DAMAGED) from damage


def _saved(image: Image.Image, longest: int | None) -> tuple[bytes, str]:
    is_png = image.format == "PNG"
    upright = ImageOps.exif_transpose(image)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    mode = "RGBA" if is_png and has_alpha else ("L" if upright.mode == "L" else "RGB")
    clean = Image.new(mode, upright.size)
    clean.paste(upright.convert(mode))
    if longest is not None:
        clean.thumbnail((longest, longest))
    out = io.BytesIO()
    if is_png:
        clean.save(out, "PNG", optimize=False)
        return out.getvalue(), PNG
    clean.save(out, "JPEG", quality=88)
    return out.getvalue(), JPEG
