"""The demo city's streets, from the kind of table that councils publish."""

from __future__ import annotations

from city import street_list
from city.actions.description import describe
from portal.demo import content


def load_streets() -> None:
    """Put in the streets; their districts are there already."""
    rows = street_list.read((content.ROOT / "streets.csv").read_bytes())
    describe({"street": [row for _line, row in rows]})
