"""Path converters: an id that is no bigint is answered 404 instead of a database error."""

from __future__ import annotations

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
