"""How long what is kept that belongs to this app (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# Tokens that have expired or were revoked.
keep("tokens", days=90)
