"""Template tags of petitions: cards, comments and tables, each drawn once for what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.domain.calendar import local_date
from core.web.personal_parts import personal_part
from core.web.render_cache import key_of_row, render_part
from discussions.models import Comment
from petitions.chart import Row
from petitions.models import Petition, PetitionPhoto
from petitions.presenters import ListedPetition
from petitions.signing import queries
from petitions.talk import pages

register = template.Library()


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A photograph for components/cover.html."""

    small_url: str
    widths: tuple[int, ...]
    small_height: int

    @classmethod
    def of(cls, photo: PetitionPhoto) -> CardPicture:
        return cls(photo.small_url, tuple(photo.widths), photo.small_height)


@dataclass(frozen=True, slots=True)
class Card:
    """Content of petitions/petition_card.html: all of it, so that equal cards are drawn once."""

    url: str
    title: str
    opening: str
    district: str
    state: str
    state_kind: str
    state_label: str
    late: str
    counted: int
    needed: int
    on_bar: int
    percent: int
    day: date | None
    today: date
    theme: str
    number: int
    picture: CardPicture | None

    @classmethod
    def of(cls, shown: ListedPetition) -> Card:
        petition = shown.petition
        return cls(
            url=petition.get_absolute_url(),
            title=petition.title,
            opening=shown.opening,
            district=petition.district.local_name if petition.district else "",
            state=shown.state,
            state_kind=shown.state_kind,
            state_label=str(shown.state_label),
            late=shown.late,
            counted=shown.counted,
            needed=shown.needed,
            on_bar=shown.on_bar,
            percent=shown.percent,
            day=shown.day,
            today=local_date(shown.now),
            theme=shown.theme,
            number=petition.pk,
            picture=CardPicture.of(shown.photo) if shown.photo else None,
        )


@personal_part(register, "petitions/own_signature.html")
def own_signature(request: HttpRequest, petition_id: int) -> dict[str, Any] | None:
    """Notice about the reader's own signature: a query for whoever is signed in."""
    user = request.user
    signature = queries.own_signature(petition_id, user) if user.is_authenticated else None
    return {"signature": signature, "petition": {"pk": petition_id}} if signature else None


@register.simple_tag
def kept_comment(comment: Comment, petition: Petition) -> SafeString:
    """A comment in the discussion. The hub draws the same part."""
    author, organisation = comment.author, comment.organisation
    says = (
        petition.pk,
        key_of_row(comment),
        author and author.public_name,
        key_of_row(organisation),
    )
    return render_part(
        "petitions/petition_detail.html#comment",
        says,
        lambda: pages.comment_parts(comment, petition),
    )


@register.simple_tag
def chart_rows(rows: Iterable[Row]) -> SafeString:
    """The table under a chart. Of a day that is over nothing changes any more."""
    language = get_language()
    return mark_safe("".join([_chart_row(each, language) for each in rows]))


@lru_cache(maxsize=8192)
def _chart_row(of_day: Row, language: str | None) -> str:
    """In the active language, which ``language`` names."""
    return render_to_string("petitions/chart.html#row", {"row": of_day})


@register.simple_tag
def ways_to_share(title: str, page_url: str) -> SafeString:
    """Links by which a petition is passed on."""
    context = {"title": title, "page_url": page_url}
    return render_part("petitions/share.html", (title, page_url), lambda: context)


@register.simple_tag
def petition_card(shown: ListedPetition, level: int = 2) -> SafeString:
    """The petition in a list; ``level``: of its heading."""
    card = Card.of(shown)
    return render_part(
        "petitions/petition_card.html",
        (card, level),
        lambda: {"card": card, "level": level},
    )
