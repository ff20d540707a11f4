"""The register of personal data in search."""

from __future__ import annotations

from accounts.data.register import impersonal
from search.models import Entry, SynonymList

impersonal(
    Entry,
    why="lemmas of what everybody reads, under no name; what is hidden or deleted has no entry",
)
impersonal(SynonymList, why="words of the language")
