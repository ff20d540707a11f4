"""Pairing codes: eight digits that a screen shows and a secretary types.

A code is calculated, not stored: five digits from the screen's name and the window of five minutes,
and three check digits that only this server can calculate from those. So a screen that nobody
pairs writes nothing, and a mistyped code is refused in 998 of 1,000 cases. A code is valid until
the end of the window after its own.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.crypto import get_random_string, salted_hmac

#: Seconds for which a screen shows one code.
WINDOW = 300
#: Windows in which a code is valid: its own and the next.
VALID = 2
LENGTH = 8
_CHECK = 3
_SALT = "viche.displays"


def new_screen() -> str:
    """A name for a screen that has none."""
    return get_random_string(22)


def code_of(screen: str, now: datetime) -> str:
    """The present code of the screen of this name."""
    return _code(screen, _window(now))


def seconds_left(now: datetime) -> int:
    """For how long it shows that."""
    return WINDOW - int(now.timestamp()) % WINDOW


def pairing_of(code: str, now: datetime) -> str:
    """The code with the window in which a screen may have begun to show it; "" where none may."""
    digits = "".join(filter(str.isdigit, code)) if code.isascii() else ""
    if len(digits) != LENGTH:
        return ""
    for window in _windows(now, VALID):
        if _check(digits[:-_CHECK], window) == digits[-_CHECK:]:
            return _pairing(digits, window)
    return ""


def pairings_of(screen: str, now: datetime) -> list[str]:
    """Those by which the screen of this name may have been paired lately."""
    return [_pairing(_code(screen, window), window) for window in _windows(now, VALID + 1)]


def _window(now: datetime) -> int:
    return int(now.timestamp()) // WINDOW


def _windows(now: datetime, many: int) -> list[int]:
    return [_window(now) - back for back in range(many)]


def _pairing(digits: str, window: int) -> str:
    return f"{window}/{digits}"


def _code(screen: str, window: int) -> str:
    first = _digits(f"screen {screen} {window}", LENGTH - _CHECK)
    return first + _check(first, window)


def _check(first: str, window: int) -> str:
    return _digits(f"check {first} {window}", _CHECK)


def _digits(of: str, many: int) -> str:
    number = int.from_bytes(salted_hmac(_SALT, of, algorithm="sha256").digest())
    return str(number % 10**many).zfill(many)
