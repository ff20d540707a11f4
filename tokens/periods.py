"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# Tokens that have expired or were revoked.
keep("tokens", days=90)
