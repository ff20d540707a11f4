"""The process that opens the boxes of a secret poll, and gets the key through a pipe alone.

    begin(poll, content, by_id=…)   in a request, with the bytes of a keeper's file
    manage.py open_boxes POLL       that process

It writes no core, is not to be read by other processes of its user, reports no faults and says one
word on its output: ``opened``, ``bad_file``, or the code of a refusal.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys

from django.conf import settings

from votes.models import Poll

#: For so many seconds a request waits; what takes longer goes on without it.
WAITS = 20
_PR_SET_DUMPABLE, _EVERYTHING = 4, 3


def begin(poll: Poll, content: bytes, *, by_id: int) -> str:
    """Hand a keeper's file to a new process; returns what that said; «opening»: it goes on."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [
            *(sys.executable, str(settings.BASE_DIR / "manage.py"), "open_boxes"),
            *(str(poll.pk), "--by", str(by_id)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"SENTRY_DSN": "", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        said, _nothing = process.communicate(content, timeout=WAITS)
    except subprocess.TimeoutExpired:
        return "opening"
    return said.decode().strip() or "failed"


def harden() -> None:
    """Keep this process's memory from cores, from others and, where it may, from swap."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
        libc.mlockall(_EVERYTHING)
