"""The template tag that offers a passkey to somebody who has just said something for the first
time."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.allauth_compat import begin_passkey_registration
from accounts.people.naming import take_offer
from accounts.security.forms import passkey_name

register = template.Library()


@register.inclusion_tag("mfa/passkey_offer.html", takes_context=True)
def passkey_offer(context: template.Context) -> dict[str, Any]:
    """A passkey in one tap, once, on the first page of thanks after a name was said. On a page that
    is drawn for one person; nothing for whoever has no offer."""
    request = context["request"]
    if not request.user.is_authenticated or not take_offer(request):
        return {}
    return {
        "options": begin_passkey_registration(request.user),
        "name": passkey_name(request.user, 0),
        "onward": request.path,
        "csrf_token": context.get("csrf_token"),
    }
