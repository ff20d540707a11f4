"""The one statement of the search: what answers, in which order, and how much of each kind.

Candidates are, by the indexes: what has all words; what has one in its title; where little has all,
what has some of them, also past a slip; and where nothing has, titles that look like an unknown
word. Of each kind the first MOST_OF_A_KIND are ranked, word by word: its place in a title counts
most, then the word itself before a synonym before a slip, and what few of them have before what
most have.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from search.asked import MOST_UNKNOWN, Asked

#: Things of one kind that are ranked and counted: the newest, those named so first.
MOST_OF_A_KIND = 100
#: More kinds than there are. PostgreSQL takes what is ranked row by row once it knows how few it
#: is; otherwise it reads the whole table twice more.
MOST_KINDS = 20
#: Less than this has all words: what has some of them is looked for, too.
_FEW = 10
#: How well something answers, by its best row: all words; all past a slip; some of them.
ALL, FORGIVEN, SOME = 3, 2, 1

_SQL = """
WITH asked AS MATERIALIZED (
    SELECT place, own::tsquery, wide::tsquery, near::tsquery, weight,
        string_to_array(kinds, ' ') AS kinds, kinds <> '' AS is_kind
    FROM unnest(%(own)s::text[], %(wide)s::text[], %(nears)s::text[], %(weights)s::int[],
            %(kinds)s::text[])
        WITH ORDINALITY AS word (own, wide, near, weight, kinds, place)
),
whole AS MATERIALIZED (
    SELECT id, kind, day FROM search_entry WHERE search @@ %(all)s::tsquery
),
few AS MATERIALIZED (SELECT count(*) AS found FROM whole),
part AS MATERIALIZED (
    SELECT id, kind, day FROM search_entry
    WHERE (SELECT found FROM few) < %(few)s AND search @@ %(some)s::tsquery
),
candidate AS (
    SELECT id, kind, day, 1 AS place FROM whole
    UNION ALL
    SELECT id, kind, day, 2 FROM search_entry WHERE heads @@ %(any)s::tsquery
    UNION ALL
    SELECT id, kind, day, 1 FROM part
    UNION ALL
    SELECT id, kind, day, 1 FROM search_entry
    WHERE (SELECT found FROM few) = 0 AND NOT EXISTS (SELECT FROM part)
        AND search @@ %(near)s::tsquery
    UNION ALL
    SELECT id, kind, day, 3 FROM search_entry
    WHERE (SELECT found FROM few) = 0 AND %(has_unknown)s
        AND (title %%> %(unknown0)s OR title %%> %(unknown1)s OR title %%> %(unknown2)s)
),
nearest AS (
    SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY kind ORDER BY max(place) DESC, day DESC, id DESC)
            AS place
        FROM candidate GROUP BY id, kind, day
    ) AS placed
    WHERE place <= %(most)s LIMIT %(most_in_all)s
),
hit AS MATERIALIZED (
    SELECT entry.id, word.place, word.weight, word.is_kind, CASE
        WHEN entry.heads @@ own THEN 10
        WHEN entry.kind = ANY(kinds) THEN 9
        WHEN entry.kind = 'site' AND entry.search @@ own THEN 9
        WHEN entry.heads @@ wide THEN 8
        WHEN entry.search @@ own THEN 7
        WHEN entry.search @@ wide THEN 6
        WHEN entry.heads @@ near THEN 4
        WHEN entry.search @@ near THEN 2
        ELSE 0 END AS points
    FROM nearest JOIN search_entry AS entry USING (id) CROSS JOIN asked AS word
),
rarity AS MATERIALIZED (
    SELECT place, least(2.5, 1 + 0.5 * ln(count(*) / greatest(count(*) FILTER (WHERE points > 2), 1)
        ::double precision)) AS factor
    FROM hit WHERE NOT is_kind GROUP BY place
    UNION ALL
    SELECT place, 1 FROM asked WHERE is_kind
),
told AS MATERIALIZED (
    SELECT sum(asked.weight * factor) AS weight FROM asked JOIN rarity USING (place)
),
judged AS MATERIALIZED (
    SELECT id,
        sum(weight * factor * points) / (SELECT weight FROM told) AS points,
        count(*) FILTER (WHERE points IN (10, 8, 4)) AS titled,
        count(*) AS of_all,
        bool_or(is_kind AND points IN (10, 9, 8)) AS is_of_kind,
        bool_and(is_kind OR points >= 6) AS has_all,
        bool_and(is_kind OR points > 0) AS has_near
    FROM hit JOIN rarity USING (place) GROUP BY id LIMIT %(most_in_all)s
),
likened AS MATERIALIZED (
    SELECT judged.*, title, kind, object_id, day, entry.weight,
        length(heads) AS length, cardinality(string_to_array(title, ' ')) AS words,
        has_all AND search @@ %(phrase)s::tsquery AS has_phrase,
        CASE WHEN (SELECT found FROM few) = 0 AND %(has_unknown)s AND heads <> ''
            THEN greatest(word_similarity(%(unknown0)s, title),
                word_similarity(%(unknown1)s, title), word_similarity(%(unknown2)s, title))
            ELSE 0 END AS likeness
    FROM judged JOIN search_entry AS entry USING (id)
),
scored AS MATERIALIZED (
    SELECT id, kind, object_id,
        CASE WHEN has_all THEN 3 WHEN has_near OR likeness >= 0.5 THEN 2 ELSE 1 END AS answers,
        ((points * 100)::int + CASE WHEN has_all THEN 200 ELSE 0 END
            + CASE WHEN has_phrase THEN 120 ELSE 0 END
            + weight + (likeness * 500)::int
            + CASE WHEN is_of_kind THEN 300 ELSE 0 END
            + CASE WHEN titled >= words AND title <> '' THEN 250 * titled / of_all
                ELSE least(titled * 150 / greatest(length, 1), 150)::int END
            + greatest(0, 60 - greatest(0, today - day) / 15)) AS score
    FROM likened,
        (SELECT (statement_timestamp() AT TIME ZONE 'Europe/Kyiv')::date AS today) AS now
    WHERE points * 6 >= (SELECT max(points) FROM judged) OR likeness >= 0.5
),
page AS (
    SELECT kind, object_id, score, id FROM scored
    WHERE (%(kind)s = '' OR kind = %(kind)s) AND {beyond}
    ORDER BY {order} LIMIT %(size)s + 1
)
SELECT (SELECT max(answers) FROM scored),
    (SELECT jsonb_object_agg(kind, n) FROM (
        SELECT kind, count(*) AS n FROM scored GROUP BY kind) AS counted),
    (SELECT jsonb_agg(jsonb_build_array(kind, object_id, score, id) ORDER BY {order}) FROM page)
