"""Missing requirements for taking part, and the way there and back."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict

#: What the link to each way says.
LINKS = {
    "account_login": _("Sign in"),
    "identity:verify": _("Confirm who you are"),
    "identity:merge": _("Join the two accounts"),
    "residence:mine": _("Say where you live"),
    "account_profile": _("Say what you are called"),
    "organisations:mine": _("Your organisations"),
}
#: What the button says that keeps what is typed in a form and leads there; "" for any other way.
KEEP = {
    "identity:verify": _("Keep my words and confirm who I am"),
    "residence:mine": _("Keep my words and say where I live"),
    "account_profile": _("Keep my words and say what I am called"),
    "organisations:mine": _("Keep my words and go to my organisations"),
    "": _("Keep my words and go on"),
}


def reasons_of(verdict: Verdict, back: str) -> list[dict[str, Any]]:
    """Why a verdict refuses, what is missing first: each with message, way, url and link.

    ``back``: the path of this site to which one comes back from there.
    """
    lacking = verdict.params.get("missing") or [
        {"message": verdict.message, "way": verdict.params.get("way", "")}
    ]
    # What is got in one place is told once: who confirms who they are, confirms their age.
    first = {each["way"]: each for each in reversed(lacking)}
    told = [each for each in lacking if first[each["way"]] is each]
    return [
        {"message": each["message"], "way": each["way"], **way_to(each["way"], back)}
        for each in told
    ]


def way_to(name: str, back: str) -> dict[str, Any]:
    """The url of a way, which comes back to ``back``, and the words of its link; "" of none."""
    try:
        address = reverse(name) if name else ""
    except NoReverseMatch:
        address = ""
    if not address:
        return {"url": "", "link": ""}
    query = QueryDict(mutable=True)
    query["next"] = back
    return {"url": f"{address}?{query.urlencode(safe='/')}", "link": LINKS.get(name, "")}
