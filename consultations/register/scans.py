"""Scans of letters: what is accepted and how it is kept."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Refused, refuse, reject
from core.export import pictures, uploads

MAX_BYTES = 5 * 1024 * 1024
#: Pixels of a scan's longer side: an A4 sheet at 300 dots an inch.
LONGEST_SIDE = 3508


def accept(file: BinaryIO) -> uploads.Accepted:
    """Read a scan: a PDF as it is, a picture drawn anew without its metadata.

    Refuses with ``file.empty``, ``file.too_large``, ``file.type``, ``file.damaged``,
    ``file.too_many_pixels`` or ``file.busy``.
    """
    data = file.read(MAX_BYTES + 1)
    if not data:
        reject("file.empty", _("The file is empty."))
    if len(data) > MAX_BYTES:
        reject("file.too_large", _("The scan is larger than 5 MB."))
    if data.startswith(b"%PDF-"):
        return uploads.Accepted(data, uploads.PDF)
    if pictures.is_picture(data):
        return uploads.Accepted(*pictures.reencode(data, longest=LONGEST_SIDE))
    raise Refused(refuse("file.type", _("A scan is a PDF, PNG or JPEG file.")))
