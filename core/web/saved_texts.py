"""Presenter of texts that departments save, for the table of all that have such texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class SavedTextRow:
    """A saved text, with where it is changed and deleted. ``about``: what it is for, or whose."""

    title: str
    about: str | Promise
    text: str
    #: Who changed it last; "" for nobody any more.
    by: str
    changed_at: datetime
    url: str
    delete_url: str
