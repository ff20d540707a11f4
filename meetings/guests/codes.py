"""The hall's code as it is typed: its first six characters, for whoever cannot scan the picture."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings

from meetings.hall import codes

#: Characters of a typed code, each one of 32.
LENGTH = 6
#: What is read for what: base32 has neither.
_READ_AS = str.maketrans("01", "ol")


def typed_code(meeting_id: int, moment: datetime) -> str:
    """The code to be typed at ``moment``, in two halves."""
    code = codes.code_at(meeting_id, moment)[:LENGTH].upper()
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def is_typed_code(meeting_id: int, typed: str, moment: datetime) -> bool:
    """Whether that stands on the hall's displays at ``moment``, or did in the step before; blanks,
    dashes and capitals are as one likes."""
    given = "".join(each for each in typed.lower() if each.isalnum()).translate(_READ_AS)
    before = moment - timedelta(seconds=settings.HALL_CODE_SECONDS)
    right = [
        hmac.compare_digest(codes.code_at(meeting_id, at)[:LENGTH].encode(), given.encode())
        for at in (moment, before)
    ]
    return any(right)
