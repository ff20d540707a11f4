"""allauth adapter that queues the mails of allauth as all others.

Sent by the request itself, a slow or absent mail server would hold people up or lose the mail, and
the time of the answer would tell whether an address is known. So the words wait in a Letter, where
the code lives as long as in the session that expects it, and not in a job, whose arguments are
logged.
"""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives

from accounts.adapter import Adapter
from notifications.sending.mail import defer_letter


class QueuedMail(Adapter):
    def deliver(self, message: EmailMultiAlternatives) -> None:
        defer_letter(message)
