"""Attach a poll to a consultation's page, and detach it.

The consultation holds the key; the poll knows nothing of it.
"""

from __future__ import annotations

from typing import cast

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations.events import ConsultationPollAttached, ConsultationPollDetached
from consultations.models import Consultation
from consultations.polls import rules
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from votes.models import Poll


def attach_poll(consultation: Consultation, poll: Poll, *, by: User) -> Consultation:
    """Refuses by rules.attach_poll, and with ``poll.attached_elsewhere``. Emits
    ConsultationPollAttached."""
    try:
        with action():
            consultation = locked(consultation)
            poll = Poll.objects.get(pk=poll.pk)
            require(rules.attach_poll(by, consultation, poll, now=clock.now()))
            consultation.poll = poll
            consultation.save(update_fields=["poll"])
            emit(ConsultationPollAttached(consultation.pk, by.pk, poll.pk))
            return consultation
    except IntegrityError:
        reject("poll.attached_elsewhere", _("This poll stands with another consultation."))


def detach_poll(consultation: Consultation, *, by: User) -> Consultation:
    """Refuses by rules.detach_poll. Emits ConsultationPollDetached."""
    with action():
        consultation = locked(consultation)
        require(rules.detach_poll(by, consultation, now=clock.now()))
        poll_id = cast(int, consultation.poll_id)  # the rule let it go, so there is one
        consultation.poll = None
        consultation.save(update_fields=["poll"])
        emit(ConsultationPollDetached(consultation.pk, by.pk, poll_id))
        return consultation
