"""Forms of starting a petition and of its author. They gather what is said; the rules judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people.fields import clean_name
from city.models import District
from city.streets.several import StreetsField, set_current
from core.db.search import clean
from core.domain.invisible_characters import hides_something
from core.web.form_drafts import SessionDraft, keep_on_device
from core.web.forms import RefusableForm, TextField, offer
from petitions.models import News, Petition

#: What was typed when the session had ended, while its writer signs in again.
UNSENT = SessionDraft("unsent_petition")
_UNSEEN = _("There are invisible characters here. Please type it again.")


def _longest(model: type[Petition] | type[News], name: str) -> int | None:
    field = model._meta.get_field(name)
    return field.max_length if isinstance(field, models.Field) else None


class LineField(forms.CharField):
    """One line that everybody reads: nothing hides in it, and no more than one space on end."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=more.pop("attrs", {})), **more)

    def clean(self, value: Any) -> str:
        line = clean(super().clean(value))
        if hides_something(line):
            raise ValidationError(_UNSEEN, code="unseen")
        return line


class StepForm(RefusableForm):
    """One step of the way; its long fields stay on the device until they are saved."""

    marks_optional = True

    def keep_on_device(self, user: User, petition: Petition) -> None:
        """Let the browser keep what is typed."""
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea | forms.TextInput):
                keep_on_device(self, **{name: keep_key(user, petition, name)})


def keep_key(user: User, petition: Petition, field: str) -> str:
    """Under which name a device keeps a field: the person's and the draft's own."""
    return f"petition:{user.pk}:{petition.pk}:{field}"


class WhatForm(StepForm):
    """Form for the petition's title: the request in a line."""

    title = LineField(
        label=_("In one sentence"),
        max_length=_longest(Petition, "title"),
        help_text=_(
            "What is to be done and where. For example: “Build a ramp at the entrance of clinic "
            "No. 5”."
        ),
        attrs={"autocomplete": "off", "class": "govuk-!-width-full"},
        error_messages={"required": _("Say what the council should do.")},
    )

    def look_up(self, address: str) -> None:
        """Have similar petitions shown while one types, where there is JavaScript."""
        self.fields["title"].widget.attrs |= {
            "hx-post": address,
            "hx-trigger": "input changed delay:600ms",
            "hx-sync": "replace",  # else the last of three is dropped while the first is under way
            "hx-target": "#alike",
            "hx-swap": "innerHTML",
        }


class TextForm(StepForm):
    """Form for the petition's text: the request and the reason."""

    text = TextField(
        label=_("What exactly do you ask for?"),
        max_length=_longest(Petition, "text"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What is to be done, where, and by when if that matters."),
        error_messages={"required": _("Say what exactly you ask for.")},
    )
    reasons = TextField(
        label=_("Why is it needed?"),
        max_length=_longest(Petition, "reasons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Whom it helps and what happens now. Figures and examples are convincing."),
    )
    district = forms.ModelChoiceField(
        District.objects.open(),
        label=_("Which district is it about?"),
        required=False,
        empty_label=_("The whole city"),
    )
    streets = StreetsField(
        label=_("Which streets is it about?"),
        required=False,
        help_text=_(
            "One a line, where it is about certain streets. Who follows a street is told of it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.initial.get("streets")
        if isinstance(stored, list):
            set_current(self.fields["streets"], stored)
        held = self.initial.get("district")
        if isinstance(held, District):  # it may have been closed since
            offer(self, "district", District.objects.offered([held.pk]))


class AuthorForm(StepForm):
    """Form for the author: as the law has it, and as the city can reach them."""

    author_name = forms.CharField(
        label=_("Your full name"),
        max_length=_longest(Petition, "author_name"),
        help_text=_("Last name, first name, patronymic. Everybody will see it on the petition."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give your full name: the law has it published.")},
    )
    author_address = LineField(
        label=_("Where you live"),
        max_length=_longest(Petition, "author_address"),
        required=False,
        help_text=_("For letters of the council. It is not published."),
        attrs={"autocomplete": "address-line1"},
    )
    author_phone = LineField(
        label=_("Telephone"),
        max_length=_longest(Petition, "author_phone"),
        required=False,
        help_text=_("So that the office can ask you something quickly. It is not published."),
        attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"},
    )

    def clean_author_name(self) -> str:
        return clean_name(self.cleaned_data["author_name"])


class WithdrawForm(RefusableForm):
    """Why it is taken back."""

    reason = LineField(
        label=_("Why do you withdraw it?"),
        max_length=_longest(Petition, "withdrawn_reason"),
        help_text=_("Everybody who reads the petition will see this."),
        error_messages={"required": _("Give the reason: everybody can read it.")},
    )


class NewsForm(StepForm):
    """Form for news to those who signed."""

    title = LineField(
        label=_("Title"),
        max_length=_longest(News, "title"),
        error_messages={"required": _("Give it a title.")},
    )
    text = TextField(
        label=_("What do you want to tell?"),
        max_length=_longest(News, "text"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It is sent to those who signed and stands on the page of the petition."),
        error_messages={"required": _("Write what you want to tell.")},
    )
