"""Mails about polls: to people on a list that it has opened, once each, in batches; to whoever
answered in words that a moderator does not show them.

All of the list are told alike, whoever has voted by then: no mail, no job and no row of ``Sent``
says anything of a vote. There is nothing to stop, because there is no second mail.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core.domain import clock, outbox
from core.domain.events import within
from core.domain.mail import compose
from discussions.models import HideReason
from notifications.contents import Context, mail
from notifications.mail import defer, hand_over, message_id
from notifications.models import Sent
from votes.events import PollOpened, TextHidden
from votes.models import Invitation, Poll, State, Text
from votes.printing import closing_words

BATCH = 500


@within(PollOpened)
def poll_opened(event: PollOpened) -> None:
    if Poll.objects.filter(pk=event.poll_id, voters=Poll.Voters.INVITED).exists():
        outbox.defer("notifications.jobs.tell_invited", poll_id=event.poll_id)


@within(TextHidden)
def text_hidden(event: TextHidden) -> None:
    """Tell its author why; hidden a second time, she is told a second time. Of words on paper, or
    by a line of a list, nobody knows whose they are."""
    text = Text.objects.select_related("ballot__mark").get(pk=event.text_id)
    if text.ballot and text.ballot.mark.user_id and text.decided_at:
        defer(
            "votes/text_hidden",
            user_id=text.ballot.mark.user_id,
            about=f"text:{text.pk}:{text.decided_at.timestamp():.0f}",
            text_id=text.pk,
        )


@mail("votes/text_hidden")
def _text_hidden(user: User, *, text_id: int) -> Context:
    """Nothing when it is shown by now, or other words stand in its place."""
    hidden = Text.objects.filter(state=Text.State.HIDDEN, ballot__mark__user=user)
    text = hidden.select_related("question__poll").filter(pk=text_id).first()
    return text and {
        "text": text,
        "poll": text.question.poll,
        "reason": HideReason(text.reason).label,
    }


def tell_invited(poll_id: int, after: int = 0) -> int:
    """Defer the mail to the next BATCH of the list, by ascending id above ``after``, and the job of
    the batch after it, in one transaction. Returns how many were deferred."""
    with transaction.atomic():
        lines = Invitation.objects.filter(poll=poll_id, pk__gt=after).exclude(email="")
        batch = list(lines.order_by("pk").values_list("pk", flat=True)[:BATCH])
        outbox.defer_many(
            "notifications.jobs.send_to_invited", [{"invitation_id": each} for each in batch]
        )
        if len(batch) == BATCH:
            outbox.defer("notifications.jobs.tell_invited", poll_id=poll_id, after=batch[-1])
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
                "until": closing_words(line.poll),
                "path": reverse("votes:vote", args=[line.poll_id]),
            }
            headers = {"Message-ID": message_id(f"invited:{line.pk}:{event}")}
            message = compose("votes/opened", context, to=line.email, headers=headers)
        return hand_over(message)


def _language(email: str) -> str:
    """Who has an account reads hers; everybody else the state's (law 2704-VIII art. 27)."""
    chosen = User.objects.filter(email=email).values_list("language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE
