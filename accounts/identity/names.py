"""Offer people the name that a provider knows, where it is another than the one they typed; who
has typed none has it from now on.

Nobody is made to use it: a public name may be a pen name that people know them by, and documents
spell names in ways of their own.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.identity.facts import Facts
from accounts.models import User
from accounts.people.actions import change_profile
from accounts.people.fields import clean_name

_KEY = "offered_name"


def offer(request: HttpRequest, user: User, facts: Facts, *, onward: str) -> HttpResponse:
    """Lead the person who has just been checked onward; through the offer where names differ."""
    messages.success(request, _("Thank you: it is confirmed who you are."))
    page = reverse("identity:verify")
    try:
        given, family = clean_name(facts.given_name), clean_name(facts.family_name)
    except ValidationError:  # none was told, or what no name is
        return redirect(onward or page)
    if _plain(given, family) == _plain(user.given_name, user.family_name):
        return redirect(onward or page)
    if not user.given_name:
        change_profile(user, fields={"given_name": given, "family_name": family})
        said = _("Your name here is %(name)s now. You can change it under “My account”.")
        messages.success(request, said % {"name": f"{given} {family}"})
        return redirect(onward or page)
    request.session[_KEY] = {"given_name": given, "family_name": family, "onward": onward}
    query = QueryDict(mutable=True)
    query["next"] = onward
    return redirect(f"{page}?{query.urlencode()}" if onward else page)


def offer_to(request: HttpRequest) -> dict[str, str]:
    """The name on offer in this session; {} for none."""
    return dict(request.session.get(_KEY) or {})


def settle(request: HttpRequest) -> dict[str, str]:
    """Take the offer away, whatever was answered; returns what it was."""
    return dict(request.session.pop(_KEY, None) or {})


def _plain(given: str, family: str) -> str:
    """A name as a reader takes it: case does not matter."""
    return f"{given} {family}".casefold()


def fields_of(offer: dict[str, str]) -> dict[str, str]:
    """The offered name as accounts.people.actions.change_profile takes it."""
    return {name: offer[name] for name in ("given_name", "family_name") if offer.get(name)}
