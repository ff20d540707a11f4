"""Mails to people on the list of a poll: that it has opened, once each, in batches.

All of the list are told alike, whoever has voted by then: no mail, no job and no row of ``Sent``
says anything of a vote. There is nothing to stop, because there is no second mail.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core import clock, outbox
from core.events import within
from core.mail import compose
from notifications.mail import hand_over, message_id
from notifications.models import Sent
from votes.events import PollOpened
from votes.models import Invitation, Poll, State

BATCH = 500


@within(PollOpened)
def poll_opened(event: PollOpened) -> None:
    from notifications import jobs

    if Poll.objects.filter(pk=event.poll_id, voters=Poll.Voters.INVITED).exists():
        outbox.defer(jobs.tell_invited, poll_id=event.poll_id)


def tell_invited(poll_id: int, after: int = 0) -> int:
    """Defer the mail to the next BATCH of the list, by ascending id above ``after``, and the job of
    the batch after it, in one transaction. Returns how many were deferred."""
    from notifications import jobs

    with transaction.atomic():
        lines = Invitation.objects.filter(poll=poll_id, pk__gt=after).exclude(email="")
        batch = list(lines.order_by("pk").values_list("pk", flat=True)[:BATCH])
        outbox.defer_many(jobs.send_to_invited, [{"invitation_id": each} for each in batch])
        if len(batch) == BATCH:
            outbox.defer(jobs.tell_invited, poll_id=poll_id, after=batch[-1])
    return len(batch)


def send_to_invited(invitation_id: int) -> bool:
    """Send a deferred mail now. Returns whether it went: False when it has gone before, when the
    address was emptied, or when the poll is not open any more. Raises what the mail server raises,
    for a later try."""
    with transaction.atomic():
        lines = Invitation.objects.select_related("poll").exclude(email="")
        line = lines.filter(pk=invitation_id).first()
        if line is None or line.poll.state_at(clock.now()) != State.OPEN:
            return False
        event = f"votes/opened:poll:{line.poll_id}"
        _row, is_first = Sent.objects.get_or_create(invitation=line, event=event)
        if not is_first:
            return False
        with translation.override(_language(line.email)):
            context = {
                "line": line,
                "poll": line.poll,
                "path": reverse("votes:vote", args=[line.poll_id]),
            }
            headers = {"Message-ID": message_id(f"invited:{line.pk}:{event}")}
            message = compose("votes/opened", context, to=line.email, headers=headers)
        return hand_over(message)


def _language(email: str) -> str:
    """Who has an account reads hers; everybody else the state's (law 2704-VIII art. 27)."""
    chosen = User.objects.filter(email=email).values_list("language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE
