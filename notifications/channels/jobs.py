"""Jobs of channels, and how long each is tried."""

from __future__ import annotations

from django.utils import translation
from procrastinate.contrib.django import app

from notifications.channels.bounces import mailbox, stopping
from notifications.channels.push import sending as pushing
from notifications.channels.telegram import sending as telegram
from notifications.jobs import MAIL_QUEUE, Patient
from notifications.models import BouncedAddress
from notifications.sending.mail import send_now


# News of today: given up after about half an hour.
@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=6, longest=900), priority=-5)
def push(subscription_id: int, activity_id: int) -> None:
    """One message to one browser."""
    pushing.send(subscription_id, activity_id)


@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=20))
def tell_channel(kind: str, pk: int) -> None:
    """One message to the council's Telegram channel."""
    telegram.tell_channel(kind, pk)


# Awaited as a code is.
@app.task(queue=MAIL_QUEUE, retry=Patient(attempts=30, longest=60), priority=10)
def ask_whether_works(bounced_id: int, language: str) -> None:
    """The link by which the owner of an address says that it works."""
    bounced = BouncedAddress.objects.filter(pk=bounced_id).first()
    if bounced is None:
        return
    with translation.override(language):
        send_now(
            "notifications/address_works",
            {"path": stopping.link_of(bounced)},
            to=bounced.email,
            name=f"bounced:{bounced.pk}:{bounced.at.timestamp()}",
        )


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="read_bounces")
def read_bounces(timestamp: int) -> None:
    """Read which mails came back; where no mailbox is set, nothing."""
    mailbox.read_mailbox()
