"""The context of log lines: the id of the request or of the job under way.

Requests to the ballots of secret polls have no id and are silent: nothing that is logged, measured
or reported during one may have its time (docs/adr/0024, 0040).
"""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

#: What a proxy may call a request: it comes to the log as it is.
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_job_id: ContextVar[int | None] = ContextVar("job_id", default=None)
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def request_id() -> str:
    """The id of the request under way; "" without one."""
    return _request_id.get()


def job_id() -> int | None:
    """The id of the job under way."""
    return _job_id.get()


def is_silent() -> bool:
    """Whether the request under way is one to a ballot."""
    return _silent.get()


def is_ballot(request: Any) -> bool:
    """Whether a request goes to the ballot of a poll."""
    path = getattr(request, "path_info", "")
    return bool(_ballots(settings.BALLOT_PATHS).match(path))


@lru_cache(maxsize=2)
def _ballots(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def begin_request(request: HttpRequest, *, named: str = "") -> str:
    """Mark what follows in this context with the request's id, and return it; "" for a ballot.

    ``named``: what a trusted proxy calls it. The mark stays until the thread's next request: Django
    tells of an answer after all middleware, and an answer may be streamed.
    """
    silent = is_ballot(request)
    name = named if _SAFE_ID.fullmatch(named) else secrets.token_hex(8)
    _silent.set(silent)
    _request_id.set("" if silent else name)
    return _request_id.get()


async def mark_job(call_next: Any, context: Any, worker: Any) -> Any:
    """Middleware of the worker: mark the lines of a job with its id. Each job is a task of asyncio,
    with a context of its own: the mark stays for the line that tells how the job ended."""
    _job_id.set(context.job.id)
    return await call_next()
