"""Forms of the office about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Document
from accounts.people.fields import clean_name, to_international
from accounts.residence.forms import AddressField, PlaceFields
from core.web.forms import RefusableForm

AGES = [("", _("not confirmed")), ("14", "14+"), ("16", "16+"), ("18", "18+")]


class FindForm(forms.Form):
    """One exact thing by which a person is known."""

    who = forms.CharField(
        label=_("E-mail, telephone or account number"),
        help_text=_("Exactly as the person tells it. People are not searched by name."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )


class RegisterForm(PlaceFields, RefusableForm):
    """Somebody who came to the office and has no e-mail."""

    given_name = forms.CharField(label=_("First name"), max_length=80)
    family_name = forms.CharField(label=_("Last name"), max_length=80)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "govuk-input--width-20"}),
    )
    address = AddressField(required=False)
    agreed = forms.BooleanField(
        label=_("The person has signed the terms of use and the privacy notice on paper"),
        error_messages={"required": _("Without this signature there can be no account.")},
    )
    field_order = ("given_name", "family_name", "phone", "district", "address", "basis", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxInput):
                field.widget.attrs["autocomplete"] = "off"  # nobody's own data: another's

    def clean_given_name(self) -> str:
        return clean_name(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        return clean_name(self.cleaned_data["family_name"])

    def clean_phone(self) -> str:
        return to_international(self.cleaned_data["phone"])

    def facts(self) -> dict[str, Any]:
        """The arguments of paper.actions.register."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed"}


class CheckForm(PlaceFields, RefusableForm):
    """Form for a proof of residence. It keeps the document's kind alone; never a number or a date
    of birth.
    """

    document = forms.ChoiceField(
        label=_("What was shown"), choices=Document.choices, widget=forms.RadioSelect
    )
    identity = forms.BooleanField(label=_("It proves who the person is"), required=False)
    age_over = forms.TypedChoiceField(
        label=_("Age that the person has reached"),
        help_text=_("Look at the document; the date of birth is not written down."),
        choices=AGES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    person_code = forms.CharField(
        label=_("РНОКПП"),
        help_text=_(
            "Only so that nobody has two verified accounts. It is turned into a key that cannot be "
            "read back, and is shown nowhere. Leave it empty if the person has none."
        ),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "class": "govuk-input--width-10",
            }
        ),
    )
    field_order = ("document", "identity", "age_over", "person_code", "district", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].required = False
        self.fields["district"].label = _("It proves that the person lives in")
        self.fields["district"].empty_label = _("residence not confirmed")  # type: ignore[attr-defined]  # a choice of rows
        self.fields["basis"].required = False

    def facts(self) -> dict[str, Any]:
        """The arguments of a Proof, beside the person."""
        data = self.cleaned_data
        return {
            "document": data["document"],
            "identity": data["identity"],
            "age_over": data["age_over"],
            "district": data["district"],
            "basis": data["basis"] if data["district"] else "",
        }


class ListForm(RefusableForm):
    """A table of checks."""

    table = forms.FileField(
        label=_("Table (CSV)"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    #: Bytes; a hundred lines are a tenth of it.
    LARGEST = 200_000

    def clean_table(self) -> bytes:
        table = self.cleaned_data["table"]
        if table.size > self.LARGEST:
            raise forms.ValidationError(_("The file is too large for a list of a hundred people."))
        return bytes(table.read())
