"""Form fields for an account's e-mail, names and telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import User
from core.domain.email_addresses import EmailField, is_sendable, to_delivered
from core.web.invisible_characters import hides_something

_APOSTROPHES = str.maketrans(dict.fromkeys("'ʼ‘`´′＇", "’"))
_MARKS = frozenset("’- .")


class AccountEmailField(EmailField):
    """The e-mail of an account that there is, however it is spelled; the value is in lower case.

    Accounts made before e-mails were checked are found by the very spelling that they have. What
    nobody may enter any more is refused only where a mail would go to it and cannot
    (``sends_mail``): the same words whether there is such an account or not.
    """

    def __init__(self, *, sends_mail: bool = True, **kwargs: Any) -> None:
        self.sends_mail = sends_mail
        super().__init__(**kwargs)

    def deliver(self, typed: str) -> str:
        typed = typed.lower()
        try:
            delivered = to_delivered(typed)
        except ValidationError:
            if not self.sends_mail:
                validate_email(typed)
            elif not is_sendable(typed):
                raise
            return typed
        if delivered != typed and User.objects.filter(email=typed).exists():
            return typed
        return delivered


def clean_name(text: str) -> str:
    """The name with single spaces and Ukrainian apostrophes; ValidationError if it is none.

    Letters of any script with their marks, apostrophes, hyphens, dots and spaces. Whatever could
    turn a line around, hide in it or look like an address is refused.
    """
    name = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).strip()).translate(_APOSTROPHES)
    plain = all(c in _MARKS or unicodedata.category(c)[0] in "LM" for c in name)
    if hides_something(name) or not plain or not any(c.isalpha() for c in name):
        raise ValidationError(
            _("A name has letters, apostrophes, hyphens and spaces."), code="not_a_name"
        )
    return name


def to_international(written: str) -> str:
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
