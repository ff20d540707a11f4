"""A check runs out: the person is told before, once."""

from __future__ import annotations

import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.identity import actions
from accounts.identity.events import IdentityExpiring
from accounts.jobs import remind_of_identity
from accounts.models import Verification

pytestmark = pytest.mark.django_db
SOON = settings.IDENTITY_DAYS - settings.IDENTITY_REMIND_DAYS


def test_she_is_told_once_and_not_too_early(charlie, verified, clock, hear):
    check = verified(charlie)
    told = hear(IdentityExpiring)
    clock.advance(days=SOON - 1)
    assert actions.remind_of_expiry() == 0
    clock.advance(days=2)
    assert actions.remind_of_expiry() == 1
    assert actions.remind_of_expiry() == 0
    assert told == [IdentityExpiring(charlie.pk, None, check.pk)]


def test_the_job_leaves_a_mail_behind(charlie, verified, clock):
    check = verified(charlie)
    clock.advance(days=SOON + 1)
    remind_of_identity(timestamp=0)
    (job,) = ProcrastinateJob.objects.filter(args__template="accounts/identity_expiring")
    assert job.args["ids"] == {"verification_id": check.pk}


def test_renewed_it_is_told_of_anew(charlie, verified, clock):
    verified(charlie)
    clock.advance(days=SOON + 1)
    actions.remind_of_expiry()
    verified(charlie)
    clock.advance(days=SOON + 1)
    assert actions.remind_of_expiry() == 1


def test_what_has_run_out_or_ended_is_not_told(charlie, olena, verified, clock):
    verified(charlie)
    verified(olena)
    actions.end(olena)
    clock.advance(days=settings.IDENTITY_DAYS + 1)
    assert actions.remind_of_expiry() == 0
    assert not Verification.objects.in_force().exists()
