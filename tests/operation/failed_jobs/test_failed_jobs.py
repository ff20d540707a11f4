"""Failed jobs at the desk: retried or dismissed by administrators, once, with an audit entry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from core.domain.rules import Refused
from core.models import AuditEntry
from notifications.models import Letter
from notifications.sending.mail import LETTER_LIVES, defer_letter
from operation.failed_jobs import actions
from operation.failed_jobs.queries import SIZE
from tests.operation.failed_jobs.jobs import set_failed

pytestmark = pytest.mark.django_db
STATE = reverse("state_desk:state")


@pytest.fixture
def failed(db) -> ProcrastinateJob:
    defer_letter(EmailMultiAlternatives("Код", "417-902", to=["olena@viche.example"]))
    job = ProcrastinateJob.objects.get()
    set_failed(job.pk)
    return job


def status(job: ProcrastinateJob) -> str:
    return ProcrastinateJob.objects.get(pk=job.pk).status


def test_a_job_is_retried(client, admin, failed):
    client.force_login(admin)
    answer = client.post(reverse("state_desk:retry", args=[failed.pk]))
    assert (answer.status_code, answer["Location"], status(failed)) == (302, STATE, "todo")
    entry = AuditEntry.objects.get(event="FailedJobRetried")
    assert entry.ids == {
        "by_id": admin.pk,
        "job_id": failed.pk,
        "kind": "notifications.jobs.send_letter",
    }
    app.tasks[failed.task_name].func(**failed.args)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("early", "sent"), [(1, 1), (0, 0)])
def test_a_code_that_has_expired_is_never_sent(clock, admin, failed, early, sent):
    """Retried in its last second, and at its end."""
    letter = Letter.objects.get()
    clock.stop(letter.expires_at - timedelta(seconds=early))
    actions.retry_job(failed.pk, by=admin)
    app.tasks[failed.task_name].func(**failed.args)
    assert len(mail.outbox) == sent
    assert not Letter.objects.exists()
    assert timedelta(minutes=15) == LETTER_LIVES


def test_a_job_is_dismissed_and_stands_in_the_audit_log(client, admin, failed):
    client.force_login(admin)
    client.post(reverse("state_desk:dismiss", args=[failed.pk]))
    assert status(failed) == "cancelled"
    assert AuditEntry.objects.get(event="FailedJobDismissed").actor == admin.pk
    assert not client.get(STATE).context["jobs"]


@pytest.mark.parametrize("act", [actions.retry_job, actions.dismiss_job])
def test_what_was_dealt_with_is_refused(admin, ofi, failed, act):
    with pytest.raises(Refused) as refused:
        act(failed.pk, by=ofi)
    assert refused.value.verdict.code == "account.not_administrator"
    actions.dismiss_job(failed.pk, by=admin)
    with pytest.raises(Refused) as refused:
        act(failed.pk, by=admin)
    assert refused.value.verdict.code == "job.not_failed"


def test_the_page_names_no_address_and_no_argument(client, admin, failed):
    client.force_login(admin)
    page = client.get(STATE).content.decode()
    assert f"#{failed.pk}" in page and "notifications.jobs.send_letter" in page
    assert not any(each in page for each in ("olena@", "417-902", "letter_id"))


def test_pages_of_failed_jobs(client, admin, failed, django_assert_max_num_queries):
    for _number in range(SIZE + 1):
        defer_letter(EmailMultiAlternatives("Код", "1", to=["olena@viche.example"]))
    for job in ProcrastinateJob.objects.filter(status="todo"):
        set_failed(job.pk)
    client.force_login(admin)
    with django_assert_max_num_queries(55):
        first = client.get(STATE)
    second = client.get(f"{STATE}{first.context['next_url']}")
    seen = [job.pk for page in (first, second) for job in page.context["jobs"]]
    assert len(seen) == len(set(seen)) == SIZE + 2
