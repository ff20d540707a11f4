"""Telephone numbers, as people write them and as they are dialled."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def dialled(written: str) -> str:
    """«067 123-45-67» as «+380671234567»; numbers of other countries need their «+».

    ValidationError (``not_a_phone``) for what cannot be dialled.
    """
    number = re.sub(r"[\s().\-–—‑]", "", written)
    if re.fullmatch(r"0[1-9]\d{8}", number, re.ASCII):
        return f"+38{number}"
    if re.fullmatch(r"380[1-9]\d{8}", number, re.ASCII):
        return f"+{number}"
    ours = number.startswith("+380")
    if re.fullmatch(r"\+380[1-9]\d{8}" if ours else r"\+[1-9]\d{8,14}", number, re.ASCII):
        return number
    raise ValidationError(
        _("Write the number with its code, like 067 123 45 67."), code="not_a_phone"
    )
