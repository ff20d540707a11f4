"""Files that the office puts beside an answer, signed elsewhere. No signature is checked here."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from appeals.filing.actions import NewFile
from core.domain.rules import reject

MOST_BYTES = 10 * 2**20
_LONGEST_NAME = 120
#: The ending of a name -> the media type, and how the content begins: a container in DER, a ZIP of
#: ETSI EN 319 162, or a PDF with its signature within.
_KINDS: dict[str, tuple[str, bytes]] = {
    ".p7s": ("application/pkcs7-signature", b"\x30"),
    ".p7m": ("application/pkcs7-mime", b"\x30"),
    ".asice": ("application/vnd.etsi.asic-e+zip", b"PK\x03\x04"),
    ".asics": ("application/vnd.etsi.asic-s+zip", b"PK\x03\x04"),
    ".pdf": ("application/pdf", b"%PDF-"),
}


def accept_signed(file: UploadedFile[Any]) -> NewFile:
    """The file as it will be stored: byte for byte, else its signature would be void.

    Refuses with ``file.empty``, ``file.too_large``, ``file.type`` and ``file.damaged``.
    """
    path = PurePath((file.name or "").replace("\\", "/"))
    if not file.size:
        reject("file.empty", _("The file is empty."))
    if file.size > MOST_BYTES:
        reject("file.too_large", _("The file is larger than 10 MB."))
    if path.suffix.lower() not in _KINDS:
        reject("file.type", _("Only PDF, .p7s, .p7m, .asice and .asics files are accepted."))
    media_type, beginning = _KINDS[path.suffix.lower()]
    content = file.read()
    if not content.startswith(beginning):
        reject("file.damaged", _("The file is not what its name says."))
    try:
        stem = get_valid_filename(path.stem)[:_LONGEST_NAME]
    except ValueError:  # a name of nothing but dots
        stem = "answer"
    return NewFile(f"{stem}{path.suffix.lower()}", media_type, content)
