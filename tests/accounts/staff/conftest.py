"""What the tests of staff share: the mails that wait, sent as a worker would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from tests.notifications.conftest import do, waiting

__all__ = ["do", "waiting"]


@pytest.fixture
def mailbox(do) -> Callable[[], list[mail.EmailMessage]]:
    """Send what waits; all mails so far."""

    def deliver() -> list[mail.EmailMessage]:
        do()
        return mail.outbox

    return deliver
