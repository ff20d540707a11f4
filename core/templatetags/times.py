"""Days, moments and deadlines in words, each within a <time>, on the council's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.filter
def last_day(moment: date | datetime) -> date:
    """The last day that still counts. A moment is the first that no longer does, on the council's
    clock, so midnight belongs to the day before."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment - timedelta(microseconds=1)).date()
    return moment


@register.simple_tag
def day(value: date | datetime, year: bool = True) -> SafeString:
    """«12 грудня 2026» in a <time>, in the genitive and with no break between number and month."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return _day(local, year, get_language())


@lru_cache(maxsize=4096)
def _day(local: date, year: bool, language: str | None) -> SafeString:
    """In the active language, which ``language`` names."""
    shown = date_format(local, "j\xa0E Y" if year else "j\xa0E")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), shown)


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """«12 грудня 2026, 14:05» in a <time>, on the council's clock."""
    local = timezone.localtime(value).replace(microsecond=0)
    return _moment(local, local.fold, get_language())


@lru_cache(maxsize=4096)
def _moment(local: datetime, _fold: int, language: str | None) -> SafeString:
    """In the active language, which ``language`` names. ``_fold``: the same hour comes twice in
    autumn, and is equal to itself."""
    shown = date_format(local, "j\xa0E Y, H:i")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


@register.simple_tag
def closing(value: datetime) -> SafeString:
    """As `moment`, of the first moment that is too late, by ``closing_words``."""
    local = timezone.localtime(value)
    if (local.hour, local.minute) != (0, 0):
        return moment(value)
    stamp = local.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, closing_words(value))


def closing_words(value: datetime) -> str:
    """The first moment that is too late, for texts without markup: midnight is 24:00 of the day
    that it ends, so that nobody takes it for the beginning of the next."""
    local = timezone.localtime(value)
    if (local.hour, local.minute) != (0, 0):
        return date_format(local, "j\xa0E Y, H:i")
    return f"{date_format(last_day(value), 'j\xa0E Y')}, 24:00"


@register.simple_tag
def deadline(until: date | datetime, now: date | datetime) -> SafeString:
    """«до 12 грудня, ще 5 днів».

    `until`: the last day itself (a date, inclusive) or the first moment that is too late.
    `now`: the database's time, passed by the view. The last three days are marked as urgent.
    """
    end = last_day(until)
    today = timezone.localtime(now).date() if isinstance(now, datetime) else now
    over = (
        (until <= now) if isinstance(until, datetime) and isinstance(now, datetime) else end < today
    )
    return _deadline(end, today, over, get_language())


@lru_cache(maxsize=512)
def _deadline(end: date, today: date, over: bool, language: str | None) -> SafeString:
    """In the active language, which `language` names."""
    context = {
        "end": end,
        "days": (end - today).days,
        "over": over,
        "another_year": end.year != today.year,
    }
    return render_to_string("components/deadline.html", context)


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
