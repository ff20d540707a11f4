"""A mailing to many signers: memory and queue stay as small as for one batch."""

from __future__ import annotations

import tracemalloc

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.sending.fanout import BATCH, tell_batch
from petitions.news import actions
from tests.petitions import factories

_SIGN = """
INSERT INTO petitions_signature
    (petition_id, mailbox, email, name, name_withheld, wants_news, status, suspicion, domain)
SELECT %s, decode(lpad(to_hex(n), 32, '0'), 'hex'), 'p' || n || '@viche.example', 'Підписантка',
       false, true, 1, '', ''
FROM generate_series(1, %s) n
"""


def jobs(kind: str) -> list[ProcrastinateJob]:
    named = ProcrastinateJob.objects.filter(task_name=f"notifications.jobs.{kind}")
    return list(named.order_by("pk"))


@pytest.mark.django_db
def test_the_next_batch_comes_after_the_mails_of_this_one(olena, waiting):
    """So that the queue never holds more than a batch of it; and all wait for mails to one."""
    petition = factories.petition(olena)
    factories.signatures(petition, BATCH + 1)
    actions.post_news(petition, by=olena, title="Нас почули", text="Так.")
    (first,) = waiting()
    tell_batch(**first.args)
    *mails, following = waiting()[1:]
    assert {job.task_name for job in mails} == {"notifications.jobs.send_to_member"}
    assert following.task_name == "notifications.jobs.tell_audience"
    assert {job.priority for job in waiting()} == {-10}


@pytest.mark.timeout(1200)
@pytest.mark.django_db
@pytest.mark.parametrize(
    "many",
    [
        pytest.param(10_000, marks=pytest.mark.long),
        pytest.param(100_000, marks=pytest.mark.nightly),
    ],
)
def test_memory_does_not_grow_with_the_signers(olena, many):
    petition = factories.petition(olena)
    with connection.cursor() as cursor:
        cursor.execute(_SIGN, [petition.pk, many])
    actions.post_news(petition, by=olena, title="Нас почули", text="Так.")
    peaks, told = [], 0
    tracemalloc.start()
    batch = jobs("tell_audience")[-1]
    while batch is not None:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        told += tell_batch(**batch.args)
        peaks.append(tracemalloc.get_traced_memory()[1] - before)
        following = jobs("tell_audience")[-1]
        batch = following if following.pk != batch.pk else None
    tracemalloc.stop()
    assert told == many
    assert len(peaks) == many // BATCH + 1
    assert max(peaks[1:]) < 2 * min(peaks[1:-1])
    assert max(peaks) < 8 * 2**20
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT args->>'member_id'), count(*) FROM procrastinate_jobs "
            "WHERE task_name = 'notifications.jobs.send_to_member'"
        )
        assert cursor.fetchone() == (many, many)