"""
_FIRST = _SQL.format(beyond="true", order="score DESC, id DESC")
_AFTER = _SQL.format(beyond="(score, id) < (%(score)s, %(id)s)", order="score DESC, id DESC")
_BEFORE = _SQL.format(beyond="(score, id) > (%(score)s, %(id)s)", order="score, id")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the list, by which the next or the previous page begins."""

    is_forward: bool
    score: int
    id: int

    @property
    def cursor(self) -> str:
        text = f"{'n' if self.is_forward else 'p'}.{self.score}.{self.id}"
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def of(cls, cursor: str) -> Place | None:
        """None: it was not made here."""
        try:
            text = urlsafe_b64decode(cursor[:80] + "=" * (-len(cursor[:80]) % 4)).decode("ascii")
            way, score, number = text.split(".")
            found = cls(way == "n", int(score), int(number))
        except ValueError:
            return None
        fits = abs(found.score) < 2**31 and 0 < found.id < 2**63
        return found if way in ("n", "p") and fits else None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what answers: kinds and ids in their order; how many of each kind there are, at
    most MOST_OF_A_KIND; how well the best answers (ALL, FORGIVEN, SOME; 0: nothing does)."""

    answers: int = 0
    counts: dict[str, int] | None = None
    things: tuple[tuple[str, int], ...] = ()
    next_cursor: str = ""
    previous_cursor: str = ""


def find(asked: Asked, *, kind: str = "", after: str = "", size: int = 10) -> Found:
    """A page of what answers: one statement. ``kind``: of that alone, the counts are of all."""
    if asked.is_empty:
        return Found()
    place = Place.of(after) if after else None
    rows, found = _ask(asked, kind, place, size)
    if place is not None and not rows:
        place = None
        rows, found = _ask(asked, kind, None, size)
    has_more, rows = len(rows) > size, rows[:size]
    is_forward = place is None or place.is_forward
    if not is_forward:
        rows = rows[::-1]
    has_next = has_more if is_forward else True
    has_previous = place is not None and (is_forward or has_more)
    return Found(
        answers=found[0] or 0,
        counts=found[1] or {},
        things=tuple((row[0], row[1]) for row in rows),
        next_cursor=Place(True, *rows[-1][2:]).cursor if rows and has_next else "",
        previous_cursor=Place(False, *rows[0][2:]).cursor if rows and has_previous else "",
    )


def _ask(asked: Asked, kind: str, place: Place | None, size: int) -> tuple[Sequence[Any], Any]:
    words = [*asked.unknown, *[""] * MOST_UNKNOWN]
    groups = [*asked.groups, *asked.of_kinds]
    values: dict[str, Any] = {
        "own": [group.own_query for group in groups],
        "wide": [group.wide_query for group in groups],
        "nears": [group.near_query for group in groups],
        "near": asked.any_near,
        "weights": [group.weight for group in groups],
        "kinds": [" ".join(group.kinds) for group in groups],
        "phrase": asked.phrase,
        "all": asked.all_words,
        "any": asked.any_word,
        "some": asked.some_words,
        "has_unknown": bool(asked.unknown),
        **{f"unknown{number}": words[number] for number in range(MOST_UNKNOWN)},
        "kind": kind,
        "few": _FEW,
        "most": MOST_OF_A_KIND,
        "most_in_all": MOST_OF_A_KIND * MOST_KINDS,
        "size": size,
    }
    sql = _FIRST
    if place is not None:
        sql = _AFTER if place.is_forward else _BEFORE
        values |= {"score": place.score, "id": place.id}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        answers, counts, rows = cursor.fetchone()
    return json.loads(rows or "[]"), (answers, json.loads(counts or "{}"))
