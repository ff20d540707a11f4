"""The settings of a worker process in tests: it keeps all mails that it sends."""

import os

from tests.settings import *  # noqa: F403 (the settings of the tests, and one more)

MAILERS = {
    "default": {"BACKEND": "notifications.sending.mailbox.KeptMail", "OPTIONS": {"most": 10_000}}
}
if "WORKER_LISTS_MAILS" in os.environ:
    MAILERS = {"default": {"BACKEND": "tests.notifications.backends.Listing"}}
