"""The code on a hall's display: another one every few seconds, so that a photo of it expires.

It is an HMAC of the step of time, with a key of SECRET_KEY and the meeting's own. It stands only on
displays that were opened with the meeting's display key (control gives their address), never on
those that everybody can open at home.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString

from core.export.qr_codes import draw_qr_code

#: Bytes of a code, and of a display's key: 16 letters.
_LENGTH = 10


def code_at(meeting_id: int, moment: datetime) -> str:
    """The code that the hall's displays show at ``moment``."""
    return _code(f"code:{meeting_id}", str(_step(moment)), settings.SECRET_KEY)


def is_valid(meeting_id: int, code: str, moment: datetime) -> bool:
    """Whether the code is shown at ``moment``, or was in the step before."""
    steps = (_step(moment), _step(moment) - 1)
    return _is_one_of(code, f"code:{meeting_id}", [str(step) for step in steps])


def changes_at(moment: datetime) -> datetime:
    """When the code of ``moment`` makes room for the next one."""
    return datetime.fromtimestamp((_step(moment) + 1) * settings.HALL_CODE_SECONDS, UTC)


def display_key(meeting_id: int) -> str:
    """The key in the URL of a display in the hall."""
    return _code("display", str(meeting_id), settings.SECRET_KEY)


def is_display_key(meeting_id: int, key: str) -> bool:
    return _is_one_of(key, "display", [str(meeting_id)])


@lru_cache(maxsize=64)
def draw(url: str, title: str) -> SafeString:
    """The code as a picture: drawn once in a process, for all displays."""
    return draw_qr_code(url, title=title)


def _step(moment: datetime) -> int:
    seconds: int = settings.HALL_CODE_SECONDS
    return int(moment.timestamp()) // seconds


def _is_one_of(given: str, purpose: str, values: list[str]) -> bool:
    """Compared in constant time with each; a former SECRET_KEY counts while it is a fallback."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    right = [
        hmac.compare_digest(_code(purpose, value, key).encode(), given.encode())
        for key in keys
        for value in values
    ]
    return any(right)


def _code(purpose: str, value: str, secret: str) -> str:
    made = salted_hmac(f"meetings.hall.{purpose}", value, secret=secret, algorithm="sha256")
    return b32encode(made.digest()[:_LENGTH]).decode().lower()
