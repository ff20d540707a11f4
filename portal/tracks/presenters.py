"""Presenters of /start/: the tracks, the forms that they lead to, and what is alike."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Target:
    """A form that takes the words: where it is, and what somebody does there.

    ``meaning``: where its track has others, what it is beside them. ``kind``: of an appeal, which
    the form is told; "" of others. ``about``: what its draft says, for their order.
    """

    title: Words
    button: Words
    url: str
    meaning: Words = ""
    kind: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A way to say something to the council.

    ``meaning`` says in a sentence or two what it is, who reads it, how long it takes and whether
    an account is needed.
    """

    code: str
    label: Words
    meaning: Words
    targets: tuple[Target, ...] = ()

    def most_alike_first(self, likeness: Callable[[str], int]) -> Track:
        """The same, with the forms whose drafts are most like the words first."""
        ordered = sorted(self.targets, key=lambda each: -likeness(each.about) if each.about else 0)
        return replace(self, targets=tuple(ordered))

    def without(self, shown: Collection[str]) -> Track:
        """The same without the forms at these addresses, which the page has already."""
        return replace(self, targets=tuple(each for each in self.targets if each.url not in shown))


@dataclass(frozen=True, slots=True)
class Matter:
    """Something public that is about the same: an open consultation, a petition, an answer.

    ``speak_url``: the form in which the words can be said there; "" where one only reads or signs.
    """

    url: str
    title: str
    summary: str
    state_kind: str
    state_label: Words
    link: Words
    note: Words = ""
    closes_at: datetime | None = None
    now: datetime | None = None
    speak_url: str = ""


@dataclass(frozen=True, slots=True)
class MattersOfKind:
    """Matters of one kind that are about the same, the most alike first."""

    heading: Words
    matters: tuple[Matter, ...]

    def without(self, url: str) -> MattersOfKind:
        """The same without the one at this address."""
        return replace(self, matters=tuple(each for each in self.matters if each.url != url))
