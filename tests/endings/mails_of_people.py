"""Mails about accounts, roles and organisations, as ``mails.py`` has the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import Absence, Suspension
from core.domain import clock
from organisations.models import Mandate, Organisation
from tests import factories, people
from tests.endings.counts import accounts as of_people
from tests.endings.counts.kind import Change, write
from tests.endings.counts.moments import DAY, NOW
from tests.endings.told import Found, Told

# --- people ---------------------------------------------------------------------------------------


def _residence() -> Found:
    user, now = people.load("olena"), clock.now()
    row = of_people.make_residence(
        user, how="letter", checked_at=now, expires_at=now + DAY, reminded_at=now
    )
    return row, user, {"residence_id": row.pk}


def _verification() -> Found:
    row = of_people.VERIFICATIONS.make(None)
    return row, row.user, {"verification_id": row.pk}


def _suspension() -> Found:
    user = people.load("olena")
    row = Suspension.objects.create(user=user, by=people.load("mo"), reason="спам")
    return row, user, {"suspension_id": row.pk}


def _grant(**values: Any) -> Callable[[], Found]:
    def find() -> Found:
        row = factories.grant(people.load("olena"), "moderator", **values)
        return row, row.user, {"grant_id": row.pk}

    return find


def _cover() -> Found:
    row = Absence.objects.create(
        absent=people.load("mo"),
        cover=people.load("olena"),
        named_by=people.load("admin"),
        starts_at=clock.now() - DAY,
        ends_at=clock.now() + DAY,
        reason="відпустка",
    )
    return row, row.cover, {"absence_id": row.pk}


ACCOUNTS = {
    "accounts/residence_expiring": Told(
        _residence,
        {
            "ended": {"ended_at": NOW, "address": ""},
            "expired": {"checked_at": NOW - DAY, "expires_at": NOW},
            "checked anew": {"reminded_at": None},
        },
    ),
    "accounts/identity_expiring": Told(
        _verification, {"ended": {"ended_at": NOW, "person_key": ""}, "over": {"expires_at": NOW}}
    ),
    "accounts/suspended": Told(_suspension, {"ended": {"ended_at": NOW}}),
    "accounts/grant_given": Told(
        _grant(), {"revoked": {"revoked_at": NOW}, "over": {"ends_at": NOW}}
    ),
    "accounts/grant_revoked": Told(
        lambda: _grant(revoked_at=clock.now())(), {"in force": {"revoked_at": None}}
    ),
    "accounts/cover_named": Told(
        _cover,
        {
            "ended": lambda row, _at: write(Absence, row.pk, ended_at=NOW, ended_by=row.named_by),
            "over": {"ends_at": NOW},
        },
    ),
}


# --- organisations --------------------------------------------------------------------------------

_WAITS = {"how": "", "confirmed_at": None}
_REFUSED = {"refused_at": NOW, "refused_reason": "ні"}


def _organisation(**values: Any) -> Callable[[], Found]:
    def find() -> Found:
        head = people.load("olena")
        row = factories.organisation("ТОВ «Тераса»", head)
        if values:
            write(Organisation, row.pk, **values)
        return row, head, {"organisation_id": row.pk}

    return find


def _mandate(**values: Any) -> Callable[[], Found]:
    def find() -> Found:
        user = people.load("bohdan")
        row = factories.mandate(user, factories.organisation())
        if values:
            write(Mandate, row.pk, **values)
        return row, user, {"mandate_id": row.pk}

    return find


_MANDATE_ENDS: dict[str, Change] = {
    "revoked": {"revoked_at": NOW},
    "over": {"ends_at": NOW},
    "organisation closed": lambda row, _at: write(Organisation, row.organisation_id, closed_at=NOW),
}
ORGANISATIONS = {
    "organisations/confirmed": Told(_organisation(), {"closed": {"closed_at": NOW}}),
    "organisations/refused": Told(
        _organisation(**_WAITS, **_REFUSED),
        {
            "corrected": {"refused_at": None, "refused_reason": ""},
            "closed": {"closed_at": NOW},
        },
    ),
    "organisations/closed": Told(_organisation(closed_at=NOW)),
    "organisations/granted": Told(_mandate(), _MANDATE_ENDS),
    "organisations/changed": Told(_mandate(), _MANDATE_ENDS),
    "organisations/revoked": Told(
        _mandate(revoked_at=NOW),
        {"granted anew": lambda row, _at: factories.mandate(row.user, row.organisation)},
    ),
}
