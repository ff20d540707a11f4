"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# Invitations to act for an organisation, once their link has stopped working.
keep("invitations", days=90)
