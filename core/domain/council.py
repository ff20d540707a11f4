"""The council's name, contacts, arms and colours, cached per process and validated by ``seq``.

They stand on every page, in every mail and on every sheet, so no request may read them anew. Each
process keeps what it has read with the ``seq`` of the topic ``city``. Whoever reads counters anyway
(a shared page, the session of somebody who is signed in, the hub) calls ``note_seq``, which costs
no query; where nobody did, ``council()`` asks again after a second.

The row itself is the app ``city``'s, which registers how it is read. With it come urgent notices
that stand above every page: whatever changes one raises the topic ``city`` too. When they begin and
end is a matter of time alone, reckoned from the database's time at that reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

#: The topic of everything that the council edits of itself; every shared page depends on it.
TOPIC = "city"
#: The brand's colour unless the council has chosen another one (css/tokens.css).
BRAND = "#8c2318"
#: So many urgent notices stand above a page; more would push its own words from a phone's screen.
MOST_URGENT = 3


@dataclass(frozen=True, slots=True)
class Council:
    """Facts about the council on every page, mail and sheet."""

    name: str
    name_locative: str
    council: str
    address: str
    phone: str
    email: str
    website: str
    #: City and council in English; "": in Ukrainian only.
    name_en: str = ""
    council_en: str = ""
    #: Versions of its arms and colours, parts of their addresses; "": none of its own.
    arms: str = ""
    colours: str = ""
    #: The version of its map (city.maps), and whose data that is; "": there is no map.
    map_version: str = ""
    map_attribution: str = ""
    #: The colour that a phone's browser gives its own frame.
    brand: str = BRAND

    def localized(self, language: str | None = None) -> Council:
        """The council as pages in ``language`` (unless given: the active one) name it: in Ukrainian
        where it has no English name."""
        if is_ukrainian(language) or not (self.name_en or self.council_en):
            return self
        name, council = self.name_en or self.name, self.council_en or self.council
        locative = self.name_en or self.name_locative
        return replace(self, name=name, name_locative=locative, council=council)

    @property
    def arms_url(self) -> str:
        return reverse("council-arms", args=[self.arms]) if self.arms else ""

    @property
    def colours_url(self) -> str:
        return reverse("council-colours", args=[self.colours]) if self.colours else ""

    @property
    def display_colours_url(self) -> str:
        """The same for the screens of halls."""
        return reverse("council-display-colours", args=[self.colours]) if self.colours else ""

    @property
    def stylesheet(self) -> str:
        """A static file of the installation's own, beside the colours (CITY_STYLESHEET)."""
        return str(settings.CITY["stylesheet"])

    @property
    def sender(self) -> str:
        """Name and address from which mails come, unless DEFAULT_FROM_EMAIL says otherwise."""
        name = self.council.replace("\\", "").replace('"', "")
        return f'"{name}" <{self.email}>'


@dataclass(frozen=True, slots=True)
class UrgentNotice:
    """A line above every page, from ``since`` until ``until``; it leads to the page of ``route``
    with the id ``pk``. ``title_en``: "" where there is none."""

    route: str
    pk: int
    title: str
    title_en: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """Data loaded at ``now``, the database's time: the council's row, the ``seq`` of its topic, and
    the urgent notices of then and later.
    """

    seq: int
    council: Council
    now: datetime | None = None
    urgent: tuple[UrgentNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    loaded: Loaded
    #: When it was read, and when it was last known to be current (monotonic).
    read: float
    checked: float

    @property
    def council(self) -> Council:
        return self.loaded.council


_NEVER = float("-inf")

type Load = Callable[[], Loaded]

_load: Load | None = None
_kept: _Kept | None = None
#: What was read of the council's own lists, and the ``seq`` at which it was.
_lists: dict[object, object] = {}
_lists_seq = -1
#: Of them, in one process.
_MOST_KEPT = 5_000


def register(load: Load) -> None:
    """Register the loader: ``load()`` reads everything as of one moment."""
    global _load
    _load = load


def council() -> Council:
    """The council as it is now: no query while the kept row is known to be current."""
    kept = _kept
    if kept is not None and monotonic() - kept.checked < settings.COUNCIL_SECONDS:
        return kept.council
    return _read()


def urgent_notices() -> tuple[UrgentNotice, ...]:
    """The urgent notices of this moment, the newest first, MOST_URGENT at most: no query beside
    that for the council."""
    council()
    kept = _kept
    if kept is None or kept.loaded.now is None:
        return ()
    now = kept.loaded.now + timedelta(seconds=monotonic() - kept.read)
    standing = (each for each in kept.loaded.urgent if each.since <= now < each.until)
    return tuple(islice(standing, MOST_URGENT))


def local_council() -> Council:
    """The council as it is now, named in the active language."""
    return council().localized()


def is_ukrainian(language: str | None = None) -> bool:
    """Whether ``language`` (unless given: the active one) is Ukrainian, or none: names are
    Ukrainian then."""
    return (language or get_language() or "uk") == "uk"


def local_name(name: str, name_en: str) -> str:
    """A name in the active language; in Ukrainian where it has no English one ("")."""
    return name if is_ukrainian() else name_en or name


def cached_council() -> Council:
    """The council without asking the database: as it was last read, else as the environment has it.

    For the pages that are shown when something is broken.
    """
    return _kept.council if _kept is not None else from_settings()


def note_seq(seq: int) -> None:
    """Take note of where the topic ``city`` stands: what is kept is current, or read again."""
    global _kept
    kept = _kept
    if kept is not None:
        _kept = replace(kept, checked=monotonic() if kept.loaded.seq == seq else _NEVER)


def forget_council() -> None:
    """Drop what this process keeps."""
    global _kept
    _kept = None
    _lists.clear()


def keep[Read](key: object, read: Callable[[], Read]) -> Read:
    """Cache what ``read()`` returns from the council's own lists (streets, themes), once per
    process and ``seq`` of the topic ``city``: as current as ``council()``. The value is shared: do
    not change it."""
    global _lists_seq
    council()
    seq = 0 if _kept is None else _kept.loaded.seq
    if seq != _lists_seq or len(_lists) >= _MOST_KEPT:
        _lists.clear()
        _lists_seq = seq
    if key not in _lists:
        _lists[key] = read()
    return cast(Read, _lists[key])


def from_settings() -> Council:
    """The council as the environment names it."""
    names = ("name", "name_locative", "council", "address", "phone", "email", "website")
    return Council(**{name: str(settings.CITY[name]) for name in names})


def _read() -> Council:
    global _kept
    if _load is None:
        return from_settings()
    read = monotonic()
    loaded = _load()
    _kept = _Kept(loaded, read, read)
    return loaded.council
