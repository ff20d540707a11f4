"""What the tests of the state share: a real worker of mails."""

from tests.notifications.conftest import empty_queue, worker

__all__ = ["empty_queue", "worker"]
