"""Personal parts that pages of every app hold (core.personal_parts)."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from core.personal_parts import personal_part

register = template.Library()


@personal_part(register, "components/account_menu.html")
def account_menu(request: HttpRequest) -> dict[str, Any]:
    """The header's links to one's own pages, or to signing in."""
    return {"user": request.user}


@personal_part(register, "components/messages.html")
def page_messages(request: HttpRequest) -> dict[str, Any]:
    """What the reader is told once, of what they have just done."""
    return {}


@personal_part(register, "components/act_form.html")
def act_form(request: HttpRequest, mine: str) -> dict[str, Any]:
    """The page's one form, through which the buttons of shared parts act; with its CSRF token.

    ``mine``: the address of what is the reader's own on the page (js/act.js).
    """
    return {"user": request.user, "mine": mine}


@personal_part(register, "components/sign_in_hint.html")
def sign_in_hint(request: HttpRequest) -> dict[str, Any]:
    """That a button leads to signing in, for whoever is not signed in."""
    return {"user": request.user}


@personal_part(register, "components/kept_done.html")
def kept_done(request: HttpRequest) -> dict[str, Any]:
    """Which text that the device keeps was sent by the form before (js/draft-keeper.js); told
    once."""
    user = request.user
    return {"key": request.session.pop("kept_done", "") if user.is_authenticated else ""}
