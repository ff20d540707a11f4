"""A test with real transactions leaves nothing behind that another one would find."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from core.domain import outbox
from core.web import limits
from petitions.models import Ground, Procedure
from tests.petitions.factories import petition, signatures
from tests.petitions.ledger.test_append import counted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", ["first", "again"])
def test_a_job_and_a_counted_try_are_gone_with_their_test(run):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_limit")
        assert cursor.fetchone() == (0,)
    assert not ProcrastinateJob.objects.exists()
    outbox.defer("core.jobs.sweep_limits", timestamp=0)
    limits.spend("somebody", most=1, per=timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", ["first", "again"])
def test_rows_of_migrations_are_there_again(run):
    assert Procedure.objects.exists()
    assert ContentType.objects.exists()
    assert Ground.objects.filter(name="changed").count() == 0
    Ground.objects.update(name="changed")
    ContentType.objects.all().delete()
    Procedure.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", ["first", "again"])
def test_what_nobody_may_delete_is_gone_too(run, olena):
    """The ledger refuses to delete, and rows hang on each other by keys."""
    assert list(User.objects.all()) == [olena]
    signed = petition(olena)
    signatures(signed, 2)
    assert counted(signed) == 1
