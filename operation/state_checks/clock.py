"""Distance of this machine's and PostgreSQL's clocks from a time server's (RFC 4330)."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.db.kept_cursors import fetch
from core.state.registry import Finding, Level, check

#: Seconds: a code of an app is refused at thirty, a minute moves the end of a day's last minute.
WARN_SECONDS, CRITICAL_SECONDS = 5.0, 60.0
_TIMEOUT = 2.0
#: NTP counts from 1900.
_EPOCH = 2_208_988_800
#: Version 4, a client's question.
_QUESTION = bytes([0x23]) + bytes(47)
_PORT = 123


@check("clock", gettext_lazy("Clock"))
def check_clock() -> Iterator[Finding]:
    # Not statement_timestamp(): how PostgreSQL's clock goes, not when the statement began.
    before = time.time()
    ((database,),) = fetch("SELECT extract(epoch FROM clock_timestamp())::float8", [])
    between = database - (before + time.time()) / 2
    offset = 0.0
    if settings.STATE_SNTP_SERVER:
        try:
            offset = _ask_offset(settings.STATE_SNTP_SERVER)
        except (OSError, ValueError):
            yield Finding(Level.UNKNOWN, _("The time server does not answer."))
            return
    farthest = max(offset, offset + between, key=abs)
    level = Level.WARNING if abs(farthest) > WARN_SECONDS else Level.OK
    level = Level.CRITICAL if abs(farthest) > CRITICAL_SECONDS else level
    if settings.STATE_SNTP_SERVER:
        words = _("%(seconds)s s from the time server.")
    else:
        words = _("No time server is set; PostgreSQL’s is %(seconds)s s from this machine’s.")
    yield Finding(level, words % {"seconds": f"{round(farthest, 1) + 0.0:+.1f}"})


def _ask_offset(server: str) -> float:
    """Seconds by which this machine is ahead of a time server. Raises OSError, ValueError."""
    parts = urlsplit(f"//{server}")
    address = (parts.hostname or "", parts.port or _PORT)
    family, kind, _protocol, _name, where = socket.getaddrinfo(*address, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind) as asked:
        asked.settimeout(_TIMEOUT)
        asked.connect(where)
        sent = time.time()
        asked.send(_QUESTION)
        answer = asked.recv(512)
        received = time.time()
    if len(answer) < 48 or answer[0] & 7 != 4 or not 0 < answer[1] < 16:
        raise ValueError("no answer of a synchronised server")
    arrived, left = (_to_unix(*struct.unpack_from("!II", answer, at)) for at in (32, 40))
    return ((sent - arrived) + (received - left)) / 2


def _to_unix(seconds: int, fraction: int) -> float:
    return seconds - _EPOCH + fraction / 2**32
