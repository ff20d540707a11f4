"""Actions on the author's news: post, hide, restore."""

from __future__ import annotations

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from core.web import markup
from discussions.models import HideReason
from petitions.events import NewsHidden, NewsPosted, NewsRestored
from petitions.models import News, Petition
from petitions.news import rules


def post_news(petition: Petition, *, by: User, title: str, text: str) -> News:
    """Tell something to whoever signed, and to everybody on the page; ``text`` is markdown-light.

    Refuses by rules.post_news. Emits NewsPosted.
    """
    with action():
        petition, now = shared(petition)
        require(rules.post_news(by, petition, now=now, title=title, text=text))
        news = News.objects.create(
            petition=petition,
            by=by,
            title=title.strip(),
            text=text.strip(),
            html=markup.html(text),
            at=now,
        )
        created(news)
        emit(NewsPosted(petition.pk, by.pk, news.pk))
        return news


def hide_news(news: News, *, by: User, reason: str) -> News:
    """Hide it from everybody, on a ground of discussions.models.HideReason.

    Refuses by rules.hide_news. Emits NewsHidden.
    """
    with action():
        news = locked(news)
        require(rules.hide_news(by, news.petition, news))
        news.hidden_at, news.hidden_reason = clock.now(), HideReason(reason)
        news.save(update_fields=["hidden_at", "hidden_reason"])
        emit(NewsHidden(news.petition_id, by.pk, news.pk))
        return news


def restore_news(news: News, *, by: User) -> News:
    """Show again what was hidden; whoever wrote it is told. Mails that told it are not sent anew.

    Refuses by rules.restore_news. Emits NewsRestored.
    """
    with action():
        news = locked(news)
        require(rules.restore_news(by, news.petition, news))
        news.hidden_at, news.hidden_reason = None, ""
        news.save(update_fields=["hidden_at", "hidden_reason"])
        emit(NewsRestored(news.petition_id, by.pk, news.pk))
        return news
