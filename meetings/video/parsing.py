"""Reading of subtitles in files: WebVTT (W3C) and SubRip (.srt), which people write by hand too.

What a file says of looks, places and voices is left out; of marked words the words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.translation import gettext_lazy as _

from core.domain.rules import reject
from meetings.video.models import LONGEST_LINE

#: Bytes of a file: a meeting of twelve hours has not one of them.
MOST_BYTES = 2 * 2**20
#: Lines of a file.
MOST_LINES = 20_000
#: No meeting lasts longer, in milliseconds.
_LONGEST = 100 * 60 * 60 * 1000
_MOMENT = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s.*)?\Z", re.ASCII)
_MARK = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,100}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """A line of subtitles, in milliseconds of the video."""

    begins: int
    ends: int
    text: str


def read(data: bytes) -> list[Cue]:
    """The cues of a file in the order of time.

    Refuses ``subtitles.too_large``, ``subtitles.not_text``, ``subtitles.wrong_times`` (it names the
    line), ``subtitles.too_many`` and ``subtitles.none``.
    """
    if len(data) > MOST_BYTES:
        reject("subtitles.too_large", _("The file is larger than 2 MB."))
    cues = sorted(_cues(_text_of(data)), key=lambda cue: (cue.begins, cue.ends))
    if not cues:
        reject(
            "subtitles.none",
            _("No subtitles are in this file. It must be WebVTT (.vtt) or SubRip (.srt)."),
        )
    return cues


def _text_of(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251", "replace")
    if "\0" in text:
        reject("subtitles.not_text", _("This file is no text."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cues(text: str) -> Iterator[Cue]:
    lines = text.split("\n")
    number = found = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if "-->" not in line:
            continue
        times = _TIMES.match(line)
        begins, ends = _moments(times) if times else (0, 0)
        if not 0 <= begins < ends <= _LONGEST:
            reject(
                "subtitles.wrong_times",
                _("Line %(line)s has times that cannot be read.") % {"line": number},
                line=number,
            )
        words = []
        while number < len(lines) and lines[number].strip() and "-->" not in lines[number]:
            words.append(lines[number])
            number += 1
        said = " ".join(unescape(_MARK.sub("", " ".join(words))).split())[:LONGEST_LINE]
        if not said:
            continue
        found += 1
        if found > MOST_LINES:
            reject("subtitles.too_many", _("The file has more than 20,000 lines of subtitles."))
        yield Cue(begins, ends, said)


def _moments(times: re.Match[str]) -> tuple[int, int]:
    parts = times.groups()
    return _milliseconds(parts[:4]), _milliseconds(parts[4:])


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = parts
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return whole * 1000 + int((rest or "0").ljust(3, "0"))
