"""A new secret by mail, for an applicant who has lost theirs.

Every request defers the same job, which knows the appeal's id and a digest of the e-mail that was
typed: only the job looks whether they belong together, so the page's answer and its time tell
nothing. The secret is made when the mail is sent, and no table ever holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import constant_time_compare, salted_hmac

from appeals import actions
from appeals.filing import limits
from appeals.models import Appeal
from core.domain import outbox
from core.domain.actions import action
from core.domain.email_addresses import to_comparable


@dataclass(frozen=True, slots=True)
class Renewed:
    """An appeal, and its new secret."""

    appeal: Appeal
    secret: str


def ask(number: int, day: date, *, email: str) -> None:
    """Defer the job, whether there is such an appeal or not."""
    rows = Appeal.objects.filter(number=number, registered_on=day)
    found = rows.values_list("pk", flat=True).first() or 0
    with action():
        outbox.defer(
            "notifications.jobs.send_appeal_secret",
            appeal_id=found,
            email_digest=_digest(found, email),
        )


def renew(appeal_id: int, email_digest: str) -> Renewed | None:
    """The appeal with a new secret, for the mail that is sent now; None where there is none."""
    appeal = Appeal.objects.filter(pk=appeal_id, author=None, secret_hash__isnull=False).first()
    if appeal is None or not appeal.email:
        return None
    if not constant_time_compare(_digest(appeal.pk, appeal.email), email_digest):
        return None
    if not limits.RENEW_OF_APPEAL.spend(appeal.pk):
        return None
    secret = actions.renew_secret(appeal, by=AnonymousUser(), holds_secret=True)
    return Renewed(appeal, secret)


def forgive(appeal: Appeal) -> None:
    """Do not count what the mail server has refused: the job tries again, with another secret."""
    limits.RENEW_OF_APPEAL.forget(appeal.pk)


def _digest(appeal_id: int, email: str) -> str:
    value = f"{appeal_id}:{to_comparable(email)}"
    return salted_hmac("appeals.renew", value, algorithm="sha256").hexdigest()[:32]
