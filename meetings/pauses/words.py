"""Words about pauses, undoings and a speaker's time: in the log, in minutes, on pages."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings.models import LogEntry, Pause

_SECONDS_OF_A_MINUTE = 60


def until(pause: Pause) -> str:
    """When the meeting goes on: «до 14:30», «продовження 3 грудня, 10:00»; "" where it was not
    said."""
    if pause.resumes_at is None:
        return ""
    if pause.is_over_night:
        return _("continues on %(when)s") % {"when": _moment(pause.resumes_at)}
    return _("until %(time)s") % {"time": date_format(localtime(pause.resumes_at), "H:i")}


def duration_words(pause: Pause) -> str:
    """Duration in words; "" while it goes on."""
    if pause.ended_at is None:
        return ""
    seconds = int((pause.ended_at - pause.began_at).total_seconds())
    return _("it lasted %(time)s") % {"time": duration(seconds)}


def duration(seconds: int) -> str:
    """«6 с», «12 хв 5 с», «1 год 3 хв»."""
    minutes, rest = divmod(max(0, seconds), _SECONDS_OF_A_MINUTE)
    hours, minutes = divmod(minutes, 60)
    parts = [
        _("%(number)d h") % {"number": hours} if hours else "",
        _("%(number)d min") % {"number": minutes} if minutes else "",
        _("%(number)d s") % {"number": rest} if not hours and (rest or not minutes) else "",
    ]
    return " ".join(filter(None, parts))


def words_of(entry: LogEntry, about: str) -> str:
    """Words of a log line beside its kind; ``about``: the thing that it names."""
    pause = entry.pause
    if pause is not None:
        if entry.kind == LogEntry.Kind.RESUMED:
            return duration_words(pause)
        suspended = entry.roll_call
        said = _("the roll-call «%(question)s» is suspended") % {"question": suspended}
        return "; ".join(filter(None, [until(pause), said if suspended else ""]))
    if entry.seconds is None:
        return about
    if entry.kind == LogEntry.Kind.TIME_ADDED:
        return f"{about}: +{duration(entry.seconds)}"
    after = _("after %(time)s") % {"time": duration(entry.seconds)}
    return f"{about}; {after}" if about else after


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "j E Y, H:i")
