"""Jobs of the worker that sends mails, and how long each is tried."""

from __future__ import annotations

import logging
from datetime import datetime

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from core.domain import clock
from core.domain.calendar import local_date
from notifications.activities import gathering, telling
from notifications.digests import sending
from notifications.mails import (
    appeal_letters,
    applicants,
    invitations,
    registrations,
    reminders,
    signatures,
    weekly,
)
from notifications.models import Letter
from notifications.sending import budget, fanout, mail
from votes.models import Invitation

log = logging.getLogger(__name__)

MAIL_QUEUE = "mail"
#: The try at which the log says that a mail does not go: a server may be away for a minute.
_SAID_AT = 2


class Patient(BaseRetryStrategy):
    """After 30 s, 1, 2, 4 … minutes, then every hour; given up after about two days."""

    def __init__(self, attempts: int = 54, longest: int = 3600) -> None:
        self.attempts, self.longest = attempts, longest

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= self.attempts:
            return None
        if job.attempts == _SAID_AT:
            log.warning("a mail does not go: %s", type(exception).__name__)
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


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_staff_invitation(invitation_id: int) -> None:
    """The link to a role at the council, to somebody who may have no account."""
    invitations.send_staff_invitation(invitation_id)


# Awaited as a code is.
@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=30, longest=60), priority=10)
def send_signature_link(pending_id: int, by_id: int | None = None) -> None:
    """The link to sign a petition, to whoever asked for it."""
    signatures.send_signature_link(pending_id, by_id)


# Awaited as a code is.
@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=30, longest=60), priority=10)
def send_asked_letter(letter_id: int, about: str, asker: str) -> None:
    """One mail that is written already, which anybody can ask for to any address."""
    budget.send("letter", {"letter_id": letter_id, "about": about}, asker=budget.Asker(asker))


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_appeal_filed(appeal_id: int) -> None:
    """The number of an appeal, to its applicant, who may have no account."""
    applicants.send_appeal_filed(appeal_id)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_track_suggested(appeal_id: int, entry_id: int) -> None:
    """Mail the applicant the link to a suggestion of the council."""
    applicants.send_track_suggested(appeal_id, entry_id)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_appeal_accepted(appeal_id: int) -> None:
    """Mail the applicant which department considers the appeal, and until when."""
    appeal_letters.send_accepted(appeal_id)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_appeal_notice(appeal_id: int, kind: str) -> None:
    """A notice of what became of an appeal, to its applicant."""
    appeal_letters.send_notice(appeal_id, kind)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_appeal_told(appeal_id: int, entry_id: int) -> None:
    """Mail the applicant the appeal's changed term."""
    appeal_letters.send_told(appeal_id, entry_id)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_appeal_answer(answer_id: int) -> None:
    """The answer to an appeal, to its applicant."""
    appeal_letters.send_answer(answer_id)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_appeal_published(answer_id: int) -> None:
    """Mail the applicant the link to the published answer."""
    appeal_letters.send_published(answer_id)


# Awaited as a code is.
@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=30, longest=60), priority=10)
def send_appeal_secret(appeal_id: int, digest: str) -> None:
    """A new secret, to the applicant who has lost theirs."""
    applicants.send_appeal_secret(appeal_id, digest)


@app.task(queue=MAIL_QUEUE, retry=Patient())
def send_appeal_secret_renewed(appeal_id: int, at_office: bool) -> None:
    """Mail the applicant that another secret opens the appeal."""
    applicants.send_appeal_secret_renewed(appeal_id, at_office=at_office)


# After mails to one person: a mailing of a hundred thousand takes hours.
@app.task(
    queue=MAIL_QUEUE,
    retry=Patient(),
    priority=-10,
    aliases=["notifications.jobs.tell_signers"],  # of version 0.3
)
def tell_audience(
    audience: str, template: str, about: str, ids: dict[str, int], after: int = 0
) -> None:
    """A batch of an audience; the job of the next batch is deferred with it."""
    fanout.tell_batch(audience, template, about, ids, after)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def send_to_member(
    audience: str,
    template: str,
    member_id: int,
    about: str,
    ids: dict[str, int],
    asker: str = "",
) -> None:
    """One mail to one member of an audience."""
    fanout.send_to_member(audience, template, member_id, about, ids, asker)


