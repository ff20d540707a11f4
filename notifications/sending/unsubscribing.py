"""Unsubscribing from the mails to many about a consultation, by one click (RFC 8058).

The link holds a token that is made of the person, the consultation and the site's secret, and is
stored nowhere: who has the mail can stop these mails, and nothing else.
"""

from __future__ import annotations

from hmac import compare_digest

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac

from core.domain.actions import action
from core.domain.events import emit
from notifications.following.events import SubscribedToConsultation, UnsubscribedOfConsultation
from notifications.models import Unsubscription


def unsubscribe_path(user_id: int, consultation_id: int) -> str:
    """The path of the page that stops a person's mails about a consultation."""
    token = _token(user_id, consultation_id)
    return reverse("notifications:unsubscribe", args=[consultation_id, user_id, token])


def is_token_of(user_id: int, consultation_id: int, given: str) -> bool:
    """Whether a token is theirs. Takes the same time either way."""
    return compare_digest(_token(user_id, consultation_id).encode(), given.encode())


def set_wanted(user_id: int, consultation_id: int, *, is_wanted: bool) -> None:
    """Stop a person's mails to many about a consultation, or let them come again.

    Said twice it is done once. Emits UnsubscribedOfConsultation, SubscribedToConsultation.
    """
    with action():
        mine = Unsubscription.objects.filter(user=user_id, consultation=consultation_id)
        if is_wanted:
            if mine.delete()[0]:
                emit(SubscribedToConsultation(user_id, consultation_id))
            return
        _row, is_first = Unsubscription.objects.get_or_create(
            user_id=user_id, consultation_id=consultation_id
        )
        if is_first:
            emit(UnsubscribedOfConsultation(user_id, consultation_id))


def unsubscribed_users(consultation_id: int) -> QuerySet[Unsubscription, int]:
    """The ids of those who want no more mails about a consultation."""
    rows = Unsubscription.objects.filter(consultation=consultation_id)
    return rows.values_list("user_id", flat=True)


def _token(user_id: int, consultation_id: int) -> str:
    value = f"{user_id}:{consultation_id}"
    return salted_hmac("notifications.unsubscribe", value, algorithm="sha256").hexdigest()[:40]
