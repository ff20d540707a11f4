"""A cache of rendered pages and parts in each process, bounded by its bytes.

Two things are kept: whole pages, found by their address and validated by ``seq`` (core.web.pages),
and parts that stand on many pages, found by all that they say:

    render_part("petitions/petition_detail.html#comment", says, lambda: {"comment": comment})

A part that says anything else is another part, so it needs no validation. It is drawn without a
request: it is the same for everybody.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import Lock
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, Model
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

#: Bytes of parts that a process keeps, and about what one takes beside its HTML and its words.
MOST_BYTES = 16 * 2**20
_BESIDE = 2000


class RenderCache[K: Hashable, V]:
    """A store that lets go of what was made longest ago when it holds too many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.weight = 0
        self._items: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        found = self._items.get(key)
        return found[0] if found else None

    def keep(self, key: K, item: V, weight: int) -> V:
        """Keep ``item``, which takes ``weight`` bytes with its key, and return it."""
        with self._lock:
            before = self._items.pop(key, None)
            self._items[key] = item, weight
            self.weight += weight - (before[1] if before else 0)
            while self.weight > self.most_bytes and len(self._items) > 1:
                _key, (_oldest, its_weight) = self._items.popitem(last=False)
                self.weight -= its_weight
        return item

    def clear(self) -> None:
        with self._lock:
            self._items.clear()
            self.weight = 0


_parts: RenderCache[Hashable, SafeString] = RenderCache(MOST_BYTES)


def render_part(template: str, says: Hashable, context: Callable[[], dict[str, Any]]) -> SafeString:
    """The part in the active language. ``says``: all of ``context()`` that the template shows, or
    what that is made of."""
    return keep_part(template, says, lambda: get_template(template).render(context()))


def keep_part(place: str, says: Hashable, draw: Callable[[], str]) -> SafeString:
    """The same, drawn by ``draw``; ``place`` names it among all parts."""
    key = (place, get_language(), says)
    kept = _parts.get(key)
    if kept is not None:
        return kept
    part = mark_safe(draw())
    # Two bytes a letter, and what it says stands in the key once more.
    return _parts.keep(key, part, 4 * len(part) + _BESIDE)


def key_of_row(found: Model | None) -> tuple[Any, ...]:
    """All columns that were read of a row, lists as their words; () of none."""
    if found is None:
        return ()
    values = vars(found)
    return tuple(
        [
            values.get(name) if is_hashable else repr(values.get(name))
            for name, is_hashable in _columns(type(found))
        ]
    )


@lru_cache(maxsize=256)
def _columns(model: type[Model]) -> tuple[tuple[str, bool], ...]:
    """The name of each column, and whether its values are hashable."""
    return tuple(
        (field.attname, not isinstance(field, ArrayField | JSONField))
        for field in model._meta.concrete_fields
    )


def clear_parts() -> None:
    """Drop every kept part of this process (tests start from none)."""
    _parts.clear()
