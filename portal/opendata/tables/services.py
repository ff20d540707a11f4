"""Electronic services and how many times each was used, month by month."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.opendata.datasets import Dataset, Row, columns_of
from portal.opendata.tables.queries import chunks_of
from records.handlers import SERVICES as TOPIC
from records.models import Service, ServiceUse


def _services() -> QuerySet[Service]:
    return Service.objects.select_related("department")


def _rows() -> Iterator[Row]:
    for services in chunks_of(_services()):
        for service in services:
            yield (
                service.pk,
                settings.SITE_URL + service.get_absolute_url(),
                service.name,
                service.name_en,
                service.about,
                service.url,
                service.department.slug,
                service.since,
                service.pilot_until,
                service.ended_on,
            )


def _uses() -> QuerySet[ServiceUse]:
    return ServiceUse.objects.current().select_related("service")


def _rows_of_uses() -> Iterator[Row]:
    for uses in chunks_of(_uses()):
        for use in uses:
            yield use.pk, use.service_id, use.service.name, use.month, use.number


SERVICES = Dataset(
    slug="services",
    version=1,
    title=_("Electronic services"),
    words=_("What the council offers on the internet: the holder, the address, since when."),
    keywords=(_("electronic services"), _("public information")),
    columns=columns_of(
        {
            "id": ("whole!", _("Number of the service")),
            "url": ("link!", _("Its page")),
            "name": ("text!", _("Name")),
            "name_en": ("text", _("Name in English")),
            "about": ("text!", _("What it gives to whom")),
            "address": ("link!", _("Where it is offered")),
            "department": ("text!", _("Its holder, by the slug of the department")),
            "since": ("day!", _("Offered since")),
            "pilot_until": ("day", _("Last day of the pilot")),
            "ended_on": ("day", _("Last day on which it was offered")),
        },
    ),
    rows=_rows,
    topics=(TOPIC,),
    span=_services,
    first="entered_at",
    last=("changed_at",),
)
SERVICE_USES = Dataset(
    slug="service-uses",
    version=1,
    title=_("Use of electronic services"),
    words=_("How many times each electronic service was used in a month, of all people together."),
    keywords=(_("electronic services"), _("public information")),
    columns=columns_of(
        {
            "id": ("whole!", _("Number of the figure")),
            "service": ("whole!", _("Number of the service")),
            "name": ("text!", _("Name of the service")),
            "month": ("day!", _("First day of the month")),
            "number": ("whole!", _("Times used")),
        },
    ),
    rows=_rows_of_uses,
    topics=(TOPIC,),
    span=_uses,
    first="at",
    last=("at",),
)
