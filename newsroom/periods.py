"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# Accreditations of journalists, from the end of the term or from the refusal; applications
# that nobody confirmed.
keep("accreditations", days=365)
keep("unconfirmed_accreditations", days=2)
