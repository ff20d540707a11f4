"""Numbers of remarks: a job gives them in the order of receipt, without a gap.

Nobody who posts waits for a counter. The job takes a lock of its own for each consultation, so two
jobs at once give each number once, and reads first how far the order is settled: an id is drawn
before its transaction commits, so a remark with a smaller id may become visible later. Only what
has no such predecessor any more gets a number.
"""

from __future__ import annotations

import time
from functools import partial

from django.db import connection

from consultations.models import Remark, RepeatSketch
from consultations.register.events import RemarkNumbered, RemarksNumbered
from core.domain.actions import action
from core.domain.each import run_for_each
from core.domain.events import emit

#: Remarks that one statement numbers.
BATCH = 500
#: So many are drawn anew for whoever watches. Of a backlog, as an upgrade leaves it, one is: kept
#: pages are drawn anew after it, and live ones when they are read again.
MOST_REDRAWN = 50
#: Seconds that a run waits for transactions which are writing comments.
PATIENCE = 10.0

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('consultations.register:' || %s, 0))"
#: Transactions that write comments now: each holds this lock before it draws an id, to its end.
_WRITERS = """
SELECT virtualtransaction FROM pg_locks
 WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND relation = 'discussions_comment'::regclass
   AND pid <> pg_backend_pid()
"""
#: Remarks are locked by key, as by whoever settles them; whole, since the number is a key, too.
_NUMBER = """
WITH next AS (
    SELECT comment_id, row_number() OVER (ORDER BY comment_id) AS place
      FROM (SELECT comment_id FROM consultations_remark
             WHERE consultation_id = %(consultation)s AND number IS NULL
               AND comment_id <= %(upto)s
             ORDER BY comment_id LIMIT %(batch)s FOR UPDATE) AS unnumbered
), given AS (
    SELECT coalesce(max(number), 0) AS last
      FROM consultations_remark WHERE consultation_id = %(consultation)s
)
UPDATE consultations_remark AS remark SET number = given.last + next.place
  FROM next, given WHERE remark.comment_id = next.comment_id
RETURNING remark.comment_id
"""


def number_remarks(*, of: int | None = None, batch: int = BATCH, patience: float = PATIENCE) -> int:
    """Number what has none yet, in every consultation or in the one ``of`` that number; returns how
    many. A job calls it.

    Where it fails in one of them, the others are numbered, and an ExceptionGroup is raised.
    """
    waiting = Remark.objects.filter(number=None).order_by()
    if of is not None:
        waiting = waiting.filter(consultation=of)
    consultations = sorted(waiting.values_list("consultation_id", flat=True).distinct())
    # Read before the writers are: whoever drew a smaller id is among these, or has ended.
    newest = waiting.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None or not _writers_have_ended(patience):
        return 0
    number = partial(_number, upto=newest, batch=batch)
    return run_for_each(consultations, number, what="Numbering of remarks")


def _number(consultation_id: int, upto: int, batch: int) -> int:
    """Number the consultation's remarks with ids up to ``upto``, ``batch`` in a transaction.

    Emits RemarkNumbered for each of up to MOST_REDRAWN, of more for the last one, and
    RemarksNumbered.
    """
    total = 0
    while True:
        with action(), connection.cursor() as cursor:
            cursor.execute(_LOCK, [consultation_id])
            cursor.execute(_NUMBER, {"consultation": consultation_id, "upto": upto, "batch": batch})
            numbered = sorted(pk for (pk,) in cursor.fetchall())
            # Their words are compared when their authors can change them no more.
            sketches = (
                RepeatSketch(remark_id=pk, consultation_id=consultation_id) for pk in numbered
            )
            RepeatSketch.objects.bulk_create(sketches, ignore_conflicts=True)
            redrawn = numbered if len(numbered) <= MOST_REDRAWN else numbered[-1:]
            for pk in redrawn:
                emit(RemarkNumbered(pk, consultation_id))
            if numbered:
                emit(RemarksNumbered(consultation_id, tuple(numbered)))
        total += len(numbered)
        if len(numbered) < batch:
            return total


def _writers_have_ended(patience: float) -> bool:
    """Wait until every transaction that is writing comments now has ended; False: it lasts."""
    until = time.monotonic() + patience
    before = now = _writers()
    while before & now:
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
        now = _writers()
    return True


def _writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return {transaction for (transaction,) in cursor.fetchall()}
