"""Format numbers in text: grouped by thousands, «500 000», with no-break spaces.

One rule for templates (the filter ``thousands``) and for sentences made in Python: a figure that
can reach a thousand goes in as ``%(most)s`` with ``group_thousands(most)``, never as ``%(most)d``.
Numbers that name something (a year, a code, an id) are no figures and stay as they are.
"""

from __future__ import annotations

SPACE = "\u00a0"


def group_thousands(figure: int) -> str:
    """«1 200 000», «−4 500»."""
    return f"{figure:,}".replace(",", SPACE)
