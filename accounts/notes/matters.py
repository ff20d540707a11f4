"""Matters about which officers write notes to each other.

An app says in its ``matters.py`` what is one, and who may work on it:

    register("appeal", label=gettext_lazy("an appeal"), find=_find)

``find`` gets the key of a row and returns a ``Matter``, or None where there is none any more. The
action that deletes such a row calls ``accounts.notes.actions.delete_notes`` in its transaction;
where words about people go after a time, the app's ``personal_data.py`` has a ``Retention`` of
StaffNote with the same period.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.functional import Promise

from core.domain.rules import Verdict

if TYPE_CHECKING:
    from accounts.models import Anybody, User


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as notes know it.

    ``pk``: its key among those of its kind; ``row``: the row that its deletion locks; ``title``:
    what it is called beside a note, without a word of a resident; ``url``: its page
    at the desk; ``work``: the rule by which that page is shown. ``hand_over`` makes it somebody's
    (to whom, by whom), by an action of its app and under its locks and rules; None: matters of this
    kind are nobody's in particular.
    """

    kind: str
    pk: int
    row: Model
    title: str
    url: str
    work: Callable[[Anybody], Verdict]
    hand_over: Callable[[User, User], object] | None = None


type Words = str | Promise
type Find = Callable[[int], Matter | None]
_kinds: dict[str, tuple[Words, Find]] = {}


def register(kind: str, *, label: Words, find: Find) -> None:
    """Make matters of a kind known; ``label``: what one of them is."""
    _kinds[kind] = (label, find)


def find_matter(kind: str, pk: int) -> Matter | None:
    """The matter as it is now; None where there is no such kind or row."""
    known = _kinds.get(kind)
    return known[1](pk) if known is not None else None


def label_of(kind: str) -> Words:
    """The words for one matter of a kind («an appeal»); the kind itself where nobody knows it."""
    known = _kinds.get(kind)
    return known[0] if known is not None else kind
