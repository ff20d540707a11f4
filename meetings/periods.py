"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# Who was in the hall of a meeting by its code, and whose hand was raised, from its close on.
keep("hall", days=7)
# What people need in order to take part in a meeting, and that they registered for it: from its
# end on.
keep("accessibility_needs", days=7)
keep("registrations", days=365)
