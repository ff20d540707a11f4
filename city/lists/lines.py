"""Check values of columns that hold one line.

They stand in headers of mails, titles and tables; the end of a line there would stop every mail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import models

#: What ends a line, or is no sign at all.
_ENDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def in_lines(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by column, those of one line without ends of lines in them."""
    return {name: _line(model._meta.get_field(name), value) for name, value in values.items()}


def _line(field: Any, value: Any) -> Any:
    is_line = isinstance(field, models.CharField) and isinstance(value, str)
    return _ENDS.sub(" ", value).strip() if is_line else value
