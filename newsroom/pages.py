"""Contexts of the public pages of the newsroom, as of the database's ``now``. No request, no
user."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from city.models import District, Theme
from core.db.paging import neighbours, page_of
from core.db.statements import Statement
from core.export.sharing import share_context
from core.kept_pictures.presenters import ShownPicture
from newsroom import queries
from newsroom.conferences.queries import names_beside
from newsroom.models import Article, ArticlePicture, Kind
from newsroom.presenters import ShownArticle, ShownCorrection
from newsroom.queries import Filters

LIST_SIZE = 20
#: Of articles on the first page of the site.
_MOST_ON_HOME = 3


def list_context(params: QueryDict) -> dict[str, Any]:
    """A page of the list: four queries, one more where nothing has the words as they are."""
    filters = Filters.of(params)
    page = _page(filters, params)
    if not page and (wider := filters.wider()):
        page, filters = _page(wider, params), wider
    return {
        "filters": filters,
        "is_forgiven": filters.forgiving and bool(page),
        "is_narrowed": bool(filters.words or filters.theme or filters.district or filters.kind),
        "themes": Theme.objects.open(),
        "districts": District.objects.open(),
        "page": replace(page, items=queries.show_cards(page.items)),
        "tabs": _tabs(filters),
        "feed_url": _feed_url(filters.theme),
        **neighbours(page, params),
    }


def _page(filters: Filters, params: QueryDict) -> Any:
    rows = queries.for_cards(filters.narrow(Article.objects.published()))
    return page_of(
        rows.prefetch_related("pictures"),
        order=("-publish_at", "-pk"),
        after=params.get("after", ""),
        size=LIST_SIZE,
    )


def _tabs(filters: Filters) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        Kind.NEWS.value: _("News"),
        Kind.ANNOUNCEMENT.value: _("Announcements"),
        Kind.EVENT.value: _("Events"),
        Kind.RELEASE.value: _("Press releases"),
    }
    return [
        {"label": label, "url": _list_url(filters, kind), "current": kind == filters.kind}
        for kind, label in labels.items()
    ]


def _list_url(filters: Filters, kind: str) -> str:
    asked = QueryDict(mutable=True)
    wanted = {
        "kind": kind,
        "q": filters.words,
        "theme": filters.theme,
        "district": filters.district,
    }
    asked.update({name: value for name, value in wanted.items() if value})
    home = reverse("newsroom:list")
    return f"{home}?{asked.urlencode()}" if asked else home


def _feed_url(theme: str) -> str:
    asked = QueryDict(mutable=True)
    if theme:
        asked["theme"] = theme
    feed = reverse("newsroom:feed")
    return f"{feed}?{asked.urlencode()}" if theme else feed


def home_context() -> dict[str, Any]:
    """Context of the first page of the site: the newest three; one query."""
    return {"news": [ShownArticle.of(row) for row in _AT_HOME.all()]}


_AT_HOME: Statement[Any] = Statement(
    lambda: queries.for_cards(Article.objects.published()).order_by("-publish_at", "-pk")[
        :_MOST_ON_HOME
    ]
)


def article_context(shown: ShownArticle) -> dict[str, Any]:
    """The whole page of an article: eight queries, of one about a meeting
    nine."""
    article = shown.article
    pictures = [ShownPicture(each) for each in article.pictures.all()]
    related = list(queries.related_of(article))
    is_of_meeting = any(each.is_meeting for each in related)
    return shown.context(
        pictures=pictures,
        first_picture=pictures[0] if pictures else None,
        themes=article.themes.all(),
        streets=article.streets.select_related("district"),
        related=related,
        asked=names_beside(article) if is_of_meeting else [],
        corrections=[ShownCorrection(each) for each in article.corrections.all()],
        **share_context(article.get_absolute_url(), "newsroom:card", article.pk) | _card(pictures),
    )


def _card(pictures: list[ShownPicture[ArticlePicture]]) -> dict[str, Any]:
    """The picture that goes with a link to the page, where it has one of its own."""
    if not pictures:
        return {}
    picture = pictures[0].picture
    return {
        "card_url": settings.SITE_URL + picture.card_url,
        "card_type": "image/jpeg",
        "card_width": picture.card_width,
        "card_height": picture.card_height,
        "card_words": pictures[0].alt,
    }
