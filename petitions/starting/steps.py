"""The steps of starting a petition, a page each, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from core.domain.rules import Verdict
from petitions.models import Petition
from petitions.starting.forms import AuthorForm, StepForm, TextForm, WhatForm, keep_key


@dataclass(frozen=True)
class Step:
    """One page: its form, and the column that must be filled before one goes on."""

    name: str
    number: int
    title: str | Promise
    form: type[StepForm]
    needs: str

    def url(self, petition: Petition) -> str:
        return reverse(f"petitions:start_{self.name}", args=[petition.pk])

    def held(self, petition: Petition, user: User) -> dict[str, Any]:
        """Initial values from the draft; for the author, from their account."""
        held = {name: getattr(petition, name) for name in self.form.base_fields}
        if "streets" in held:
            held["streets"] = list(petition.streets.select_related("district"))
        if self is AUTHOR and not petition.author_name:
            held |= {"author_name": user.get_full_name(), "author_phone": user.phone}
        return held


WHAT = Step("what", 1, _("What the council should do"), WhatForm, "title")
TEXT = Step("text", 2, _("What exactly, and why"), TextForm, "text")
AUTHOR = Step("author", 3, _("Who you are"), AuthorForm, "author_name")
STEPS = (WHAT, TEXT, AUTHOR)
#: With the page that checks it all.
NUMBER = len(STEPS) + 1


def to_go_on(petition: Petition) -> str:
    """URL to continue the draft: its first page that lacks something, or the check."""
    for step in STEPS:
        if not getattr(petition, step.needs).strip():
            return step.url(petition)
    return reverse("petitions:start_check", args=[petition.pk])


def before(step: Step, petition: Petition) -> str:
    """URL of its link back."""
    if step is WHAT:
        return reverse("petitions:start")
    return STEPS[step.number - 2].url(petition)


def lacking(petition: Petition, verdict: Verdict) -> str:
    """The page on which what a refused petition lacks is filled in; "" when it is on none."""
    field = verdict.params.get("field")
    return next((step.url(petition) for step in STEPS if step.needs == field), "")


def keys_to_forget(request: AuthenticatedHttpRequest, petition: Petition) -> list[str]:
    """The keys of what the device may forget: the fields of the page that has just been saved."""
    done = [step for step in STEPS if step.name == request.GET.get("saved")]
    return [
        keep_key(request.user, petition, name) for step in done for name in step.form.base_fields
    ]
