"""The poll that stands with an answer. The answer holds the key; the poll knows nothing of it."""

from __future__ import annotations

from typing import cast

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from petitions.events import AnswerPollAttached, AnswerPollDetached
from petitions.models import Answer, Petition
from petitions.polls import rules
from votes.models import Poll


def attach(petition: Petition, poll: Poll, *, by: User) -> Answer:
    """Refuses by rules.attach, and with ``poll.attached_elsewhere``. Emits
    AnswerPollAttached. Raises Answer.DoesNotExist before there is an answer."""
    try:
        with action():
            petition = locked(petition)
            answer, poll = Answer.objects.get(petition=petition), Poll.objects.get(pk=poll.pk)
            require(rules.attach(by, petition, answer, poll, now=clock.now()))
            answer.poll = poll
            answer.save(update_fields=["poll"])
            emit(AnswerPollAttached(petition.pk, by.pk, poll.pk))
            return answer
    except IntegrityError:
        reject("poll.attached_elsewhere", _("This poll stands with another answer."))


def detach(petition: Petition, *, by: User) -> Answer:
    """Refuses by rules.detach. Emits AnswerPollDetached."""
    with action():
        petition = locked(petition)
        answer = Answer.objects.get(petition=petition)
        require(rules.detach(by, petition, answer))
        poll_id = cast(int, answer.poll_id)  # the rule let it go, so there is one
        answer.poll = None
        answer.save(update_fields=["poll"])
        emit(AnswerPollDetached(petition.pk, by.pk, poll_id))
        return answer