@app.task
def tell_followers(activity_id: int) -> None:
    """Defer the mails to those who want to be told of an activity at once."""
    telling.tell_followers(activity_id)


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="record_closing")
def record_closing(timestamp: int) -> None:
    """Record what closes soon, before the digests of the morning (the cron is UTC)."""
    gathering.record_closing(clock.now())


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="record_remarks_of_organisations")
def record_remarks_of_organisations(timestamp: int) -> None:
    """Record what organisations have said, for who follows them."""
    gathering.record_remarks_of_organisations(clock.now())


@app.periodic(cron="30,50 3-8 * * *")
@app.task(queueing_lock="begin_digests")
def begin_digests(timestamp: int) -> None:
    """Begin the digests at 06:30 in Kyiv, which is 03:30 UTC in summer and 04:30 in winter. Later
    times are for a morning on which no worker ran: a time that was missed is not made up for."""
    sending.begin_digests(clock.now())


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def send_digests(frequency: str, until: str, after: int = 0) -> None:
    """A batch of digests; the job of the next one is deferred after it."""
    sending.send_and_go_on(frequency, datetime.fromisoformat(until), after, clock.now())


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def send_digests_again(frequency: str, until: str, followers: list[int]) -> None:
    """Digests whose receivers the mail server did not take before. Fails while it does not."""
    done = sending.send_batch(frequency, datetime.fromisoformat(until), only=followers)
    if done.again:
        raise sending.NotTakenError(done.again)


@app.periodic(cron="* * * * *")
@app.task(queue=MAIL_QUEUE, queueing_lock="send_held_mails")
def send_held_mails(timestamp: int) -> None:
    """Send what was over the budget of its mailbox, once it is due."""
    budget.send_due()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="sweep_letters")
def sweep_letters(timestamp: int) -> None:
    """Delete letters that could not be sent in time: no code stays behind."""
    Letter.objects.filter(expires_at__lt=clock.now()).delete()


@app.periodic(cron="5 5 * * 1-5")
@app.task(queueing_lock="remind_of_deadlines")
def remind_of_deadlines(timestamp: int) -> None:
    """Remind the council's staff of what is due: early on working mornings (the cron is UTC)."""
    reminders.remind_all(local_date(clock.now()))


@app.periodic(cron="15 5 * * 1")
@app.task(queueing_lock="tell_heads_what_waits")
def tell_heads_what_waits(timestamp: int) -> None:
    """Tell heads of departments what waits: early on Mondays (the cron is UTC)."""
    weekly.tell_heads(local_date(clock.now()))


@app.periodic(cron="10 7 * * *")
@app.task(queueing_lock="remind_of_meetings")
def remind_of_meetings(timestamp: int) -> None:
    """Remind those who registered of tomorrow's meetings, in the morning (the cron is UTC)."""
    registrations.remind_of_tomorrow(local_date(clock.now()))


# --- jobs that version 0.3 left in the queue: they go with the next version -----------------------


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def tell_participants(
    template: str, consultation_id: int, about: str, ids: dict[str, int], after: int = 0
) -> None:
    """tell_audience("participants", …), whose ids name the consultation."""
    fanout.tell_batch("participants", template, about, ids, after)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def send_to_signer(
    audience: str, template: str, signature_id: int, about: str, ids: dict[str, int]
) -> None:
    """send_to_member of an audience of signers."""
    fanout.send_to_member(audience, template, signature_id, about, ids)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def tell_invited(poll_id: int, after: int = 0) -> None:
    """tell_audience("invited", …)."""
    ids = {"poll_id": poll_id}
    fanout.tell_batch("invited", "votes/opened", f"poll:{poll_id}", ids, after)


@app.task(queue=MAIL_QUEUE, retry=Patient(), priority=-10)
def send_to_invited(invitation_id: int) -> None:
    """send_to_member("invited", …)."""
    for line in Invitation.objects.filter(pk=invitation_id):
        ids = {"poll_id": line.poll_id}
        about = f"poll:{line.poll_id}"
        fanout.send_to_member("invited", "votes/opened", line.pk, about, ids)
