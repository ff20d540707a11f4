"""Load the council's row as every page shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from city.council import colours
from city.models import Council
from core.domain import council
from core.domain.clock import Now
from core.models import Topic

_FIELDS = (
    *("name", "name_locative", "council", "address", "phone", "email", "website"),
    *("name_en", "council_en", "map_version", "map_attribution"),
    *("arms_version", "colours_version", "brand", "brand_deep", "brand_dark"),
)


type Urgent = Callable[[], QuerySet[Any, Any]]
_urgent: Urgent | None = None


def register_urgent(rows: Urgent) -> None:
    """Register the subquery of urgent notices: ``rows()`` has one JSON object for each, with the
    fields of core.domain.council.UrgentNotice."""
    global _urgent
    _urgent = rows


def load_council() -> council.Loaded:
    """Load the council's row, the ``seq`` of its topic and the urgent notices, as of one moment:
    one query.

    Where there is no row yet, before the migrations have run, the environment speaks.
    """
    seq = Topic.objects.filter(name=council.TOPIC).values("seq")[:1]
    rows = Council.objects.only(*_FIELDS).annotate(
        now=Now(), seq=Coalesce(Subquery(seq), Value(0), output_field=BigIntegerField())
    )
    if _urgent is not None:
        rows = rows.annotate(urgent=ArraySubquery(_urgent()))
    row = rows.first()
    if row is None:
        return council.Loaded(0, council.from_settings())
    shown = council.Council(
        name=row.name,
        name_locative=row.name_locative,
        council=row.council,
        address=row.address,
        phone=row.phone,
        email=row.email,
        website=row.website,
        name_en=row.name_en,
        council_en=row.council_en,
        arms=row.arms_version,
        colours=row.colours_version and colours.version(row.brand, row.brand_deep, row.brand_dark),
        brand=row.brand or council.BRAND,
        map_version=row.map_version,
        map_attribution=row.map_attribution,
    )
    urgent = tuple(_notice(each) for each in getattr(row, "urgent", ()))
    return council.Loaded(int(row.seq), shown, row.now, urgent)


def _notice(found: dict[str, Any]) -> council.UrgentNotice:
    moments = {name: datetime.fromisoformat(found[name]) for name in ("since", "until")}
    return council.UrgentNotice(**{**found, **moments})
