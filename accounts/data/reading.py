"""What the pages of one's data say: the register in the person's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Export, User
from accounts.privacy import Fate, Holding, Purpose, holdings


@dataclass
class Kind:
    """One kind of data under its purpose: how long it is kept."""

    title: str | Promise
    period: str


@dataclass
class Chapter:
    """A purpose with all that is held for it."""

    purpose: Purpose
    kinds: list[Kind] = field(default_factory=list)


def chapters(user: User) -> list[Chapter]:
    """What is held about the person now, by purpose (one query)."""
    return _by_purpose(held(user))


def register_by_purpose() -> list[Chapter]:
    """All that may be held about anybody, by purpose (no query)."""
    return _by_purpose(list(holdings()))


def _by_purpose(lines: list[Holding]) -> list[Chapter]:
    found = [
        Chapter(purpose, [Kind(h.title, period_of(h)) for h in lines if h.purpose is purpose])
        for purpose in Purpose
    ]
    return [chapter for chapter in found if chapter.kinds]


def held(user: User) -> list[Holding]:
    """The lines of the register of which the person has rows (one query for all)."""
    register = list(holdings())
    asked = {f"h{number}": Exists(h.rows(user).order_by()) for number, h in enumerate(register)}
    there: dict[str, Any] = User.objects.filter(pk=user.pk).values(**asked).get()
    return [holding for number, holding in enumerate(register) if there[f"h{number}"]]


def by_fate(user: User) -> dict[str, list[Holding]]:
    """What goes and what stays when the person erases her account: ``deleted``, ``emptied``,
    ``kept`` (one query)."""
    mine = held(user)
    return {
        fate.name.lower(): [holding for holding in mine if holding.fate is fate] for fate in Fate
    }


def period_of(holding: Holding) -> str:
    """How long it is kept, in words."""
    if holding.fate is Fate.KEPT and not holding.period:
        return _("with the records of the council")
    if not holding.period:
        return _("as long as your account exists")
    words = words_of(settings.RETENTION[holding.period])
    return (
        _("while it is in force, and then %(words)s") % {"words": words}
        if holding.after_end
        else words
    )


def words_of(period: timedelta) -> str:
    """A length of time as people say it: «3 роки», «30 днів», «1 годину»."""
    days = period.days
    if days >= 365 and days % 365 == 0:
        years = days // 365
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    if days >= 2:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    hours = max(1, int(period.total_seconds()) // 3600)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def last_export(user: User) -> Export | None:
    """The latest download that was asked for, ended or not."""
    return Export.objects.filter(user=user).order_by("-pk").first()


def told_of(looks: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of the journal as the person reads them."""
    from accounts.data.looking import REASONS
    from accounts.models import StaffRole

    roles = dict(StaffRole.choices)
    return [
        {
            "at": look.at,
            "who": look.by.get_full_name() or look.by.public_name,
            "role": roles.get(look.role, look.role),
            "department": look.department.name if look.department else "",
            "why": REASONS.get(look.why, look.why),
        }
        for look in looks
    ]
