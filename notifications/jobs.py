"""What the worker does for notifications."""

from __future__ import annotations

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from core.domain import clock
from notifications import fanout, invitations, mail, polls, signatures, signers
from notifications.models import Letter

MAIL_QUEUE = "mail"


class Patient(BaseRetryStrategy):
    """After 30 s, 1, 2, 4 … minutes, then every hour; given up after about two days."""

    def __init__(self, attempts: int = 54, longest: int = 3600) -> None:
        self.attempts, self.longest = attempts, longest

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= self.attempts:
            return None
        return RetryDecision(retry_in={"seconds": min(30 * 2**job.attempts, self.longest)})


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send(template: str, user_id: int, about: str, ids: dict[str, int]) -> None:
    """One mail to one person."""
    mail.send(template, user_id, about, ids)


# A code is awaited: before everything else, and tried again soon.
@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=30, longest=60), priority=10)
def send_letter(letter_id: int) -> None:
    """One mail that is written already."""
    mail.send_letter(letter_id)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_invitation(invitation_id: int) -> None:
    """The link to act for an organisation, to somebody who may have no account."""
    invitations.send_invitation(invitation_id)


# Awaited as a code is.
@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=30, longest=60), priority=10)
def send_signature_link(pending_id: int) -> None:
    """The link to sign a petition, to whoever asked for it."""
    signatures.send_signature_link(pending_id)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def tell_participants(
    template: str, consultation_id: int, about: str, ids: dict[str, int], after: int = 0
) -> None:
    """A batch of the participants; the job of the next batch is deferred with it."""
    fanout.tell_participants(template, consultation_id, about, ids, after)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def tell_signers(
    audience: str, template: str, about: str, ids: dict[str, int], after: int = 0
) -> None:
    """A batch of a petition's signers; the job of the next batch is deferred with it."""
    signers.tell_signers(audience, template, about, ids, after)


# After mails to one person: a mailing of a hundred thousand takes hours.
@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def send_to_signer(
    audience: str, template: str, signature_id: int, about: str, ids: dict[str, int]
) -> None:
    """One mail to one signer."""
    signers.send(audience, template, signature_id, about, ids)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def tell_invited(poll_id: int, after: int = 0) -> None:
    """A batch of the list of a poll; the job of the next batch is deferred with it."""
    polls.tell_invited(poll_id, after)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def send_to_invited(invitation_id: int) -> None:
    """One mail to one line of the list of a poll."""
    polls.send_to_invited(invitation_id)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="sweep_letters")
def sweep_letters(timestamp: int) -> None:
    """Delete letters that could not be sent in time: no code stays behind."""
    Letter.objects.filter(expires_at__lt=clock.now()).delete()
