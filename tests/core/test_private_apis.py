"""Contract with what Django, DRF and procrastinate do not document, and core stands on.

An upgrade that changes one of these fails here by its name; what we make of them is tested beside
each module.
"""

from __future__ import annotations

import inspect

import pytest
from django.contrib.messages.storage.session import SessionStorage
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.query import get_related_populators
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound
from procrastinate.jobs import JobDeferrer
from rest_framework.request import Request

from accounts.models import User
from core.domain import outbox


def test_querysets_and_compilers_of_django():
    """core/db/statements.py."""
    rows = User.objects.annotate(one=models.Value(1))
    assert hasattr(rows, "_fetch_mode")
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.as_sql()
    assert compiler.klass_info["model"] is User
    columns = compiler.select[: compiler.col_count]
    assert all(len(each) == 3 for each in columns)
    first, last = compiler.klass_info["select_fields"][0], compiler.klass_info["select_fields"][-1]
    own = [column.target.attname for column, _sql, _alias in compiler.select[first : last + 1]]
    assert own == [field.attname for field in User._meta.concrete_fields]
    assert set(compiler.annotation_col_map) == {"one"}
    for place, (converters, _column) in compiler.get_converters([c for c, *_ in columns]).items():
        assert isinstance(place, int)
        assert all(map(callable, converters))
    assert list(inspect.signature(User.from_db).parameters) == [
        "db", "field_names", "values", "fetch_mode"
    ]  # fmt: skip
    assert list(inspect.signature(get_related_populators).parameters)[:4] == [
        "klass_info", "select", "db", "fetch_mode"
    ]  # fmt: skip


def test_columns_that_the_database_computes():
    """core/db/statements.py: insert()."""
    assert "db_returning_fields" in dir(User._meta)
    assert {"generated", "attname", "column"} <= set(dir(User._meta.pk))


def test_messages_of_django():
    """core/web/messages.py."""
    assert list(inspect.signature(SessionStorage._store).parameters)[1:3] == [
        "messages", "response"
    ]  # fmt: skip


def test_requests_of_drf(rf):
    """core/api/: the request of Django within."""
    made = rf.get("/")
    assert Request(made)._request is made


@pytest.mark.django_db
def test_a_job_of_a_worker_belongs_to_the_transaction():
    """core/domain/outbox.py: a deferrer writes by the manager that it is given, wherever it is."""
    assert "job_manager" in inspect.signature(JobDeferrer).parameters
    with app.replace_connector(app.connector.get_worker_connector()):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            job = outbox.defer("core.jobs.sweep_limits", timestamp=0)
            assert ProcrastinateJob.objects.filter(pk=job).exists()
            raise ZeroDivisionError
        assert not ProcrastinateJob.objects.filter(pk=job).exists()


@pytest.mark.django_db
def test_a_job_gets_what_its_task_says(django_assert_num_queries):
    with django_assert_num_queries(1):
        jobs = outbox.defer_many(
            "notifications.jobs.send_to_member", [{"member_id": 1}, {"member_id": 2}]
        )
    rows = ProcrastinateJob.objects.filter(pk__in=jobs).order_by("pk")
    assert {(row.queue_name, row.priority) for row in rows} == {("mail", -10)}
    assert [row.args for row in rows] == [{"member_id": 1}, {"member_id": 2}]
    with pytest.raises(TaskNotFound):
        outbox.defer("notifications.jobs.nothing")
