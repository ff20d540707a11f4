"""Jobs that wait, that are stuck and that have failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.db.kept_cursors import fetch
from core.state.registry import Finding, Level, check
from core.state.runs import duration_in_words
from operation.failed_jobs.queries import count_failed

#: A due job that waits longer, and one that runs longer, is told.
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_RUN = timedelta(hours=1)

# Since when: a job due at once has the time of its event alone.
_QUEUES = """
WITH waiting AS (
    SELECT queue_name AS queue, attempts, scheduled_at, status,
        coalesce(scheduled_at <= statement_timestamp(), true) AS is_due,
        (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred')
            AS since
    FROM procrastinate_jobs AS job WHERE status IN ('todo', 'doing')
)
SELECT queue,
    count(*) FILTER (WHERE status = 'todo' AND is_due),
    count(*) FILTER (WHERE status = 'todo' AND NOT is_due),
    count(*) FILTER (WHERE status = 'doing'),
    statement_timestamp() - min(coalesce(scheduled_at, since))
        FILTER (WHERE status = 'todo' AND is_due),
    statement_timestamp() - min(since) FILTER (WHERE status = 'todo' AND attempts > 0)
FROM waiting GROUP BY queue ORDER BY queue
"""
_STUCK = """
SELECT count(*), max(statement_timestamp() - started.at) FROM procrastinate_jobs AS job
CROSS JOIN LATERAL (
    SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id AND type = 'started'
) AS started
WHERE job.status = 'doing' AND started.at < statement_timestamp() - %s
"""


@check("queues", gettext_lazy("Queues"))
def check_queues() -> Iterator[Finding]:
    rows = fetch(_QUEUES, [])
    for queue, due, later, running, waits, retried in rows:
        words = _("Due: %(due)d; planned for later: %(later)d; running: %(running)d.")
        words %= {"due": due, "later": later, "running": running}
        if retried is not None:
            words += " " + _("The oldest that is tried again waits for %(age)s.") % {
                "age": duration_in_words(retried)
            }
        is_late = waits is not None and waits > LONGEST_WAIT
        if is_late:
            words += " " + _("The oldest that is due waits for %(age)s.") % {
                "age": duration_in_words(waits)
            }
        yield Finding(Level.WARNING if is_late else Level.OK, words, subject=queue)
    if not rows:
        yield Finding(Level.OK, _("Nothing waits."))


@check("stuck", gettext_lazy("Jobs that run too long"))
def check_stuck() -> Iterator[Finding]:
    ((number, longest),) = fetch(_STUCK, [LONGEST_RUN])
    if number:
        words = ngettext(
            "%(count)d job has run for more than an hour, for %(age)s: restart viche@jobs.",
            "%(count)d jobs have run for more than an hour, the longest for %(age)s:"
            " restart viche@jobs.",
            number,
        )
        values = {"count": number, "age": duration_in_words(longest)}
        yield Finding(Level.WARNING, words % values)
    else:
        yield Finding(Level.OK, _("None."))


@check("failed", gettext_lazy("Failed jobs"))
def check_failed() -> Iterator[Finding]:
    if number := count_failed():
        words = ngettext(
            "%(count)d job has failed for good: retry it or dismiss it.",
            "%(count)d jobs have failed for good: retry them or dismiss them.",
            number,
        )
        yield Finding(Level.WARNING, words % {"count": number})
    else:
        yield Finding(Level.OK, _("None."))
