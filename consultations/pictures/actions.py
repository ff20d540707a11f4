"""Actions on the cover and the figures of a consultation: added, described anew, removed."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.events import ConsultationPicturesChanged
from consultations.models import Consultation, ConsultationPicture
from consultations.pictures import rules
from consultations.rules import change_papers
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from core.kept_pictures import files


def add(
    consultation: Consultation,
    *,
    by: User,
    file: BinaryIO,
    alt: str,
    credit: str,
    alt_en: str = "",
    caption: str = "",
    is_cover: bool = False,
) -> ConsultationPicture:
    """Add a picture, made anew in its sizes without what a camera wrote into it.

    A new cover makes a figure of the one before. Refuses by rules.add, files.make and
    picture.twice, keeping nothing. Emits ConsultationPicturesChanged.
    """
    require(rules.add(by, consultation, now=clock.now(), alt=alt, credit=credit, here=0))
    made = files.make(file, of=f"consultation:{consultation.pk}")
    with action():
        consultation = locked(consultation)
        here = list(consultation.pictures.values_list("digest", flat=True))
        require(
            rules.add(by, consultation, now=clock.now(), alt=alt, credit=credit, here=len(here))
        )
        if made.digest in here:
            reject("picture.twice", _("The consultation has this picture already."))
        if is_cover:
            consultation.pictures.update(is_cover=False)
        picture = files.create(
            ConsultationPicture,
            made,
            consultation=consultation,
            alt=alt.strip(),
            alt_en=alt_en.strip(),
            credit=credit.strip(),
            caption=caption.strip(),
            is_cover=is_cover,
        )
        created(picture)
        emit(ConsultationPicturesChanged(consultation.pk, by.pk))
        return picture


def describe(
    picture: ConsultationPicture,
    *,
    by: User,
    alt: str,
    credit: str,
    alt_en: str = "",
    caption: str = "",
    is_cover: bool = False,
) -> None:
    """Change the words of a picture, and whether it is the cover.

    Refuses by rules.describe. Emits ConsultationPicturesChanged.
    """
    with action():
        consultation = locked(picture.consultation)
        require(rules.describe(by, consultation, now=clock.now(), alt=alt, credit=credit))
        if is_cover:
            consultation.pictures.exclude(pk=picture.pk).update(is_cover=False)
        picture.alt, picture.alt_en = alt.strip(), alt_en.strip()
        picture.credit, picture.caption = credit.strip(), caption.strip()
        picture.is_cover = is_cover
        picture.save(update_fields=["alt", "alt_en", "credit", "caption", "is_cover"])
        emit(ConsultationPicturesChanged(consultation.pk, by.pk))


def remove(picture: ConsultationPicture, *, by: User) -> None:
    """Remove a picture with its files. Refuses by rules.change_papers. Emits
    ConsultationPicturesChanged."""
    with action():
        consultation = locked(picture.consultation)
        require(change_papers(by, consultation, now=clock.now()))
        files.drop_files([picture])
        picture.delete()
        emit(ConsultationPicturesChanged(consultation.pk, by.pk))
