"""Mail servers as they are on bad days."""

from __future__ import annotations

import os
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
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


class Listing(BaseEmailBackend):
    """Takes thousands of mails: it writes down whom each is for, a line at once."""

    def send_messages(self, messages):
        file = os.open(Path(settings.MAIL_KEPT_AT) / "list", os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        for message in messages:
            os.write(file, f"{message.to[0]}\n".encode())
        os.close(file)
        return len(messages)
