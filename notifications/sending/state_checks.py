"""Whether mails go: when the mail server last took one, and for how long it has taken none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.db.kept_cursors import fetch
from core.state.registry import Finding, Level, check
from core.state.runs import duration_in_words, last_run

# What failed after the last mail went. A job that deletes an expired code ends well, and its former
# tries are here all the same.
_FAILING = """
SELECT statement_timestamp() - min(event.at), count(DISTINCT event.job_id)
FROM procrastinate_jobs AS job JOIN procrastinate_events AS event ON event.job_id = job.id
WHERE job.queue_name = 'mail' AND event.type IN ('deferred_for_retry', 'failed')
    AND job.task_name NOT IN (
        'notifications.channels.jobs.push', 'notifications.channels.jobs.tell_channel'
    )
    AND event.at > coalesce((SELECT at FROM core_staterun WHERE name = 'mail'), '-infinity')
"""


@check("mail", gettext_lazy("Mail"))
def check_mail() -> Iterator[Finding]:
    ((failing, number),) = fetch(_FAILING, [])
    run = last_run("mail")
    if run is None:
        words = _("None has gone yet.")
    else:
        words = _("The last one went %(age)s ago.") % {"age": duration_in_words(run.age)}
    if failing is None:
        yield Finding(Level.OK, words)
        return
    words += " " + _("The mail server has taken none for %(age)s; mails that wait: %(count)d.") % {
        "age": duration_in_words(failing),
        "count": number,
    }
    is_told = failing >= timedelta(minutes=settings.STATE_MAIL_MINUTES)
    yield Finding(Level.CRITICAL if is_told else Level.OK, words)
