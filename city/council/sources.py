"""The council's row, for what every app knows of the council."""

from __future__ import annotations

from city.council.queries import load_council
from core.domain import council

council.register(load_council)
