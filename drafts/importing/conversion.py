"""Convert .doc and .odt to .docx, or say why not (core/export/conversion.py)."""

from __future__ import annotations

from core.export import conversion
from core.export.conversion import NotConverted
from core.export.conversion import is_offered as is_offered
from drafts.importing.refusals import ImportRefused

#: Format -> the code of the refusal where nothing here converts it.
FORMATS = {"doc": "old_word", "odt": "open_document"}
_CODES = {
    "busy": "conversion_busy",
    "timeout": "conversion_timeout",
    "too_large": "too_large",
    "failed": "conversion_failed",
}


def convert(data: bytes, kind: str) -> bytes:
    """Return a .docx of a .doc or .odt; raises `ImportRefused`."""
    try:
        return conversion.convert(data, kind)
    except NotConverted as refusal:
        code = FORMATS[kind] if refusal.why == "unavailable" else _CODES[refusal.why]
        raise ImportRefused(code) from refusal
