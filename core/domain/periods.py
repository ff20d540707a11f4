"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from datetime import timedelta

from core.domain.retention import keep, keep_for

# Ids of who did what.
keep("trace", days=3 * 365)
# Keys of forms that were carried out (core/domain/idempotency_keys.py).
keep_for("idempotency_keys", timedelta(hours=24))
keep_for("jobs", timedelta(days=30))
