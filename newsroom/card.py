"""The card of an article that has no picture, drawn by core/export/prints/card.py."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime

from core.export.prints.card import Card
from newsroom.presenters import ShownArticle


def card_of(shown: ShownArticle) -> Card:
    """The card in the active language; of an event its day stands large."""
    article = shown.article
    kind = capfirst(str(article.get_kind_display()))
    day, line = "", ""
    if article.is_event and article.begins_at:
        day = date_format(localtime(article.begins_at), "j\xa0E, H:i")
        line = Truncator(article.place).chars(60)
    elif article.publish_at:
        line = date_format(localtime(article.publish_at), "j\xa0E Y")
    return Card(
        title=shown.title, state=kind, tone="info", number=day, beside="", share=None, line=line
    )
