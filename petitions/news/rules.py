"""Rules of the author's news: post, hide, restore."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse_unless
from petitions.models import State
from petitions.rules import NOT_ONES_OWN, moderate, own

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import News, Petition

#: Published, and nobody has taken it back.
PUBLIC = frozenset(State) - {State.DRAFT, State.MODERATION, State.REFUSED, State.WITHDRAWN}


def post_news(
    user: Anybody, petition: Petition, *, now: datetime, title: str, text: str
) -> Verdict:
    """Tell something to whoever signed: its author, once it is published."""
    return (
        own(user, petition)
        and refuse_unless(
            petition.state_at(now) in PUBLIC,
            "petition.not_public",
            _("News can be told once the petition is published."),
        )
        and refuse_unless(
            title.strip() and text.strip(),
            "petition.news_empty",
            _("Write a title and what you want to tell."),
        )
    )


def hide_news(user: Anybody, petition: Petition, news: News) -> Verdict:
    """Hide what its author told: a moderator, with a reason."""
    return moderate(user, petition.topic) and refuse_unless(
        not news.hidden_at, "petition.news_hidden_already", _("It is hidden already.")
    )


def restore_news(user: Anybody, petition: Petition, news: News) -> Verdict:
    """Show again what was hidden: a moderator who did not write it."""
    return (
        moderate(user, petition.topic)
        and (NOT_ONES_OWN if news.by_id == user.pk else ALLOWED)
        and refuse_unless(news.hidden_at, "petition.news_not_hidden", _("It is not hidden."))
    )
