"""Where a petition stands by the database, read after every step of a life."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Exists

from accounts.models import User
from petitions.models import Petition

#: Stand for ids in a statement that is written once.
_ITSELF, _READER = -1, -2


@cache
def _where_it_stands() -> tuple[str, list[Any]]:
    """A petition, and which queues and lists hold it: written once, it is read after every step."""
    every = Petition.objects.all()
    lists = {
        "public": every.visible_to(User(pk=_READER)),
        "collecting": every.collecting(),
        "moderation": every.on_moderation(),
        "not_reached": every.not_reached(),
    }
    found = {f"in_{name}": Exists(seen.filter(pk=_ITSELF)) for name, seen in lists.items()}
    sql, values = every.annotate(**found).filter(pk=_ITSELF).query.sql_with_params()
    return sql, list(values)


def stands(petition: Petition, reader: User) -> Petition:
    """The petition as the database has it, with ``in_public``, ``in_collecting`` and so on."""
    sql, values = _where_it_stands()
    known = {_ITSELF: petition.pk, _READER: reader.pk}
    (fresh,) = Petition.objects.raw(sql, [known.get(value, value) for value in values])
    fresh.procedure = petition.procedure
    return fresh
