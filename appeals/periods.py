"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# From whom an appeal came, from its ending on (the list of kinds of documents of 2012, № 578/5,
# item 82: five years).
keep("appeal_authors", days=5 * 365)
