"""Rules of pictures. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from core.kept_pictures.models import describe_well
from newsroom import rules
from newsroom.pictures.models import MOST_PICTURES

if TYPE_CHECKING:
    from accounts.models import Anybody
    from newsroom.models import Article


def change(user: Anybody, article: Article) -> Verdict:
    """Add, describe or remove pictures: as long as the article is not withdrawn."""
    return rules.begin_edit(user, article)


def add(user: Anybody, article: Article, *, alt: str, here: int) -> Verdict:
    """Add one. ``here``: how many there are."""
    return (
        change(user, article)
        and describe_well(alt)
        and refuse_unless(
            here < MOST_PICTURES,
            "picture.too_many",
            _("An article has twelve pictures at most."),
        )
    )


def describe(user: Anybody, article: Article, *, alt: str) -> Verdict:
    """Change its words."""
    return change(user, article) and describe_well(alt)
