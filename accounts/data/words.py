"""Values of columns in words, for the page of a download.

The file for programs holds every value as it is kept; the page says what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.data.access_log import REASONS
from accounts.data.event_words import EVENTS
from accounts.models import Document, StaffRole
from accounts.staff.grant_targets import titles_of

type Words = str | Promise

_FACTORS = {
    "recovery_codes": gettext_lazy("recovery codes"),
    "totp": gettext_lazy("app with codes"),
    "webauthn": gettext_lazy("passkey"),
}
_ABOUT = {
    "accounts": gettext_lazy("your account"),
    "appeals": gettext_lazy("an appeal"),
    "consultations": gettext_lazy("a consultation"),
    "following": gettext_lazy("what you follow"),
    "meetings": gettext_lazy("a meeting"),
    "moderation": gettext_lazy("a moderator’s decision"),
    "operation": gettext_lazy("the state of the installation"),
    "organisations": gettext_lazy("an organisation that you act for"),
    "petitions": gettext_lazy("a petition"),
    "press": gettext_lazy("your accreditation as a journalist"),
    "votes": gettext_lazy("a poll"),
    "tokens": gettext_lazy("a program that may act in your name"),
}
_STATES = {
    "todo": gettext_lazy("waiting"),
    "succeeded": gettext_lazy("done"),
    "failed": gettext_lazy("could not be done"),
    "cancelled": gettext_lazy("dropped"),
    "aborted": gettext_lazy("dropped"),
}


def of(told: Mapping[str, Words]) -> Callable[[Any], Words]:
    """Function from a key to its words; a key without words stays as it is."""
    return lambda value: told.get(value, value)


event = of(EVENTS)


def event_titles() -> Mapping[str, Words]:
    """Titles of all events, by name."""
    return EVENTS


factor = of(_FACTORS)
reason_of_look = of(REASONS)
state_of_job = of(_STATES)


def role(value: str) -> Words:
    return dict(StaffRole.choices).get(value, value)


def source(value: str) -> Words:
    """By what somebody was checked: the kind of a document, or a provider’s name."""
    providers = {each["provider_id"]: each["name"] for each in settings.IDENTITY_PROVIDERS}
    return dict(Document.choices).get(value) or providers.get(value, value)


def number_there(value: str) -> Words:
    """Their number at a provider; id.gov.ua has none, and what stands there is our own."""
    is_print = len(value) == 64 and value.isalnum()
    return _("a code made of your РНОКПП") if is_print else value


def version(value: str) -> Words:
    """A document’s version is the day from which it applies."""
    try:
        return date_format(date.fromisoformat(value), "j E Y")
    except ValueError:
        return value


def if_so(value: bool) -> Words:
    """Said only where it is so."""
    return _("yes") if value else ""


def thing(scope: str) -> Words:
    """The one thing for which a role holds, by its title."""
    return titles_of([scope]).get(scope, scope)


def mail(event: str) -> Words:
    """About what a mail was: «accounts/reinstated:suspension:1»."""
    return _ABOUT.get(event.partition("/")[0], event)


def job(task: str) -> Words:
    return _("your download") if task.endswith("make_export") else _("a mail")


def opinion(value: int) -> Words:
    return _("for") if value > 0 else _("against")
