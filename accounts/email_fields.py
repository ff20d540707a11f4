"""The form field by which somebody names an account that there is already."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.models import User
from core.domain.email_addresses import EmailField, is_sendable, to_delivered


class AccountEmailField(EmailField):
    """The e-mail of an account, however it is spelled; the value is in lower case.

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
