"""Send the digests of a day or a week, one batch of followers after another.

A mail and the row that says until when its follower was told commit together, after the mail server
has taken it: a worker killed amid a mailing loses none, and sends at most one again. A batch is
handed over on one connection. Reading is a fixed number of queries a batch; a mail is one write.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from core.audit_log.heads import DayHead, find_last_head
from core.domain import outbox
from core.domain.calendar import KYIV, kyiv
from notifications.digests.letter import compose_digest
from notifications.digests.queries import UNTIL, Digest, load_batch
from notifications.following.handlers_joining import adopt_addresses
from notifications.models import Follower, Frequency
from notifications.sending.mail import hand_over

#: Digests go at 06:30 in Kyiv and tell until this moment: what was recorded then is committed.
TOLD_UNTIL = time(6, 25)
#: Until then they are still begun, where no worker ran at 06:30.
_LATEST = time(11, 0)
_MONDAY = 0
#: When an address is tried again whose server said "not now".
_AGAIN_AFTER = timedelta(minutes=10)


class NotTakenError(Exception):
    """The mail server does not take the mails to these followers now."""


@dataclass(slots=True)
class Sending:
    """Result of a batch: the number of mails sent, the followers to be tried again, and the last
    follower's id where there may be more.
    """

    mails: int = 0
    again: list[int] = field(default_factory=list)
    last: int | None = None


def begin_digests(now: datetime) -> list[str]:
    """Leave the jobs of the digests that are due in this morning, from 06:25 to 11:00 in Kyiv: the
    daily one, on Mondays the weekly one too. Returns the frequencies of those that were not begun
    before."""
    local = now.astimezone(KYIV)
    if not TOLD_UNTIL <= local.time() < _LATEST:
        return []
    due = [Frequency.DAILY, Frequency.WEEKLY][: 2 if local.weekday() == _MONDAY else 1]
    until = kyiv(local.date(), TOLD_UNTIL).isoformat()
    known = ProcrastinateJob.objects.filter(
        task_name="notifications.jobs.send_digests", args__until=until
    )
    begun = set(known.values_list("args__frequency", flat=True))
    new = [str(frequency) for frequency in due if frequency not in begun]
    if new:
        adopt_addresses()
    for frequency in new:
        outbox.defer("notifications.jobs.send_digests", frequency=frequency, until=until)
    return new


def send_and_go_on(frequency: str, until: datetime, after: int, now: datetime) -> Sending:
    """Send a batch, and leave the jobs of the next one and of those who are to be tried again."""
    done = send_batch(frequency, until, after=after)
    mailing = {"frequency": frequency, "until": until.isoformat()}
    with transaction.atomic():
        if done.again:
            outbox.defer_at(
                now + _AGAIN_AFTER,
                "notifications.jobs.send_digests_again",
                **mailing,
                followers=[*done.again],
            )
        if done.last is not None:
            outbox.defer("notifications.jobs.send_digests", **mailing, after=done.last)
    return done


def send_batch(
    frequency: str, until: datetime, *, after: int = 0, only: Collection[int] | None = None
) -> Sending:
    """Send the digests of the next batch above an id, or of ``only`` these followers. Raises what
    the mail server raises, for a later try, which goes on where this one ended."""
    column = UNTIL[Frequency(frequency)]
    batch = load_batch(frequency, until, after=after, only=only)
    if batch.silent:
        waiting = Follower.objects.filter(pk__in=batch.silent, **{f"{column}__lt": until})
        waiting.update(**{column: until})
    done = Sending(last=batch.last)
    if not batch.digests:
        return done
    head = find_last_head()
    with _Connection() as connection:
        for digest in batch.digests:
            try:
                done.mails += _send(digest, frequency, until, head, connection)
            except (SMTPRecipientsRefused, SMTPDataError):
                # The receiver for now (for good is no error), or this mail: not the others.
                done.again.append(digest.follower.pk)
    return done


def _send(
    digest: Digest,
    frequency: str,
    until: datetime,
    head: DayHead | None,
    connection: _Connection,
) -> bool:
    """Send one, unless another worker has: whoever is second waits for the row, and finds it
    told."""
    message = compose_digest(digest, frequency, until, head=head)
    column = UNTIL[Frequency(frequency)]
    with transaction.atomic():
        row = Follower.objects.filter(pk=digest.follower.pk, **{f"{column}__lt": until})
        return bool(row.update(**{column: until})) and connection.hand_over(message)


class _Connection:
    """One connection to the mail server for many mails; opened anew where the server has closed it
    after some, as servers do that count them."""

    def __init__(self) -> None:
        self._mailer = mailers.default
        self._taken = 0

    def __enter__(self) -> Self:
        self._mailer.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._mailer.close()

    def hand_over(self, message: EmailMultiAlternatives) -> bool:
        """As notifications.sending.mail.hand_over."""
        try:
            is_taken = hand_over(message, self._mailer)
        except (SMTPServerDisconnected, SMTPSenderRefused, ConnectionError):
            if not self._taken:
                raise
            self._taken = 0
            self._mailer.close()
            self._mailer.open()
            is_taken = hand_over(message, self._mailer)
        self._taken += is_taken
        return is_taken
