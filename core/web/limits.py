"""Rate limits that hold across all processes: one statement a try.

    verdict = spend(f"code:{address}", most=5, per=timedelta(minutes=10))
    if not verdict:  # code "limit.reached", params["retry_after"] in seconds
        ...

A window begins with the first try and ends ``per`` later. Each try is one
``INSERT … ON CONFLICT … RETURNING`` on an UNLOGGED table, so parallel tries of any number of
processes are counted one after the other: exactly ``most`` of a window are allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from math import ceil
from typing import Any

from django.db import connection
from django.utils.translation import ngettext

from core.domain.rules import ALLOWED, Verdict, refuse

CODE = "limit.reached"

_SPEND = """
INSERT INTO core_limit AS l (key, used, ends_at)
VALUES (%(key)s, %(times)s, statement_timestamp() + %(per)s)
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN l.ends_at <= statement_timestamp() THEN %(times)s
                ELSE least(l.used + %(times)s, %(most)s + 1) END,
    ends_at = CASE WHEN l.ends_at <= statement_timestamp() THEN statement_timestamp() + %(per)s
                   ELSE l.ends_at END
RETURNING used, ends_at, statement_timestamp()
"""

# Rows of several keys are locked in the order of the keys, so that parallel tries wait for each
# other and never in a circle. ``used`` stops far beyond every limit, before the column ends.
_SPEND_EACH = """
INSERT INTO core_limit AS l (key, used, ends_at)
SELECT key, 1, statement_timestamp() + per
FROM unnest(%(keys)s::text[], %(pers)s::interval[]) AS tried (key, per) ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN l.ends_at <= statement_timestamp() THEN 1
                ELSE least(l.used, 1000000000) + 1 END,
    ends_at = CASE WHEN l.ends_at <= statement_timestamp() THEN excluded.ends_at
                   ELSE l.ends_at END
