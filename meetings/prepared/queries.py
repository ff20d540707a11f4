"""Reading what was prepared before a meeting."""

from __future__ import annotations

from typing import Any

from meetings.models import Meeting, Prepared

_DIGITS = 18


def of_kind(meeting: Meeting, kind: Prepared.Kind) -> list[Prepared]:
    """Those of a kind, in the order in which they were written: one query."""
    return list(meeting.prepared.filter(kind=kind))


def find_prepared(prepared: list[Prepared], asked: str) -> Prepared | None:
    """The one whose number an address gives."""
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= _DIGITS
    return next((one for one in prepared if is_number and one.pk == int(asked)), None)


def survey_fields(prepared: Prepared | None) -> dict[str, Any]:
    """The fields of the form of a survey (meetings.quickpolls.forms), as prepared."""
    if prepared is None:
        return {}
    return {
        "text": prepared.text,
        "options": prepared.options,
        "how": prepared.how,
        "results_while_open": prepared.results_while_open,
    }
