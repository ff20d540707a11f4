"""The council itself and its own lists: departments, themes, districts, streets, martial law."""

from city.council.models import AgeGroup, Change, Council, LocalElection, MartialLawPeriod
from city.lists.models import Department, District, Named, NamedQuerySet, Theme
from city.maps.models import MapFeature
from city.streets.models import MOST_FORMER_NAMES, Street

__all__ = [
    "MOST_FORMER_NAMES",
    "AgeGroup",
    "Change",
    "Council",
    "Department",
    "District",
    "LocalElection",
    "MapFeature",
    "MartialLawPeriod",
    "Named",
    "NamedQuerySet",
    "Street",
    "Theme",
]
