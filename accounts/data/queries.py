"""Queries of the pages about one's own data."""

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

from accounts.data.register import OnErasure, PersonalData, Purpose, all_entries
from accounts.models import Export, User


@dataclass
class Kind:
    """One kind of data under its purpose: how long it is kept."""

    title: str | Promise
    period: str
    #: Who sees it, where these are others than the purpose says.
    recipients: str | Promise


@dataclass
class Chapter:
    """A purpose with all that is held for it."""

    purpose: Purpose
    kinds: list[Kind] = field(default_factory=list)


def chapters(user: User) -> list[Chapter]:
    """The personal data held about the user, by purpose (one query)."""
    return _by_purpose(list_personal_data(user))


def register_by_purpose() -> list[Chapter]:
    """All that may be held about anybody, by purpose (no query)."""
    return _by_purpose(list(all_entries()))


def _by_purpose(lines: list[PersonalData]) -> list[Chapter]:
    found = [
        Chapter(
            purpose,
            [Kind(h.title, period_of(h), h.recipients) for h in lines if h.purpose is purpose],
        )
        for purpose in Purpose
    ]
    return [chapter for chapter in found if chapter.kinds]


def list_personal_data(user: User) -> list[PersonalData]:
    """The lines of the register of which the person has rows (one query for all)."""
    register = list(all_entries())
    asked = [Exists(entry.rows(user).order_by()) for entry in register]
    there = User.objects.filter(pk=user.pk).values_list(*asked).get()
    return [entry for entry, has_rows in zip(register, there, strict=True) if has_rows]


def by_outcome(user: User) -> dict[str, list[PersonalData]]:
    """The outcome of an erasure for the person's data: ``deleted``, kept with their name
    (``named``) and without it (``unnamed``). One query.

    A line of the register may stand in both of the latter: some of its rows keep the name.
    """
    register = list(all_entries())
    asked = [
        Exists(rows.order_by())
        for entry in register
        for rows in (entry.rows(user), entry.rows_with_name(user), entry.rows_without_name(user))
    ]
    there = User.objects.filter(pk=user.pk).values_list(*asked).get()
    found = list(zip(register, there[::3], there[1::3], there[2::3], strict=True))
    is_deleted = OnErasure.DELETED
    return {
        "deleted": [line for line, has, _n, _w in found if has and line.on_erasure is is_deleted],
        "named": [line for line, _has, is_named, _w in found if is_named],
        "unnamed": [line for line, _has, _n, is_unnamed in found if is_unnamed],
    }


def named_after_erasure(names: Iterable[str]) -> list[PersonalData]:
    """Lines of the register by their names, which stay with somebody's name."""
    wanted = set(names)
    return [entry for entry in all_entries() if entry.named_by and entry.name in wanted]


def period_of(entry: PersonalData) -> str:
    """The retention period of an entry, in words."""
    if entry.kept_until:
        return str(entry.kept_until)
    if entry.on_erasure is OnErasure.KEPT and not entry.period:
        return _("with the records of the council")
    if not entry.period:
        return _("as long as your account exists")
    words = words_of(settings.RETENTION[entry.period])
    return (
        _("while it is in force, and then %(words)s") % {"words": words}
        if entry.after_end
        else words
    )


def named_until(entry: PersonalData) -> str:
    """Until when rows that outlive the account say who it was, in words."""
    words, period = str(entry.named_until), entry.named_period or entry.period
    return words % {"period": words_of(settings.RETENTION[period])} if period else words


def words_of(period: timedelta) -> str:
    """A length of time as people say it: «3 роки», «30 днів», «1 годину»."""
    days = period.days
    years, rest = divmod(days, 365)
    # Three years and a day, for the leap year among them, are three years.
    if years and rest <= (years + 3) // 4:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    if days >= 2:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    hours = max(1, int(period.total_seconds()) // 3600)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def last_export(user: User) -> Export | None:
    """The latest download that was asked for, ended or not."""
    return Export.objects.filter(user=user).order_by("-pk").first()


def present_accesses(looks: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of the journal as the person reads them."""
    from accounts.data.access_log import REASONS
    from accounts.models import StaffRole

    roles = dict(StaffRole.choices)
    return [
        {
            "at": look.at,
            "who": look.by.get_full_name() or look.by.public_name,
            "role": roles.get(look.role, look.role),
            "department": look.department.local_name if look.department else "",
            "why": REASONS.get(look.why, look.why),
        }
        for look in looks
    ]
