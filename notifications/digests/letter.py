"""Composes a digest as a mail."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import ngettext

from core.audit_log.heads import DayHead
from core.domain.council import Council, local_council
from core.web.mail import Words, address, draw
from core.web.mass_mail import MassMail
from notifications.activities.queries import Shown
from notifications.activities.wording import Section
from notifications.digests.queries import Digest
from notifications.following.tokens import settings_path, stop_path
from notifications.models import Frequency
from notifications.sending.mail import message_id, unsubscribing

TEMPLATE = "following/digest"
#: So many lines stand in a letter; the others are read in the inbox.
MOST_LINES = 12
#: Letters that a process keeps: those of one district and theme are told the same.
_KEPT = 500
#: Stand in a kept letter for its two links; random, so that nobody's words can hold them.
_SETTINGS, _STOP = (f"/{secrets.token_hex(16)}/" for _link in range(2))


class Line(NamedTuple):
    """A letter's line about an activity."""

    section: Section
    title: str
    url: str
    verb: str
    until: str
    followed: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the letter: its heading and its lines."""

    heading: str
    lines: list[Line]


def compose_digest(
    digest: Digest, frequency: str, until: datetime, *, head: DayHead | None = None
) -> EmailMultiAlternatives:
    """The mail of a digest, in the follower's language; nothing is sent yet.

    ``head``: of the audit log, which whoever keeps the mail keeps, too (docs/adr/0095).
    """
    follower = digest.follower
    with translation.override(digest.language):
        path = stop_path(follower)
        words = _draw(
            tuple(_line(each) for each in digest.shown[:MOST_LINES]),
            len(digest.shown),
            frequency,
            head,
            digest.language,
            local_council(),
        )
        words = _fill(words, {_SETTINGS: settings_path(follower), _STOP: path})
        name = f"follower:{follower.pk}:{TEMPLATE}:{frequency}:{until.isoformat()}"
        headers = {"Message-ID": message_id(name), **unsubscribing(path)}
        return address(words, to=follower.address, headers=headers, kind=MassMail)


@lru_cache(_KEPT)
def _draw(
    lines: tuple[Line, ...],
    number: int,
    frequency: str,
    head: DayHead | None,
    _language: str,
    _council: Council,
) -> Words:
    """The letter without its links. What it says depends on these arguments alone; the language is
    the active one."""
    context = {
        "is_daily": frequency == Frequency.DAILY,
        "words": _summary(frequency, number),
        "first": lines[0] if number > 1 else None,
        "parts": list(_parts(lines)),
        "more": number - len(lines),
        "head": head,
        "settings_path": _SETTINGS,
        "stop_path": _STOP,
    }
    return draw(TEMPLATE, context, has_html=True)


def _fill(words: Words, links: Mapping[str, str]) -> Words:
    text, html = words.text, words.html
    for mark, path in links.items():
        text, html = text.replace(mark, path), html.replace(mark, path)
    return Words(words.subject, text, html)


def _line(shown: Shown) -> Line:
    return Line(shown.section, shown.title, shown.url, shown.verb, shown.until, shown.followed)


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


def _parts(lines: Sequence[Line]) -> Iterator[Part]:
    for section, those in groupby(lines, key=lambda each: each.section):
        yield Part(str(section.label), list(those))
