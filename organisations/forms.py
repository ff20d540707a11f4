"""Forms about organisations and about those who act for them."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.identity.keys import person_key
from accounts.residence.forms import AddressField
from core.domain.calendar import end_of_day
from core.domain.email_addresses import EmailField, to_delivered
from core.domain.invisible_characters import hides_something
from core.web.forms import DateField, DateInput, RefusableForm
from organisations.models import Mandate, MandatePower, Organisation
from organisations.registering.actions import CHECKED, FREE
from organisations.registering.codes import clean_edrpou, clean_rnokpp, has_digits_of_person
from organisations.registering.legal_forms import shorten_legal_form
from organisations.registering.sectors import Sector

LONGEST_SHORT_NAME = 160
#: Fields that are folded where one registers.
LATER = ("sector", "size")
_WIDE = {"class": "govuk-!-width-two-thirds"}


def _name(**more: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs=_WIDE), **more)


class NamesForm(RefusableForm):
    """Form for an organisation's name and address: the checked data."""

    name = _name(
        label=_("Full name"),
        max_length=300,
        help_text=_("As it stands in the Unified State Register."),
    )
    short_name = _name(
        label=_("Short name"),
        max_length=LONGEST_SHORT_NAME,
        help_text=_("Like ТОВ «Тераса» or ФОП Савчук І. П.: it stands beside your words."),
    )
    location = AddressField(
        label=_("Location"),
        help_text=_("Street, house, office; settlement; postcode. A letter with a code goes here."),
        error_messages={"required": _("Give the location by the register.")},
    )

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_short_name(self) -> str:
        return _one_line(self.cleaned_data["short_name"])

    def checked(self) -> dict[str, str]:
        """The ``fields`` of actions.amend."""
        return {name: self.cleaned_data[name] for name in CHECKED}


class AboutForm(RefusableForm):
    """Form for an organisation's description of itself, which nobody checks."""

    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        help_text=_("The section of КВЕД of the main activity."),
        choices=[
            ("", _("Not said")),
            *((s.value, f"{s.value} – {s.label}") for s in Sector),
        ],
    )
    size = forms.ChoiceField(
        label=_("Size"),
        required=False,
        choices=Organisation.Size.choices,
        widget=forms.RadioSelect,
    )
    contact = _name(
        label=_("Contact"),
        max_length=200,
        help_text=_("Telephone or e-mail, for the council alone."),
    )

    def clean_contact(self) -> str:
        contact = _one_line(self.cleaned_data["contact"])
        is_email = "@" in contact and " " not in contact
        return to_delivered(contact) if is_email else contact

    def about(self) -> dict[str, str]:
        """The ``fields`` of actions.describe for a confirmed organisation."""
        return {name: self.cleaned_data[name] for name in FREE}


class DescribeForm(NamesForm, AboutForm):
    """All of it, as long as nobody has confirmed it."""

    field_order: tuple[str, ...] = ("name", "short_name", "location", "sector", "size", "contact")

    def fields_given(self) -> dict[str, str]:
        """The ``fields`` of actions.register and of actions.describe."""
        return {**self.checked(), **self.about()}


class RegisterForm(DescribeForm):
    """An organisation with the code by which the state knows it."""

    #: Its code says it: of ten digits it is a sole proprietor's.
    kind = forms.ChoiceField(
        choices=Organisation.Kind.choices, required=False, widget=forms.HiddenInput
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "Of a legal entity: ЄДРПОУ, 8 digits with the zeros at the beginning. Of a sole "
            "proprietor: РНОКПП, 10 digits; it becomes a key that cannot be read back, and is "
            "shown to nobody."
        ),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}
        ),
    )
    field_order = ("kind", "code", "name", "short_name", "location", "sector", "size", "contact")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        short = self.fields["short_name"]
        short.required = False
        short.help_text = _(
            "Like ТОВ «Тераса» or ФОП Савчук І. П.: it stands beside your words. Empty: as the "
            "full name, with its legal form in short."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("name") and not data.get("short_name") and "short_name" not in self.errors:
            data["short_name"] = shortened = shorten_legal_form(data["name"])
            if len(shortened) > LONGEST_SHORT_NAME:
                self.add_error("short_name", _("The full name is too long: give a short one."))
        code = data.get("code")
        if not data.get("kind"):
            is_sole = has_digits_of_person(code or "")
            data["kind"] = Organisation.Kind.SOLE if is_sole else Organisation.Kind.LEGAL
        kind = data["kind"]
        if code and "kind" not in self.errors:
            try:
                data["code"], data["code_key"] = (
                    ("", person_key(clean_rnokpp(code)))
                    if kind == Organisation.Kind.SOLE
                    else (clean_edrpou(code), "")
                )
            except forms.ValidationError as wrong:
                self.add_error("code", wrong)
        return data

    @property
    def first(self) -> list[forms.BoundField]:
        """Fields needed before anything can be sent in its name."""
        return [field for field in self.visible_fields() if field.name not in LATER]

    @property
    def later(self) -> list[forms.BoundField]:
        """Fields that may be filled in later."""
        return [self[name] for name in LATER]

    @property
    def opens_later(self) -> bool:
        """Whether something wrong stands there, or something was said."""
        return any(name in self.errors or self[name].value() for name in LATER)

    def registered(self) -> dict[str, Any]:
        """The arguments of actions.register beside ``by``."""
        codes = {name: self.cleaned_data[name] for name in ("kind", "code", "code_key")}
        return {**codes, "fields": self.fields_given()}


class MandateForm(RefusableForm):
    """Form for a mandate: its powers, and its end."""

    scopes = forms.MultipleChoiceField(
        label=_("What this person may do"),
        help_text=_(
            "Petitions are signed by people alone: nothing here is signed for an organisation yet."
        ),
        choices=MandatePower.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )
    is_head = forms.BooleanField(
        label=_("Make this person a head: invites, revokes, describes the organisation"),
        required=False,
    )
    until = DateField(
        label=_("Last day of the mandate"),
        help_text=_("Empty: until somebody revokes it."),
        required=False,
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
    )

    def granted(self) -> dict[str, Any]:
        """``scopes``, ``is_head`` and ``ends_at`` of the actions."""
        until: date | None = self.cleaned_data["until"]
        return {
            "scopes": self.cleaned_data["scopes"],
            "is_head": self.cleaned_data["is_head"],
            "ends_at": end_of_day(until) if until else None,
        }

    @staticmethod
    def of(mandate: Mandate) -> dict[str, Any]:
        """A mandate as the form shows it."""
        return {
            "scopes": mandate.scopes,
            "is_head": mandate.is_head,
            "until": mandate.last_day,
        }


class InviteForm(MandateForm):
    """Form for an invitation."""

    email = EmailField(
        label=_("E-mail of the person"),
        help_text=_(
            "A link goes there. The person signs in, or signs up, with this very address, and "
            "agrees."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "scopes", "is_head", "until")


def _one_line(text: str) -> str:
    """As one line with single spaces. What turns a line around or hides in it is refused."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    if hides_something(line):
        raise forms.ValidationError(
            _("There are invisible characters here. Please type it again."), code="unseen"
        )
    return line
