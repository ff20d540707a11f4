"""Unsubscribing a follower by one click (RFC 8058): of one thing, or of everything."""

from __future__ import annotations

from django.urls import reverse

from notifications.following.tokens import stop_token
from notifications.models import Follower, Following


def stop_path(follower: Follower, following: Following | None = None) -> str:
    """The path that stops mails of ``following``, or of everything that they follow.

    Who has the link stops these mails and can do nothing else. It goes on working when the thing is
    followed no more, and lets it be followed again.
    """
    if following is None:
        return reverse("notifications:stop_all", args=[follower.pk, stop_token(follower)])
    token = stop_token(follower, following.topic)
    args = [follower.pk, following.kind, following.thing_id, token]
    return reverse("notifications:stop", args=args)
