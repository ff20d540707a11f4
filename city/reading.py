"""Load the council's row as every page shows it."""

from __future__ import annotations

from django.db.models import BigIntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from city.models import Council
from core.domain import council
from core.models import Topic

_FIELDS = (
    *("name", "name_locative", "council", "address", "phone", "email", "website"),
    *("arms_version", "colours_version", "brand"),
)


def load_council() -> tuple[int, council.Council]:
    """The row and the ``seq`` of its topic, of one moment: one query.

    Where there is no row yet, before the migrations have run, the environment speaks.
    """
    seq = Topic.objects.filter(name=council.TOPIC).values("seq")[:1]
    row = (
        Council.objects.only(*_FIELDS)
        .annotate(seq=Coalesce(Subquery(seq), Value(0), output_field=BigIntegerField()))
        .first()
    )
    if row is None:
        return 0, council.from_settings()
    shown = council.Council(
        name=row.name,
        name_locative=row.name_locative,
        council=row.council,
        address=row.address,
        phone=row.phone,
        email=row.email,
        website=row.website,
        arms=row.arms_version,
        colours=row.colours_version,
        brand=row.brand or council.BRAND,
    )
    return int(row.seq), shown
