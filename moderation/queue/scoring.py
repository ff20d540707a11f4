"""The risk of a comment, computed once by PostgreSQL when it is posted, edited or reported.

One statement reads the comment and writes its queue item; in an action it runs with the last ones
(core.db.counters), so posting waits for no answer of it. Whether it holds a word of the
council's list, the lemmas say that the comment is searched by.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from core.db.counters import write_last
from discussions.models import HELD, Comment, Flag
from moderation.models import WEIGHTS, QueueItem, WatchedWord, Why

#: So many comments of one author within BURST_MINUTES are a burst.
BURST, BURST_MINUTES = 5, 10
#: Shorter texts («Підтримую!») are said by many and are no repetition, in characters that count.
SHORTEST_REPEAT = 16
#: Somebody is a new author until something of theirs has stood for so many hours.
NEW_HOURS = 24
#: Each report after the first adds this, up to MOST_REPORTS.
MORE_REPORTS, MOST_REPORTS = 5, 20

_WEIGHTS = ", ".join(f"('{why.value}', {weight})" for why, weight in WEIGHTS.items())
_COMMENTS, _FLAGS = Comment._meta.db_table, Flag._meta.db_table
_ITEMS, _WORDS = QueueItem._meta.db_table, WatchedWord._meta.db_table
# What words are compared without: PostgreSQL's own classes depend on the locale.
_PUNCTUATION = r"""[\s!"#$&''()*+,./:;<=>?@\[\]^_`{|}~…«»„“”’ʼ–—-]+"""
_LINK = r"(https?://|www\.|t\.me/|[a-z0-9-]\.(com|net|org|info|biz|shop|xyz|top|site|online|ua)\M)"

#: Of one, whose plan PostgreSQL keeps: of a list it knows the length, and plans it anew each time,
#: which takes twice as long as the scoring. Without OFFSET it would put each part of ``why`` where
#: ``why`` is read, and so compute all of them twice.
_SCORE = f"""
INSERT INTO {_ITEMS} AS item (comment_id, thread_id, digest, why, risk, since)
SELECT id, thread_id, digest, why,
    (SELECT coalesce(sum(weight), 0) FROM (VALUES {_WEIGHTS}) AS w (reason, weight)
     WHERE reason = ANY (why)) + {MORE_REPORTS} * least(greatest(reports - 1, 0), {MOST_REPORTS}),
    statement_timestamp()
FROM (
    SELECT said.id, said.thread_id, said.digest, said.reports, array_remove(ARRAY[
        CASE WHEN said.reports > 0 THEN '{Why.REPORTED}' END,
        CASE WHEN said.hidden_at IS NOT NULL THEN '{Why.HELD}' END,
        CASE WHEN EXISTS (
            SELECT FROM {_WORDS} AS word WHERE said.search @@ word.query::tsquery
        ) THEN '{Why.WORD}' END,
        CASE WHEN said.length >= {SHORTEST_REPEAT} AND EXISTS (
            SELECT FROM {_ITEMS} AS other
            WHERE other.digest = said.digest AND other.comment_id <> said.id
        ) THEN '{Why.REPEAT}' END,
        CASE WHEN (
            SELECT count(*) = {BURST}
                AND min(created_at) > said.created_at - interval '{BURST_MINUTES} minutes'
            FROM (SELECT created_at FROM {_COMMENTS} AS latest
                  WHERE latest.author_id = said.author_id AND latest.id <= said.id
                  ORDER BY latest.id DESC LIMIT {BURST}) AS latest
        ) THEN '{Why.BURST}' END,
        CASE WHEN said.words ~ '{_LINK}' THEN '{Why.LINK}' END,
        CASE WHEN said.author_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM {_COMMENTS} AS earlier
            WHERE earlier.author_id = said.author_id
                AND earlier.created_at < said.created_at - interval '{NEW_HOURS} hours'
                AND earlier.hidden_at IS NULL AND earlier.deleted_at IS NULL
        ) THEN '{Why.FIRST}' END
    ]::varchar[], NULL) AS why
    FROM (
        SELECT comment.*, lower(comment.text || ' ' || comment.proposal) AS words,
            length(bare) AS length, nullif(md5(bare), md5(''))::uuid AS digest,
            (SELECT count(*) FROM {_FLAGS} AS flag
             WHERE flag.comment_id = comment.id AND flag.settled_at IS NULL) AS reports
        FROM {_COMMENTS} AS comment, LATERAL regexp_replace(
            lower(comment.text || ' ' || comment.proposal), '{_PUNCTUATION}', '', 'g') AS bare
        WHERE comment.id = %s AND NOT comment.is_official
            AND (comment.hidden_at IS NULL OR comment.hidden_reason = '{HELD}')
            AND comment.deleted_at IS NULL
        OFFSET 0
    ) AS said
    OFFSET 0
) AS judged
ON CONFLICT (comment_id) DO UPDATE
SET digest = excluded.digest, why = excluded.why, risk = excluded.risk,
    since = CASE WHEN item.settled_at IS NULL THEN item.since ELSE excluded.since END,
    settled_at = CASE WHEN excluded.risk > 0 THEN NULL ELSE item.settled_at END,
    settled_by_id = CASE WHEN excluded.risk > 0 THEN NULL ELSE item.settled_by_id END
"""  # noqa: S608 - names and numbers of ours
_SCORE_ALL = _SCORE.replace("comment.id = %s", "comment.id = ANY (%s::bigint[])")


def score_last(comment_id: int) -> None:
    """Write the comment's queue item when the action under way ends; a settled one with a risk
    waits again. Official replies, hidden (but held) and deleted comments are left out."""
    write_last("", _SCORE, [comment_id])


def score(comment_ids: Collection[int]) -> None:
    """The same at once, for comments that were written in bulk."""
    with connection.cursor() as cursor:
        cursor.execute(_SCORE_ALL, [list(comment_ids)])
