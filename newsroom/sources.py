"""Urgent notices come with the council's row (docs/adr/0075-urgent-notices.md)."""

from __future__ import annotations

from city.council.queries import register_urgent
from newsroom.urgent import rows

register_urgent(rows)
