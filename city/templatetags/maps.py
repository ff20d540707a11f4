"""Template tags of maps: what templates/components/map.html, map_of_list.html and
map_of_districts.html draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from city.maps import located, tiles
from city.maps.drawing import Drawing
from city.maps.located import CountedMap, LocatedMap, NumberedMap
from city.models import District, Street
from core.web.render_cache import render_part

register = template.Library()


@register.simple_tag
def locate(
    district: District | None = None, streets: Iterable[Any] | Street | None = None
) -> LocatedMap | None:
    """``{% locate district streets as map %}``: the map with them marked, or nothing. ``streets``:
    rows, or mappings with ``pk`` and their names, or one row."""
    rows = [streets] if isinstance(streets, Street) else streets or ()
    by_id = {each["pk"] if isinstance(each, Mapping) else each.pk: each for each in rows}
    return located.locate(district.pk if district else None, by_id)


@register.simple_tag
def map_part(name: str, drawing: Drawing, district_ids: tuple[int, ...] = ()) -> SafeString:
    """``{% map_part "map_drawing" map.drawing map.district_ids %}``: a part of every map with these
    districts marked, drawn once: its template in templates/components."""
    return render_part(
        f"components/{name}.html",
        (drawing, district_ids),
        lambda: {"drawing": drawing, "district_ids": district_ids},
    )


@register.simple_tag
def number_on_map(things: Iterable[Any]) -> NumberedMap | None:
    """``{% number_on_map options as map %}``: the map with their numbers, or nothing. Each of the
    things has a ``street`` or a ``district``, or neither."""
    return located.number(things)


@register.simple_tag
def count_on_map(numbers: Mapping[int | None, int]) -> CountedMap | None:
    """``{% count_on_map numbers as map %}``: the map with numbers by the ids of districts."""
    return located.count(numbers)


@register.simple_tag
def tiles_version() -> str:
    """``{% tiles_version as tiles %}``: of the council's file of map tiles; "": there is none."""
    return tiles.tiles_version()
