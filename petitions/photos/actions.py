"""Actions on photographs of petitions: added and taken out by the author, removed by moderators."""

from __future__ import annotations

from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from core.kept_pictures import files
from petitions.events import PhotoRemoved
from petitions.models import Petition, PetitionPhoto
from petitions.photos import rules

MOST_BYTES = 10 * 2**20
#: Of a telephone, and of a page's column.
WIDTHS = (480, 960)


def add(petition: Petition, *, by: User, file: BinaryIO, alt: str) -> PetitionPhoto:
    """Add a photograph to a draft, made anew without what a camera wrote into it.

    Refuses by rules.add, files.make and picture.twice, keeping nothing.
    """
    require(rules.add(by, petition, now=clock.now(), alt=alt, here=0))
    made = files.make(file, of=f"petition:{petition.pk}", widths=WIDTHS, most=MOST_BYTES)
    with action():
        petition = locked(petition)
        here = list(petition.photos.values_list("digest", flat=True))
        require(rules.add(by, petition, now=clock.now(), alt=alt, here=len(here)))
        if made.digest in here:
            reject("picture.twice", _("The petition has this photograph already."))
        photo = files.create(PetitionPhoto, made, petition=petition, alt=alt.strip())
        created(photo)
        return photo


def take_out(photo: PetitionPhoto, *, by: User) -> None:
    """Take a photograph out of a draft, with its files. Refuses by rules.take_out."""
    with action():
        petition = locked(photo.petition)
        require(rules.take_out(by, petition, now=clock.now()))
        drop(petition.photos.filter(pk=photo.pk))


def remove(photo: PetitionPhoto, *, by: User, reason: str) -> None:
    """Remove a photograph from what was sent or published; the reason stays in its place, its files
    go. Refuses by rules.remove. Emits PhotoRemoved."""
    with action():
        petition = locked(photo.petition)
        photo = locked(photo)
        now = clock.now()
        require(rules.remove(by, petition, photo, now=now, reason=reason))
        photo.removed_at, photo.removed_by, photo.removed_reason = now, by, reason
        photo.save(update_fields=["removed_at", "removed_by", "removed_reason"])
        files.drop_files([photo])
        emit(PhotoRemoved(petition.pk, by.pk, photo.pk))


def drop(photos: QuerySet[PetitionPhoto]) -> None:
    """Delete photographs of what was never published, and their files after the commit."""
    files.drop_files(photos)
    photos.delete()
