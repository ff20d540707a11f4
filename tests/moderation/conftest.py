"""What tests of moderation share: jobs of mails are done on the spot."""

from __future__ import annotations

from tests.notifications.conftest import do, waiting

__all__ = ["do", "waiting"]
