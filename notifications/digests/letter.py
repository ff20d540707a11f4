"""Composes a digest as a mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import ngettext

from core.domain.mail import compose
from core.domain.mass_mail import MassMail
from notifications.activities.reading import Shown
from notifications.digests.reading import Digest
from notifications.following.tokens import settings_path
from notifications.following.unsubscribing import stop_path
from notifications.mail import message_id, unsubscribing
from notifications.models import Frequency

TEMPLATE = "following/digest"
#: So many lines stand in a letter; the others are read in the inbox.
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the letter: its heading and its lines."""

    heading: str
    lines: list[Shown]


def compose_digest(digest: Digest, frequency: str, until: datetime) -> EmailMultiAlternatives:
    """The mail of a digest, in the follower's language; nothing is sent yet."""
    follower = digest.follower
    with translation.override(digest.language):
        lines = digest.shown[:MOST_LINES]
        path = stop_path(follower)
        context = {
            "is_daily": frequency == Frequency.DAILY,
            "words": _summary(frequency, len(digest.shown)),
            "first": digest.shown[0] if len(digest.shown) > 1 else None,
            "parts": list(_parts(lines)),
            "more": len(digest.shown) - len(lines),
            "settings_path": settings_path(follower),
            "stop_path": path,
        }
        name = f"follower:{follower.pk}:{TEMPLATE}:{frequency}:{until.isoformat()}"
        headers = {"Message-ID": message_id(name), **unsubscribing(path)}
        return compose(
            TEMPLATE,
            context,
            to=follower.address,
            headers=headers,
            has_html=True,
            kind=MassMail,
        )


def _summary(frequency: str, number: int) -> str:
    if frequency == Frequency.DAILY:
        words = ngettext(
            "In a day there was %(number)d piece of news on what you follow",
            "In a day there were %(number)d pieces of news on what you follow",
            number,
        )
    else:
        words = ngettext(
            "In a week there was %(number)d piece of news on what you follow",
            "In a week there were %(number)d pieces of news on what you follow",
            number,
        )
    return words % {"number": number}


def _parts(lines: list[Shown]) -> Iterator[Part]:
    for section, those in groupby(lines, key=lambda each: each.section):
        yield Part(str(section.label), list(those))
