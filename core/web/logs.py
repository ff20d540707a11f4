"""Log formatters and filters: a request is one line, and its path is cut before any secret.

Links in mails and of calendars carry tokens in their paths (petitions/signing/tokens.py,
organisations/mandates/tokens.py, accounts/deadlines/actions.py), and who reads a log must not be
able to follow them. Every token is one long part of a path and nothing else that we serve is, so
the path is cut there. The proxy's log is cut by the same pattern (deploy/nginx.conf).

A request that was refused (4xx) writes no traceback: it is no fault of ours, and whoever sends
broken ones would fill the log cheaply. Refusals of ordinary use are not even warnings.

Lines carry the id of their request or job (core/web/log_context.py); of ballots there are none.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from core.web import log_context
from core.web.ballot_faults import note_fault

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


#: What ordinary use is answered with: old links, forms with mistakes, forms sent twice. Others are
#: warnings: who may not (401, 403), what cannot be read (400), who asks too often (429).
ORDINARY = frozenset({404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 422, 428})


class OrdinaryRefusals(logging.Filter):
    """Makes INFO of what Django warns of in ordinary use. A filter of the logger itself, so that
    the log's own level decides."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 0) not in ORDINARY:
            return True
        record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return logging.getLogger().isEnabledFor(logging.INFO)


class WithoutBallots(logging.Filter):
    """Drops whatever is logged during a request to a ballot: a line has a time.

    That there was a fault is told later, without its time (core/web/ballot_faults.py).
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if not log_context.is_silent() and not log_context.is_ballot(request):
            return True
        if record.levelno >= logging.ERROR:
            note_fault(record.exc_info[1] if record.exc_info else None)
        return False


class WithIds(logging.Filter):
    """Gives each record ``ids``: those of its request and its job."""

    def filter(self, record: logging.LogRecord) -> bool:
        found = {"request": log_context.request_id(), "job": log_context.job_id()}
        record.ids = {name: value for name, value in found.items() if value}
        return True


class Line(logging.Formatter):
    """A line for people: ``WARNING django.request request=…: Forbidden: /desk/``."""

    def __init__(self) -> None:
        super().__init__("{levelname} {name}{written_ids}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        ids: dict[str, Any] = getattr(record, "ids", {})
        record.written_ids = "".join(f" {name}={value}" for name, value in ids.items())
        return super().format(record)


class JsonLine(logging.Formatter):
    """A line for programs: one JSON object, the traceback within it."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "ids", {}),
        }
        if status := getattr(record, "status_code", None):
            said["status"] = status
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)
