"""Path converters: what is no bigint, or no day, is answered 404 instead of an error."""

from __future__ import annotations

from datetime import date

from django.urls.converters import IntConverter

BIGGEST = 2**63 - 1


class IdConverter(IntConverter):
    """``<id:pk>``: a positive bigint."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number > BIGGEST:
            raise ValueError("no such id")
        return number


class DayConverter:
    """``<day:day>``: a day of this century or the next, as 2026-11-30."""

    regex = "2[01][0-9]{2}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
