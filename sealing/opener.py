"""A process that opens boxes, and gets the key through a pipe alone.

    begin(content, "open_boxes", …)   in a request, with the bytes of a keeper's file
    manage.py open_boxes …            that process, which begins with ``harden``

It writes no core, is not to be read by other processes of its user, reports no faults and says one
word on its output.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys

from django.conf import settings

#: For so many seconds a request waits; what takes longer goes on without it.
WAITS = 20
_PR_SET_DUMPABLE, _EVERYTHING = 4, 3


def begin(content: bytes, *command: str) -> str:
    """Hand a keeper's file to a command of ``manage.py``; returns what that said, «failed» where it
    ended without a word, «opening» where it goes on."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *command],
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
