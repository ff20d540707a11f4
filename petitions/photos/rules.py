"""Rules of photographs in petitions. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse_unless
from core.kept_pictures.models import describe_well
from petitions.life.rules import change
from petitions.models import State
from petitions.photos.models import MOST_PHOTOS
from petitions.rules import NOT_ONES_OWN, moderate

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import Petition, PetitionPhoto


def add(user: Anybody, petition: Petition, *, now: datetime, alt: str, here: int) -> Verdict:
    """Add one to a draft: its author. ``here``: how many there are."""
    return (
        change(user, petition, now=now)
        and describe_well(alt)
        and refuse_unless(
            here < MOST_PHOTOS,
            "picture.too_many",
            _("A petition has %(most)d photographs at most.") % {"most": MOST_PHOTOS},
        )
    )


def take_out(user: Anybody, petition: Petition, *, now: datetime) -> Verdict:
    """Take one out of a draft: its author."""
    return change(user, petition, now=now)


def remove(
    user: Anybody, petition: Petition, photo: PetitionPhoto, *, now: datetime, reason: str
) -> Verdict:
    """Remove one from what was sent: a moderator who is not its author, with a reason."""
    return (
        moderate(user, petition.topic)
        and (NOT_ONES_OWN if petition.author_id == user.pk else ALLOWED)
        and refuse_unless(
            petition.state_at(now) != State.DRAFT and photo.removed_at is None,
            "petition.photo_gone",
            _("This photograph is removed already."),
        )
        and refuse_unless(
            reason, "petition.reason_missing", _("Give the reason: everybody can read it.")
        )
    )
