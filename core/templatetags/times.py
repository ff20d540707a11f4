"""Times of day and months within a <time>; days and moments are tags of `components`."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def time_of_day(value: datetime, seconds: bool = False) -> SafeString:
    """«14:05», or «14:05:09», in a <time>, on the council's clock."""
    local = timezone.localtime(value)
    shown = date_format(local, "H:i:s" if seconds else "H:i")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


@register.simple_tag
def month(value: date, form: str = "F Y") -> SafeString:
    """«Листопад 2026» in a <time>; ``form`` is a format of dates."""
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m}", date_format(value, form))


@register.filter
def iso(value: datetime) -> str:
    """For `datetime` of a <time>, which HTML allows three digits of a second: to the second."""
    return timezone.localtime(value).isoformat(timespec="seconds")
