"""What a log may hold of a request: its path, up to whatever could be a secret, in one line.

Links in mails carry tokens in their paths (petitions/signing/tokens.py, organisations/tokens.py),
and who reads a log must not be able to follow them. Every token is one long part of a path and
nothing else that we serve is, so the path is cut there. The proxy's log is cut by the same pattern
(deploy/nginx.conf).

A request that was refused (4xx) writes no traceback: it is no fault of ours, and whoever sends
broken ones would fill the log cheaply.
"""

from __future__ import annotations

import logging
import re
from typing import Any

#: A part of 20 letters, digits, _ or - and all that follows; the shortest token has 40.
_SECRET = re.compile(r"(?s)^(?P<open>.*?/)[\w-]{20,}.*")


def open_part(path: str) -> str:
    """A path without what could be a secret: ``/petitions/1/confirm/2/…``."""
    return _SECRET.sub(r"\g<open>…", path)


class WithoutSecrets(logging.Filter):
    """Cuts the paths that Django names where it tells of a request that it refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.") and isinstance(record.args, tuple):
            record.args = tuple(
                open_part(each) if isinstance(each, str) and each.startswith("/") else each
                for each in record.args
            )
        return True


class WithoutTracesOfRefusals(logging.Filter):
    """Takes the traceback from what Django tells of a request that it refused (4xx)."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", 500)
        if record.name.startswith("django.") and 400 <= status < 500:
            record.exc_info = record.exc_text = None
        return True


class WithoutRefusals(logging.Filter):
    """Drops what Django tells of refused requests (4xx) to addresses that match ``paths``.

    An error of the server there is still told.
    """

    def __init__(self, paths: str) -> None:
        super().__init__()
        self.paths = re.compile(paths)

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        status = getattr(record, "status_code", 500)
        return status >= 500 or not self.paths.match(getattr(request, "path_info", ""))
