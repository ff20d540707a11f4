"""An officer's desk with 50,000 remarks: its first page, and the disposition table.

All remarks are on one consultation, a third of them not answered yet, every second row filled. In
one process, through all middleware; beside a bare SELECT of the same machine. Asked for: p99 at
most 150 ms, at most 15 queries. BENCH_COMMENTS, BENCH_TIMES: less of it. With ``--before OLDER``
the table of two trees in pairs: benchmarks/desk_pairs.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import connection

from accounts.models import User
from benchmarks import desk_pairs, ground, inside
from benchmarks.queue import ASKED, COMMENTS, MOST_QUERIES, TIMES
from consultations.dispositions import queries as dispositions_queries
from consultations.models import Consultation
from core.db.paging import page_of

_REMARKS = """
WITH clauses AS (
    SELECT array_agg(clause.id) AS ids, array_agg(clause.key) AS keys
      FROM drafts_clause AS clause JOIN drafts_version AS version ON version.id = version_id
     WHERE draft_id = %(draft)s
), people AS (
    SELECT array_agg(id) AS ids FROM accounts_user WHERE email LIKE 'scale-%%'
), said AS (
    INSERT INTO discussions_comment (
        thread_id, author_id, text, html, proposal, interest, is_official, created_at,
        hidden_reason, hidden_note, agrees, disagrees, replies, is_answered, search
    )
    SELECT %(thread)s, people.ids[1 + n %% array_length(people.ids, 1)], words, '', '', '', false,
        statement_timestamp() - interval '1 minute' * (n %% 20000), '', '', 0, 0, 0, n %% 3 > 0,
        to_tsvector('simple', words)
    FROM generate_series(1, %(comments)s) AS n, people, LATERAL (
        SELECT 'Просимо передбачити місце для візочків біля будинку ' || n %% 140
            || ', бо зараз тут не проїхати.' AS words
    ) AS text
    RETURNING id
), numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM said
)
INSERT INTO consultations_remark (
    comment_id, consultation_id, kind, source, quote, quote_prefix, quote_suffix, number,
    clause_id, clause_key
)
SELECT id, %(consultation)s, 'remark', 'page', '', '', '', n,
    clauses.ids[1 + n %% array_length(clauses.ids, 1)],
    clauses.keys[1 + n %% array_length(clauses.ids, 1)]
FROM numbered, clauses
"""
_DISPOSITIONS = """
INSERT INTO consultations_disposition (
    remark_id, kind, reason, resulting_key, by_id, decided_at, changed_at, approved_at,
    approved_by_id
)
SELECT comment_id, CASE number %% 6 WHEN 0 THEN 'accepted' ELSE 'rejected' END,
    'Ширину проходу визначають будівельні норми.', clause_key, %(officer)s, statement_timestamp(),
    statement_timestamp(),
    CASE number %% 4 WHEN 0 THEN statement_timestamp() END,
    CASE number %% 4 WHEN 0 THEN %(officer)s END
FROM consultations_remark WHERE consultation_id = %(consultation)s AND number %% 2 = 0
"""


def main(options: Sequence[str] = ()) -> None:
    """Measure the desk; ``options``: ``--before`` and the folder of another checkout, beside which
    it is measured."""
    if options:
        word, older = options
        if word != "--before":
            raise SystemExit(f"bin/bench desk: no such option: {word}")
        desk_pairs.main(older)
        return
    consultation = Consultation.objects.get(pk=ground.consultation_with(0))
    officer = User.objects.get(email="scale-officer@viche.example")
    _write(consultation, officer)
    client = inside.sign_in(officer)
    say = ground.lines(
        f"The desk with {COMMENTS} remarks on one consultation ({TIMES} times each)",
        ("page", "queries", "p50 ms", "p99 ms"),
        (34, 8, 8, 8),
    )
    say("bare SELECT 1", "", *inside.measure(inside.select_one, TIMES))
    for name, path in _pages(consultation).items():
        queries = inside.count_queries(client, path)
        say(name, queries, *inside.measure(partial(client.get, path), TIMES))
    print(f"\nasked for: at most {MOST_QUERIES} queries, p99 at most {ASKED} ms")


def _write(consultation: Consultation, officer: User) -> None:
    """The remarks and half of the table, by three statements."""
    facts = {
        "consultation": consultation.pk,
        "draft": consultation.draft_id,
        "thread": consultation.thread_id,
        "officer": officer.pk,
        "comments": COMMENTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_REMARKS, facts)
        cursor.execute(_DISPOSITIONS, facts)
        cursor.execute("ANALYZE")


def _pages(consultation: Consultation) -> dict[str, str]:
    base = f"/desk/consultations/{consultation.pk}"
    key = consultation.remarks.filter(number=1).values_list("clause_key", flat=True).get()
    rest = dispositions_queries.rows_of(consultation).filter(number__gte=COMMENTS // 2)
    middle = page_of(rest, order=dispositions_queries.ORDER, size=1).next_cursor
    return {
        "the desk's first page": "/desk/",
        "work by department and month": "/desk/load/",
        "table": f"{base}/table/",
        "table, from its middle": f"{base}/table/?after={middle}",
        "table, empty rows": f"{base}/table/?state=empty",
        "table, given to nobody": f"{base}/table/?whose=nobody",
        "table, of one clause": f"{base}/table/?clause={key}",
        "table, found words": f"{base}/table/?q=візочків",
        "report, what it lacks": f"{base}/report/",
    }
