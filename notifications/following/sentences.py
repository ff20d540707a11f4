"""Sentences in the active language about what is followed, and how often one is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from core.domain.council import is_ukrainian
from core.domain.street_cases import to_accusative, to_instrumental
from core.domain.typography import nested
from notifications.following.things import Thing
from notifications.models import Frequency, Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_FOLLOWED: Mapping[Kind, _StrPromise] = {
    Kind.THEME: gettext_lazy("You follow the theme «%(title)s»."),
    Kind.DISTRICT: gettext_lazy("You follow the district «%(title)s»."),
    Kind.STREET: gettext_lazy("You follow %(title)s."),
    Kind.CONSULTATION: gettext_lazy("You follow the consultation «%(title)s»."),
    Kind.PETITION: gettext_lazy("You follow the petition «%(title)s»."),
    Kind.POLL: gettext_lazy("You follow the poll «%(title)s»."),
    Kind.MEETING: gettext_lazy("You follow the meeting «%(title)s»."),
    Kind.ORGANISATION: gettext_lazy("You follow the organisation «%(title)s»."),
    Kind.DEPUTY: gettext_lazy("You follow the deputy’s work: %(title)s."),
    Kind.APPEAL: gettext_lazy("You follow your %(title)s."),
}
_ASKED: Mapping[Kind, _StrPromise] = {
    Kind.THEME: gettext_lazy("Somebody, probably you, wants news of the theme «%(title)s» here."),
    Kind.DISTRICT: gettext_lazy(
        "Somebody, probably you, wants news of the district «%(title)s» here."
    ),
    Kind.STREET: gettext_lazy("Somebody, probably you, wants news of %(title)s here."),
    Kind.CONSULTATION: gettext_lazy(
        "Somebody, probably you, wants news of the consultation «%(title)s» here."
    ),
    Kind.PETITION: gettext_lazy(
        "Somebody, probably you, wants news of the petition «%(title)s» here."
    ),
    Kind.POLL: gettext_lazy("Somebody, probably you, wants news of the poll «%(title)s» here."),
    Kind.MEETING: gettext_lazy(
        "Somebody, probably you, wants news of the meeting «%(title)s» here."
    ),
    Kind.ORGANISATION: gettext_lazy(
        "Somebody, probably you, wants news of the organisation «%(title)s» here."
    ),
    Kind.DEPUTY: gettext_lazy(
        "Somebody, probably you, wants news of the deputy’s work here: %(title)s."
    ),
    Kind.APPEAL: gettext_lazy("Somebody, probably you, wants news of %(title)s here."),
}
_OFTEN: Mapping[Frequency, _StrPromise] = {
    Frequency.NOW: gettext_lazy("We write at once, as soon as something happens."),
    Frequency.DAILY: gettext_lazy("We write once a day, if something has happened."),
    Frequency.WEEKLY: gettext_lazy("We write once a week, if something has happened."),
    Frequency.NEVER: gettext_lazy("We send no mails about it."),
}


def say_followed(thing: Thing) -> str:
    """The sentence that one follows a thing: «Ви стежите за вулицею Шахтарською.»"""
    title = to_instrumental(thing.title) if _is_declined(thing) else thing.title
    return _put(title, _FOLLOWED[thing.kind])


def say_asked(thing: Thing) -> str:
    """For a mailbox: that somebody asked for news of a thing to be sent there."""
    title = to_accusative(thing.title) if _is_declined(thing) else thing.title
    return _put(title, _ASKED[thing.kind])


def _put(title: str, sentence: _StrPromise) -> str:
    words = str(sentence)
    return words % {"title": nested(title) if "«%(title)s»" in words else title}


def say_often(frequency: Frequency) -> str:
    """The sentence about how often one is written to."""
    return str(_OFTEN[frequency])


def _is_declined(thing: Thing) -> bool:
    return thing.kind is Kind.STREET and is_ukrainian()
