"""Mails about polls: to everybody on a list that the poll has opened, and to the author of an
answer in words that a moderator has hidden.

All of the list are told alike, also those who have voted by then: no mail, no job and no row of
``Sent`` says anything of a vote. There is nothing to stop, because there is no second mail.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.domain.council import is_ukrainian
from core.domain.events import within
from core.domain.name_cases import to_dative
from discussions.models import HideReason
from notifications.mails.contents import Context, mail
from notifications.sending.fanout import tell
from notifications.sending.mail import defer
from votes.electorate.printing import closing_words
from votes.events import PollOpened, TextHidden
from votes.models import Invitation, Poll, Text


@within(PollOpened)
def poll_opened(event: PollOpened) -> None:
    if Poll.objects.filter(pk=event.poll_id, voters=Poll.Voters.INVITED).exists():
        about = f"poll:{event.poll_id}"
        tell("invited", "votes/opened", about=about, poll_id=event.poll_id)


@within(TextHidden)
def text_hidden(event: TextHidden) -> None:
    """Tell its author why; hidden a second time, they are told a second time. Of words on paper, or
    by a line of a list, nobody knows whose they are."""
    text = Text.objects.select_related("ballot__voter_record").get(pk=event.text_id)
    if text.ballot and text.ballot.voter_record.user_id and text.decided_at:
        defer(
            "votes/text_hidden",
            user_id=text.ballot.voter_record.user_id,
            about=f"text:{text.pk}:{text.decided_at.timestamp():.0f}",
            text_id=text.pk,
        )


@mail("votes/text_hidden")
def _text_hidden(user: User, *, text_id: int) -> Context:
    """Nothing when it is shown by now, or other words stand in its place."""
    hidden = Text.objects.filter(state=Text.State.HIDDEN, ballot__voter_record__user=user)
    text = hidden.select_related("question__poll").filter(pk=text_id).first()
    return text and {
        "text": text,
        "poll": text.question.poll,
        "reason": HideReason(text.reason).label,
    }


@mail("votes/opened")
def _opened(line: Invitation, *, poll_id: int) -> Context:
    return {
        "addressee": _address(line.name),
        "poll": line.poll,
        "until": closing_words(line.poll),
        "path": reverse("votes:vote", args=[poll_id]),
    }


def _address(listed: str) -> str:
    """The addressee as the list names them: with what stands behind a comma in brackets. In
    Ukrainian the name is in the dative, where that is sure.
    """
    name, _comma, about = (part.strip() for part in listed.partition(","))
    declined = to_dative(name) if is_ukrainian() else name
    whom = f"{declined} ({about})" if about else declined
    if is_ukrainian() and declined == name:
        return _("Addressee: %(name)s.") % {"name": whom}
    return _("To: %(name)s.") % {"name": whom}
