"""Template tags of channels for the pages of an account."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from notifications.channels.bounces.stopping import bounce_of

register = template.Library()


@register.inclusion_tag("notifications/bounced.html")
def bounced_address(user: User) -> dict[str, Any]:
    """Notice that mails to the person come back, where they do: one query, none where it is not
    read.
    """
    return {"bounced": bounce_of(user.email), "email": user.email}
