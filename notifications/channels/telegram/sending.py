"""Send one message to the channel by Telegram's Bot API: plain text and a link, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from core.domain import clock
from newsroom.models import Article
from notifications.channels import outgoing
from notifications.models import ChannelPost
from petitions.models import Petition
from votes.models import Poll

#: The administrator names the server, so any address may be asked.
NETWORK = outgoing.Network(may_ask=lambda _address: True)
#: Telegram takes 4096 characters; a title is far shorter.
_LONGEST = 1000


class NotTaken(Exception):
    """Telegram did not take a message; it is tried again. The message holds no token."""


def _for_a_stranger(model: Any) -> Callable[[], models.QuerySet[Any]]:
    return lambda: model.objects.visible_to(AnonymousUser())


def _articles() -> models.QuerySet[Any]:
    return Article.objects.filter(publish_at__lte=clock.now(), withdrawn_at=None)


#: What is told, by kind: the words before its title, and the rows that a stranger may read.
_TOLD: dict[str, tuple[str | Promise, Callable[[], models.QuerySet[Any]]]] = {
    "article": ("", _articles),
    "consultation": (_("A consultation has opened"), _for_a_stranger(Consultation)),
    "poll": (_("A poll has opened"), _for_a_stranger(Poll)),
    "petition": (_("The council has answered a petition"), _for_a_stranger(Petition)),
}


def is_on() -> bool:
    """Whether the council has named a bot and a channel."""
    return bool(settings.TELEGRAM_BOT_TOKEN and settings.TELEGRAM_CHANNEL)


def tell_channel(kind: str, pk: int) -> bool:
    """Tell the channel of something once, as it stands now: what was hidden meanwhile is not told.

    Returns whether it went. The row that says "told" commits after Telegram has taken the message:
    a worker killed between the two tells it again, one killed before never loses it. Raises
    NotTaken and outgoing.Unreachable for a later try.
    """
    words, rows = _TOLD[kind]
    thing = rows().filter(pk=pk).first()
    if thing is None or not is_on():
        return False
    with transaction.atomic():
        _row, is_first = ChannelPost.objects.get_or_create(about=f"{kind}:{pk}")
        if not is_first:
            return False
        _post(_compose(words, thing))
    return True


def _compose(words: str | Promise, thing: Any) -> str:
    """The message: in Ukrainian, the state's language (law 2704-VIII art. 27)."""
    with translation.override(settings.LANGUAGE_CODE):
        title = Truncator(thing.title).chars(_LONGEST)
        line = f"{words}: {title}" if words else title
        return f"{line}\n{settings.SITE_URL}{thing.get_absolute_url()}"


def _post(text: str) -> None:
    url = f"{settings.TELEGRAM_API}/bot{settings.TELEGRAM_BOT_TOKEN}/sendMessage"
    body = json.dumps({"chat_id": settings.TELEGRAM_CHANNEL, "text": text}).encode()
    answer = outgoing.post(url, body, {"Content-Type": "application/json"}, network=NETWORK)
    if answer.status != 200:
        raise NotTaken(f"Telegram answered {answer.status}")
