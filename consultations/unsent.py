"""A remark that could not be published yet: kept in the session while its author gets what she
lacks elsewhere on the site, also without JavaScript. One at a time, of bounded size.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from consultations.models import LONGEST_QUOTE
from discussions.models import LONGEST, LONGEST_INTEREST

_KEY = "unsent_remark"
#: Fields of RemarkForm -> the most characters that are kept of each.
_FIELDS = {
    "kind": 10,
    "text": LONGEST,
    "proposal": LONGEST,
    "interest": LONGEST_INTEREST,
    "organisation": 20,
    "clause": 36,
    "start": 10,
    "end": 10,
    "exact": LONGEST_QUOTE,
    "prefix": 64,
    "suffix": 64,
}


def keep(session: MutableMapping[str, Any], consultation_id: int, typed: Mapping[str, Any]) -> None:
    """Keep what was typed into the form of a consultation, in place of what was kept before."""
    fields = {name: str(typed[name])[:most] for name, most in _FIELDS.items() if typed.get(name)}
    session[_KEY] = {"consultation": consultation_id, "fields": fields}


def kept(session: Mapping[str, Any], consultation_id: int, clause: str) -> dict[str, str]:
    """What was typed there about the same clause ("": about the whole); {} when nothing."""
    found = session.get(_KEY) or {}
    fields = found.get("fields", {})
    is_same = (found.get("consultation"), fields.get("clause", "")) == (consultation_id, clause)
    return dict(fields) if is_same else {}


def forget(session: MutableMapping[str, Any]) -> None:
    """It is published, or given up."""
    if _KEY in session:
        del session[_KEY]
