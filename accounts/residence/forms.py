"""Forms of one's own residence: where one lives, and the code from a letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Residence
from accounts.paper.forms import CodeField
from accounts.residence.rules import MISREAD
from city.models import District
from core.domain.invisible_characters import hides_something
from core.web.forms import RefusableForm, TextField

#: More does not fit into the window of an envelope.
LONGEST_ADDRESS = 150


class AddressField(TextField):
    """An address in up to four lines, as on an envelope. What hides in it is refused: an officer
    compares it with a register, and the public reads that of an organisation."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Address"))
        more.setdefault("help_text", _("Street, house, flat; settlement; postcode."))
        attrs = {"rows": 3, "autocomplete": "street-address"}
        super().__init__(max_length=LONGEST_ADDRESS, widget=forms.Textarea(attrs=attrs), **more)

    def clean(self, value: Any) -> str:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        address = "\n".join(line for line in lines if line)
        if hides_something(address):
            raise forms.ValidationError(
                _("There are invisible characters here. Please type it again."), code="unseen"
            )
        return address


class DistrictField(forms.Form):
    """The district, wherever somebody's residence is named."""

    district = forms.ModelChoiceField(
        District.objects.open(),
        label=_("District"),
        empty_label=_("Choose a district"),
        error_messages={"required": _("Choose the district.")},
    )


class PlaceFields(DistrictField):
    """District and basis."""

    basis = forms.ChoiceField(
        choices=Residence.Basis.choices,
        initial=Residence.Basis.REGISTERED,
        label=_("On what basis"),
        widget=forms.RadioSelect,
    )


class DeclareForm(PlaceFields, RefusableForm):
    """Form to declare one's place of residence."""

    address = AddressField(
        error_messages={"required": _("Give the address, so that a letter can reach you.")}
    )
    field_order = ("district", "address", "basis")


class DistrictForm(DistrictField, RefusableForm):
    """The district alone: a provider has said that it is in the community."""


class LetterForm(RefusableForm):
    """The address to which a letter is to come."""

    address = AddressField()


class CodeForm(RefusableForm):
    """The code from a letter."""

    code = CodeField(
        label=_("Code from the letter"),
        help_text=_("12 digits, with or without dashes."),
        misread=MISREAD.message,
    )
