"""Everything that can happen to what the house holds about a person."""

from __future__ import annotations

from accounts.data.looking import looked

__all__ = ["looked"]
