"""A test with real transactions leaves nothing behind that another one would find."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from core import limits, outbox
from core.jobs import sweep_limits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("run", ["first", "again"])
def test_a_job_and_a_counted_try_are_gone_with_their_test(run):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_limit")
        assert cursor.fetchone() == (0,)
    assert not ProcrastinateJob.objects.exists()
    outbox.defer(sweep_limits, timestamp=0)
    limits.spend("somebody", most=1, per=timedelta(hours=1))
