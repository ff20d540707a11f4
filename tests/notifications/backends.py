"""Mail servers as they are on bad days."""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

from django.core.mail.backends.locmem import EmailBackend


class Away(EmailBackend):
    """Cannot be reached as often as ``times`` says, then it can."""

    times: ClassVar[int] = 0

    def send_messages(self, messages):
        if Away.times > 0:
            Away.times -= 1
            raise SMTPServerDisconnected("away")
        return super().send_messages(messages)


class Refusing(EmailBackend):
    """Knows no such receiver, for good."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


class NoSuchUser(EmailBackend):
    """Says at once, with the status of RFC 3463, that the address does not exist."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"5.1.1 no such user")})
