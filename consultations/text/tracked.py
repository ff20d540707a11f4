"""The newest version of a consultation's draft as Word shows it with tracked changes."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from accounts.models import User
from consultations.models import Consultation, Remark
from drafts.models import Version
from drafts.tracked.writing import tracked_docx

#: Numbers of remarks in the name of an author: Word shows it beside each change.
_MOST_NUMBERS = 5


def newest_pair(consultation: Consultation) -> tuple[Version, Version] | None:
    """The version before the newest one, and the newest, a preview too; None while there is one."""
    if consultation.draft_id is None:
        return None
    newest = list(Version.objects.filter(draft=consultation.draft_id).latest_first()[:2])
    return (newest[1], newest[0]) if len(newest) == 2 else None


def tracked_file(
    consultation: Consultation, old: Version, new: Version, *, by: User, at: datetime
) -> bytes:
    """The Word file; a change is the remark's that its clause's disposition names, else ``by``'s.

    In the state's language, as everything that goes round in the council.
    """
    with translation.override(settings.LANGUAGE_CODE):
        department = consultation.department
        return tracked_docx(
            consultation.title,
            old.outline(),
            new.outline(),
            authors=_authors(consultation),
            officer=by.public_name or department.name,
            at=at,
        )


def _authors(consultation: Consultation) -> dict[UUID, str]:
    """By the keys of clauses: the remarks that are taken into account there."""
    taken = (
        Remark.objects.filter(
            consultation=consultation,
            number__isnull=False,
            disposition__kind__in=("accepted", "partly"),
            disposition__resulting_key__isnull=False,
        )
        .order_by("number")
        .values_list("disposition__resulting_key", "number")
    )
    numbers: defaultdict[UUID, list[int]] = defaultdict(list)
    for key, number in taken:
        if key and number:
            numbers[key].append(number)
    return {key: _name(found) for key, found in numbers.items()}


def _name(numbers: list[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:_MOST_NUMBERS])
    if len(numbers) > _MOST_NUMBERS:
        named += "…"
    return ngettext("remark No. %(numbers)s", "remarks No. %(numbers)s", len(numbers)) % {
        "numbers": named
    }