RETURNING key, used
"""


# One of several that are counted in turn: each only if the one before was within its limit.
_SPEND_NEXT = """
t{place} AS (
    INSERT INTO core_limit AS l (key, used, ends_at)
    SELECT %s, %s::int, statement_timestamp() + %s::interval {if_allowed}
    ON CONFLICT (key) DO UPDATE SET
        used = CASE WHEN l.ends_at <= statement_timestamp() THEN excluded.used
                    ELSE least(l.used + excluded.used, %s::int + 1) END,
        ends_at = CASE WHEN l.ends_at <= statement_timestamp() THEN excluded.ends_at
                       ELSE l.ends_at END
    RETURNING used, ends_at
)"""


@dataclass(frozen=True, slots=True)
class Try:
    """One try under ``key``, of which ``most`` are within the limit of a window ``per``.
    ``times``: what it weighs (``spend_in_turn``)."""

    key: str
    most: int
    per: timedelta
    times: int = 1


def spend(key: str, *, most: int, per: timedelta, times: int = 1) -> Verdict:
    """Count one try under ``key``: allowed while it is one of the ``most`` of its window.
    ``times``: what it weighs, where something else than tries is counted.

    ``key`` may hold personal data (an address): only its hash is stored. A refusal has the code
    ``limit.reached`` and ``params``: ``retry_after`` (whole seconds, 1 or more) and ``at`` (aware).
    Call it outside of ``core.domain.actions.action()``: what a transaction rolls back was not
    counted, and until it ends other tries of the key wait.
    """
    values: dict[str, Any] = {"key": _store_key(key), "most": most, "per": per, "times": times}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, values)
        used, ends_at, now = cursor.fetchone()
    return ALLOWED if used <= most else _refusal(ends_at, now)


#: How many times as much as one /64 a /48 of IPv6 may do, where tries are counted by client alone.
#: One mobile provider's customers in a hall have a /64 each in one /48: at 120 forms a minute for
#: an address that a hall shares by IPv4, the /48 has 960, more than such a crowd sends.
WIDER = 8


def spend_client(
    key: str,
    clients: Sequence[str],
    *,
    most: int,
    per: timedelta,
    wider: int = WIDER,
    times: int = 1,
) -> Verdict:
    """Count a try by a client's address: ``most`` for the narrowest of ``clients``
    (``core.web.client_ip.client_groups``), ``wider`` times as many for the network around it.

    What the narrow limit refuses is not counted in the wide one: one household over its limit does
    not close the whole network. ``key`` comes before the client. See ``spend``.
    """
    return spend_in_turn(
        tries_of_client(key, clients, most=most, per=per, wider=wider, times=times)
    )


def tries_of_client(
    key: str,
    clients: Sequence[str],
    *,
    most: int,
    per: timedelta,
    wider: int = WIDER,
    times: int = 1,
) -> list[Try]:
    """The tries that ``spend_client`` counts, for ``spend_in_turn`` with others."""
    return [
        Try(f"{key}{client}", most * (wider if around else 1), per, times)
        for around, client in enumerate(clients)
    ]


def spend_in_turn(tries: Sequence[Try]) -> Verdict:
    """Count tries under different keys one after the other, until one is refused, in one statement.

    What stands behind the one that refuses is not counted. Tries of the same purpose name their
    keys in the same order, so that parallel ones wait for each other and never in a circle. See
    ``spend``.
    """
    if not tries:
        return ALLOWED
    values: list[Any] = []
    for place, one in enumerate(tries):
        before = [tries[place - 1].most] if place else []
        values += [_store_key(one.key), one.times, one.per, *before, one.most]
    with connection.cursor() as cursor:
        cursor.execute(_spend_in_turn(len(tries)), values)
        rows = cursor.fetchall()
    *_allowed, (place, used, ends_at, now) = sorted(rows)
    return ALLOWED if used <= tries[place].most else _refusal(ends_at, now)


@cache
def _spend_in_turn(number: int) -> str:
    """The statement for so many tries; its rows are those that were counted."""
    places = range(number)
    allowed = [f"FROM t{place - 1} WHERE used <= %s::int" if place else "" for place in places]
    counted = ",".join(
        _SPEND_NEXT.format(place=place, if_allowed=allowed[place]) for place in places
    )
    rows = " UNION ALL ".join(
        f"SELECT {place}, used, ends_at FROM t{place}"  # noqa: S608 - numbers alone
        for place in places
    )
    return f"WITH {counted} SELECT *, statement_timestamp() FROM ({rows}) AS tried"  # noqa: S608


def spend_each(tries: Collection[Try]) -> list[Try]:
    """Count a try under each of several keys, in one statement; returns those over their limit.

    For a caller who goes on in any case and only wants to know. Everything said of ``spend`` holds.
    """
    if not tries:
        return []
    pers = {_store_key(one.key): one.per for one in tries}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND_EACH, {"keys": list(pers), "pers": list(pers.values())})
        used = dict(cursor.fetchall())
    return [one for one in tries if used[_store_key(one.key)] > one.most]


def forget(key: str) -> None:
    """Begin anew for ``key``: the person has proved who they are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_limit WHERE key = %s", [_store_key(key)])


def sweep() -> int:
    """Delete the windows that have ended; a job calls it. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_limit WHERE ends_at <= statement_timestamp()")
        return int(cursor.rowcount)


def _store_key(key: str) -> str:
    kind, _colon, rest = key.partition(":")
    return f"{kind}:{sha256(rest.encode()).hexdigest()}"


def _refusal(ends_at: datetime, now: datetime) -> Verdict:
    seconds = max(1, ceil((ends_at - now).total_seconds()))
    minutes, hours = ceil(seconds / 60), ceil(seconds / 3600)
    if minutes < 90:
        message = ngettext(
            "Too many attempts. You can try again in %(minutes)d minute.",
            "Too many attempts. You can try again in %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}
    else:
        message = ngettext(
            "Too many attempts. You can try again in %(hours)d hour.",
            "Too many attempts. You can try again in %(hours)d hours.",
            hours,
        ) % {"hours": hours}
    return refuse(CODE, message, retry_after=seconds, at=ends_at)
