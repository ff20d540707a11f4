"""The demo city's streets and map, from the kinds of files that councils publish."""

from __future__ import annotations

from collections.abc import Iterable

from city.lists.description import describe
from city.maps.actions import draw_map
from city.models import Street
from city.streets import table
from demo import content


def streets_of(rows: Iterable[str]) -> list[Street]:
    """The streets of "district: name" lines of a toml file."""
    found = []
    for row in rows:
        district, _colon, name = row.partition(": ")
        found.append(Street.objects.get(district__slug=district, name=name))
    return found


#: Of the places that a poll of polls.toml puts to the vote.
_IN_ENGLISH = {
    "площа Рудникова": "Rudnykova Square",
    "бульвар Каштановий": "Kashtanovyi Boulevard",
    "бульвар Веснянки": "Vesnianky Boulevard",
    "набережна Інгулецька": "Inhuletska Embankment",
}


def load_streets() -> None:
    """Put in the streets; their districts are there already."""
    rows = table.read((content.ROOT / "streets.csv").read_bytes())
    describe({"street": [row for _line, row in rows]})
    named = list(Street.objects.filter(name__in=_IN_ENGLISH))
    for street in named:
        street.name_en = _IN_ENGLISH[street.name]
    Street.objects.bulk_update(named, ["name_en"])


def load_map() -> None:
    """Put in the map; its districts and streets are there already."""
    draw_map((content.ROOT / "map.geojson").read_bytes(), by=None)
