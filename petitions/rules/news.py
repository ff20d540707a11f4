"""What its author tells of it, and who hides that."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse
from petitions.models import State
from petitions.rules.roles import NOT_ONES_OWN, moderate, own

if TYPE_CHECKING:
    from accounts.models import Anybody
    from petitions.models import News, Petition

#: Published, and nobody has taken it back.
PUBLIC = frozenset(State) - {State.DRAFT, State.MODERATION, State.REFUSED, State.WITHDRAWN}


def post_news(
    user: Anybody, petition: Petition, *, now: datetime, title: str, text: str
) -> Verdict:
    """Tell something to whoever signed: its author, once it is published."""
    verdict = own(user, petition)
    if not verdict:
        return verdict
    if petition.state_at(now) not in PUBLIC:
        return refuse("petition.not_public", _("News can be told once the petition is published."))
    if not title.strip() or not text.strip():
        return refuse("petition.news_empty", _("Write a title and what you want to tell."))
    return ALLOWED


def hide_news(user: Anybody, petition: Petition, news: News) -> Verdict:
    """Hide what its author told: a moderator, with a reason."""
    verdict = moderate(user, petition.topic)
    if not verdict:
        return verdict
    if news.hidden_at:
        return refuse("petition.news_hidden_already", _("It is hidden already."))
    return ALLOWED


def restore_news(user: Anybody, petition: Petition, news: News) -> Verdict:
    """Show again what was hidden: a moderator who did not write it."""
    verdict = moderate(user, petition.topic)
    if not verdict:
        return verdict
    if news.by_id == user.pk:
        return NOT_ONES_OWN
    if not news.hidden_at:
        return refuse("petition.news_not_hidden", _("It is not hidden."))
    return ALLOWED
