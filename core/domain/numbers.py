"""Format numbers in text: grouped by thousands, «500 000» with no-break spaces, in English
“500,000”.

One rule for templates (the filter ``thousands``) and for sentences made in Python: a figure that
can reach a thousand goes in as ``%(most)s`` with ``group_thousands(most)``, never as ``%(most)d``.
Numbers that name something (a year, a code, an id) are no figures and stay as they are.
"""

from __future__ import annotations

from django.utils.translation import get_language

SPACE = "\u00a0"


def group_thousands(figure: int) -> str:
    """«1 200 000», «−4 500», as the active language writes them."""
    written = f"{figure:,}"
    return written if get_language() == "en" else written.replace(",", SPACE)
