"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# Names and addresses on the list of a poll, once it has closed.
keep("poll_lists", days=365)
