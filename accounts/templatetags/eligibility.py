"""Template tags for what somebody lacks to take part, and the way to it and back."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.identity.reading import configured
from core.domain.rules import Verdict

register = template.Library()

#: What the link to each way says.
LINKS = {
    "account_login": _("Sign in"),
    "identity:verify": _("Confirm who you are"),
    "identity:merge": _("Join the two accounts"),
    "residence:mine": _("Say where you live"),
    "organisations:mine": _("Your organisations"),
}


@register.inclusion_tag("components/eligibility.html", takes_context=True)
def eligibility(context: template.Context, verdict: Verdict, back: str = "") -> dict[str, Any]:
    """Why a verdict refuses, each reason with the link to where one gets what is missing.

    ``back``: the path of this site to which one comes back from there; "" for the page from which
    the refused form was sent.
    """
    back = back or _sent_from(context["request"])
    lacking = verdict.params.get("missing") or [
        {"message": verdict.message, "way": verdict.params.get("way", "")}
    ]
    # What is got in one place is told once: who confirms who they are, confirms their age.
    first = {each["way"]: each for each in reversed(lacking)}
    told = [each for each in lacking if first[each["way"]] is each]
    return {"reasons": [{"message": each["message"], **_way(each["way"], back)} for each in told]}


@register.simple_tag
def identity_providers() -> list[dict[str, Any]]:
    """Those of this installation, each with id and name."""
    return configured()


def _sent_from(request: HttpRequest) -> str:
    """The path of the page on which a form was sent, or of the page itself."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and came_from.netloc == request.get_host():
        return came_from.path
    return request.path if request.method == "GET" else "/"


def _way(name: str, back: str) -> dict[str, Any]:
    try:
        address = reverse(name) if name else ""
    except NoReverseMatch:
        address = ""
    if not address:
        return {"url": "", "link": ""}
    query = QueryDict(mutable=True)
    query["next"] = back
    return {"url": f"{address}?{query.urlencode(safe='/')}", "link": LINKS.get(name, "")}
