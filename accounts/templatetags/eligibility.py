"""Template tags for what somebody lacks to take part, and the way to it and back."""

from typing import Any
from urllib.parse import urlsplit

from django import forms, template
from django.http import HttpRequest

from accounts.identity.queries import configured_providers
from accounts.lacking import KEEP, reasons_of
from accounts.people.forms import SignUpForm
from accounts.people.naming import form_of, lacks_name
from core.domain.rules import Verdict
from core.templatetags.components import answers_post

register = template.Library()


@register.inclusion_tag("components/eligibility.html", takes_context=True)
def eligibility(context: template.Context, verdict: Verdict, back: str = "") -> dict[str, Any]:
    """Why a verdict refuses, each reason with the link to where one gets what is missing.

    ``back``: the path of this site to which one comes back from there; "" for the page from which
    the refused form was sent.
    """
    back = back or _sent_from(context["request"])
    return {"reasons": reasons_of(verdict, back), "is_refusal": answers_post(context)}


@register.simple_tag
def keep_words(verdict: Verdict) -> str:
    """Label of the button that keeps the typed text and leads to the first missing requirement."""
    reason = next(iter(reasons_of(verdict, "/")), {})
    return str(KEEP.get(reason.get("way", ""), KEEP[""]))


@register.inclusion_tag("components/own_name.html", takes_context=True)
def own_name(context: template.Context) -> dict[str, Any]:
    """The fields for the name of whoever is signed in and has said none; nothing for others. Their
    view is accounts.people.naming.naming. In a form that a stranger's page holds, too: nothing
    there."""
    request = context.get("request")
    is_asked = request is not None and lacks_name(request)
    return {"form": form_of(request) if request is not None and is_asked else None}


@register.simple_tag
def sign_up_form() -> forms.BaseForm:
    """The empty form of signing up, for the page that asks to sign in."""
    return SignUpForm()


@register.simple_tag
def identity_providers() -> list[dict[str, Any]]:
    """Those of this installation, each with id and name."""
    return configured_providers()


def _sent_from(request: HttpRequest) -> str:
    """The path of the page on which a form was sent, or of the page itself."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and came_from.netloc == request.get_host():
        return came_from.path
    return request.path if request.method == "GET" else "/"
