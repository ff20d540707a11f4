"""Jobs that have failed for good: their tasks and times, never their arguments."""

from __future__ import annotations

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from core.db.paging import Page, page_of

SIZE = 25
#: What is read of a job: its arguments are nobody's to see.
_SHOWN = ("id", "queue_name", "task_name", "attempts")


def failed_jobs() -> QuerySet[ProcrastinateJob]:
    """Failed jobs, each with ``failed_at``. One that comes again by itself (it has a queueing lock)
    is over when a later one of its task has succeeded."""
    later = ProcrastinateJob.objects.filter(
        task_name=OuterRef("task_name"), id__gt=OuterRef("id"), status="succeeded"
    )
    return (
        ProcrastinateJob.objects.filter(status="failed")
        .filter(Q(queueing_lock=None) | ~Exists(later))
        .only(*_SHOWN)
    )


def count_failed() -> int:
    """Number of failed jobs. One query."""
    return failed_jobs().count()


def page_of_failed(after: str | None) -> Page[ProcrastinateJob]:
    """A page of failed jobs, the newest first, each with ``failed_at``. Two queries."""
    page = page_of(failed_jobs(), after=after, size=SIZE)
    events = ProcrastinateEvent.objects.filter(job__in=[job.pk for job in page], type="failed")
    failed_at = dict(events.values_list("job").annotate(Max("at")))
    for job in page:
        job.failed_at = failed_at.get(job.pk)
    return page
