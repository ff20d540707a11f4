"""Fields that API and open data publish of the council's registers, column by column."""

from __future__ import annotations

from core.domain.published_fields import published_fields, told
from records.models import Conclusion, Document, Service, ServiceUse

published_fields(
    Service,
    api=told("department name name_en about url since pilot_until"),
    open_data=told("department name name_en about url since pilot_until"),
)
published_fields(
    ServiceUse,
    api=told("service month edition number reason"),
    open_data=told(
        "service month number",
        {"the page of the service tells corrections with their reasons": "edition reason"},
    ),
)
published_fields(
    Conclusion,
    api="what was concluded is text for people, on the page of the service",
    open_data="what was concluded is text for people, on the page of the service",
)
_OF_DOCUMENT = (
    "kind title number made_on received_on author department carrier place theme keywords access"
    " ground restricted_until address"
)
published_fields(Document, api=told(_OF_DOCUMENT), open_data=told(_OF_DOCUMENT))
