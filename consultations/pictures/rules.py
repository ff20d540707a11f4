"""Rules of a consultation's pictures. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from consultations.pictures.models import MOST_PICTURES
from consultations.rules import change_papers
from core.domain.rules import Verdict, refuse_unless
from core.kept_pictures.models import describe_well

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.models import Consultation


def describe(
    user: Anybody, consultation: Consultation, *, now: datetime, alt: str, credit: str
) -> Verdict:
    """Change the words of a picture, or what it is for."""
    return (
        change_papers(user, consultation, now=now)
        and describe_well(alt)
        and refuse_unless(
            sum(letter.isalpha() for letter in credit) >= 2,
            "picture.credit_missing",
            _("Please say who made it and on what terms it may be shown."),
        )
    )


def add(
    user: Anybody,
    consultation: Consultation,
    *,
    now: datetime,
    alt: str,
    credit: str,
    here: int,
) -> Verdict:
    """Add one. ``here``: how many there are."""
    return describe(user, consultation, now=now, alt=alt, credit=credit) and refuse_unless(
        here < MOST_PICTURES,
        "picture.too_many",
        _("A consultation has %(most)d pictures at most.") % {"most": MOST_PICTURES},
    )
