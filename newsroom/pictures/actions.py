"""Pictures of an article: added, described anew, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from core.kept_pictures import files
from newsroom.articles.content import begin
from newsroom.events import PicturesChanged
from newsroom.models import Article, ArticlePicture
from newsroom.pictures import rules

if TYPE_CHECKING:
    from accounts.models import User

#: What fits into the card of a link in networks and messengers.
CARD_FITS = (1200, 1200)


def add(
    article: Article, *, by: User, file: BinaryIO, alt: str, alt_en: str = "", credit: str = ""
) -> ArticlePicture:
    """Add a picture, made anew in its sizes without what a camera wrote into it.

    Refuses by rules.add, files.make and picture.twice, keeping nothing. Emits
    PicturesChanged.
    """
    require(rules.add(by, article, alt=alt, here=0))
    made = files.make(file, of=str(article.pk), card=CARD_FITS)
    with action():
        article, _now = begin(article)
        here = list(article.pictures.values_list("digest", flat=True))
        require(rules.add(by, article, alt=alt, here=len(here)))
        if made.digest in here:
            reject("picture.twice", _("The article has this picture already."))
        picture = files.create(
            ArticlePicture,
            made,
            article=article,
            alt=alt.strip(),
            alt_en=alt_en.strip(),
            credit=credit.strip(),
            **made.card_columns,
        )
        created(picture)
        emit(PicturesChanged(article.pk, by.pk))
        return picture


def describe(
    picture: ArticlePicture, *, by: User, alt: str, alt_en: str = "", credit: str = ""
) -> None:
    """Change the words of a picture. Refuses by rules.describe. Emits PicturesChanged."""
    with action():
        article, _now = begin(picture.article)
        require(rules.describe(by, article, alt=alt))
        picture.alt, picture.alt_en, picture.credit = alt.strip(), alt_en.strip(), credit.strip()
        picture.save(update_fields=["alt", "alt_en", "credit"])
        emit(PicturesChanged(article.pk, by.pk))


def remove(picture: ArticlePicture, *, by: User) -> None:
    """Remove a picture with its files. Refuses by rules.change. Emits PicturesChanged."""
    with action():
        article, _now = begin(picture.article)
        require(rules.change(by, article))
        files.drop_files([picture])
        picture.delete()
        emit(PicturesChanged(article.pk, by.pk))
